package org.glip.pages;

import java.util.List;
import java.util.Map;
import org.glip.claims.PublishedResults;
import org.glip.report.PublishedColumns;
import org.glip.report.ResultTables;
import org.glip.report.TableColumn;
import org.glip.results.RunResult;
import tech.tablesaw.api.Table;

/** Our zero-shot accuracies beside the paper's, a row for each method and masking. */
final class ZeroShotTable {
    static final List<String> ROWS = List.of("method", "masking");

    /** By RECLIP's picture size here, of 64 px, the paper's that saves as much, of 224 px. */
    private static final Map<String, String> PUBLISHED_SIZES =
            Map.of("48 px", "160 px", "32 px", "112 px", "16 px", "64 px");

    private ZeroShotTable() {}

    static Table of(String title, List<RunResult> runs, List<TableColumn> columns) {
        return PublishedColumns.addTo(
                ResultTables.summary(title, runs, ROWS, columns), PUBLISHED_SIZES, PublishedResults.tests());
    }
}
