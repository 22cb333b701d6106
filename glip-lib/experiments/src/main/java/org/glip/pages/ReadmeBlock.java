package org.glip.pages;

import java.util.ArrayList;
import java.util.List;
import org.glip.report.ClaimTables;
import org.glip.report.ReportColumns;
import org.glip.report.TableColumn;
import org.glip.report.TableText;
import org.glip.results.Metric;
import tech.tablesaw.api.Table;

/** The part of the README that is drawn from result files. */
final class ReadmeBlock {
    private final ResultFiles files;

    ReadmeBlock(ResultFiles files) {
        this.files = files;
    }

    String write() {
        List<TableColumn> columns = new ArrayList<>(ReportColumns.accuracies());
        columns.add(TableColumn.whole("image tokens", Metric.IMAGE_TOKENS));
        columns.add(TableColumn.whole("training, CPU s", Metric.TRAINING_CPU_SECONDS));
        Table accuracy = ZeroShotTable.of(
                "Zero-shot top-1, mean ± standard deviation over the seeds",
                files.benchmark().tables(),
                columns);
        accuracy.removeColumns("runs");
        accuracy.setName(null); // no line for a title; the README says above what it is
        Table claims = ClaimTables.verdicts(
                "The paper's claims, by top-1", files.benchmark().claims(Metric.TOP_1));
        claims.setName(null);
        return TableText.markdown(accuracy) + "\n" + TableText.markdown(claims);
    }
}
