package org.glip.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.claims.PublishedResults;
import org.glip.results.MethodName;
import org.glip.results.RunSettings;
import org.glip.results.TestName;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Columns of the paper's own figures beside ours, always told apart by their headers. */
public final class PublishedColumns {
    private PublishedColumns() {}

    /**
     * Adds columns of published figures to a table of ours, their headers starting with "published".
     *
     * @param table has the columns {@code method} and {@code masking}; is changed
     * @param tests the columns to add, some of {@link PublishedResults#tests}
     * @return the same table
     * @throws IllegalArgumentException if the table lacks one of the two columns
     */
    public static Table addTo(Table table, List<TestName> tests) {
        return addTo(table, Map.of(), tests);
    }

    /**
     * Adds columns of published figures to a table of ours whose picture sizes are not the paper's.
     *
     * @param table has the columns {@code method} and {@code masking}; is changed
     * @param counterparts by our entry under {@code masking}, the paper's that saves as much, such as {@code 112 px}
     *     (of 224) for {@code 32 px} (of 64). A column tells the reader of them
     * @param tests the columns to add, some of {@link PublishedResults#tests}
     * @return the same table
     * @throws IllegalArgumentException if the table lacks one of the two columns
     */
    public static Table addTo(Table table, Map<String, String> counterparts, List<TestName> tests) {
        for (String needed : List.of(RunSettings.METHOD, RunSettings.MASKING)) {
            if (table.columns().stream().map(Column::name).noneMatch(needed::equals)) {
                throw new IllegalArgumentException("Published figures are found by method and masking, but the table \""
                        + table.name() + "\" has no column \"" + needed + "\"");
            }
        }
        if (!counterparts.isEmpty()) {
            table.addColumns(StringColumn.create(
                    "published: masking",
                    table.stringColumn(RunSettings.MASKING).asList().stream()
                            .map(masking -> counterparts.getOrDefault(masking, masking))));
        }
        for (TestName test : tests) {
            DoubleColumn column = DoubleColumn.create(header(test));
            for (Row row : table) {
                String masking = row.getString(RunSettings.MASKING);
                Optional<Double> published = MethodName.find(row.getString(RunSettings.METHOD))
                        .flatMap(method ->
                                PublishedResults.top1(method, counterparts.getOrDefault(masking, masking), test));
                published.ifPresentOrElse(column::append, column::appendMissing);
            }
            ResultTables.format(column, TableColumn.Format.PERCENT);
            table.addColumns(column);
        }
        return table;
    }

    private static String header(TestName test) {
        return "published: " + (test.equals(TestName.TUNED) ? "after tuning" : test.label());
    }
}
