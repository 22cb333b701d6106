package org.glip.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.glip.eval.ClassificationResult;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.stats.SeedSpread;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Tablesaw tables made from result files, and from nothing else. */
public final class ResultTables {
    /** Shown where nothing was measured. */
    static final String MISSING = "–";

    private ResultTables() {}

    /**
     * Groups runs by their settings and averages each metric over the runs of a group, normally over seeds. Where a
     * group has several runs, a column {@code "<header> ±"} holds the standard deviation of a run, unless the runs of
     * no group differ, as with a count of tokens; and {@code runs} holds their number.
     *
     * @param title name of the table
     * @param runs the results
     * @param settings the settings that make a row, see {@link RunSettings#text}; rows are in the order in which they
     *     appear first
     * @param columns the metrics; missing where no run of a row measured it
     * @return the table
     * @throws IllegalArgumentException if there are no runs, or a metric occurs in none of them
     */
    public static Table summary(String title, List<RunResult> runs, List<String> settings, List<TableColumn> columns) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("The table \"" + title + "\" has no results");
        }
        Map<List<String>, List<RunResult>> groups = new LinkedHashMap<>();
        for (RunResult run : runs) {
            List<String> key = settings.stream().map(run.settings()::text).toList();
            groups.computeIfAbsent(key, none -> new ArrayList<>()).add(run);
        }
        Table table = Table.create(title);
        for (int i = 0; i < settings.size(); i++) {
            int setting = i;
            table.addColumns(StringColumn.create(
                    settings.get(i), groups.keySet().stream().map(key -> key.get(setting))));
        }
        boolean repeated = groups.values().stream().anyMatch(group -> group.size() > 1);
        for (TableColumn column : columns) {
            addMetric(table, column, List.copyOf(groups.values()));
        }
        if (repeated) {
            int[] counts = groups.values().stream().mapToInt(List::size).toArray();
            table.addColumns(IntColumn.create("runs", counts));
        }
        return table;
    }

    /**
     * Those columns for which there is something to show.
     *
     * @param runs the results
     * @param columns columns of any metrics
     * @return the columns whose metric some run has, in their order
     */
    public static List<TableColumn> measured(List<RunResult> runs, List<TableColumn> columns) {
        return columns.stream()
                .filter(column -> runs.stream().anyMatch(run -> run.has(column.metric())))
                .toList();
    }

    /**
     * Returns how each class fared, for a look at what a model confuses.
     *
     * @param result a classification
     * @return a row for each class that has pictures, in the order of the classes
     */
    public static Table perClass(ClassificationResult result) {
        List<ClassificationResult.ClassRecall> classes = result.perClass();
        return Table.create(
                "Classes",
                StringColumn.create("class", classes.stream().map(ClassificationResult.ClassRecall::className)),
                IntColumn.create(
                        "pictures",
                        classes.stream()
                                .mapToInt(ClassificationResult.ClassRecall::images)
                                .toArray()),
                IntColumn.create(
                        "right",
                        classes.stream()
                                .mapToInt(ClassificationResult.ClassRecall::hits)
                                .toArray()),
                DoubleColumn.create(
                        "recall",
                        classes.stream()
                                .mapToDouble(ClassificationResult.ClassRecall::recall)
                                .toArray()));
    }

    /** Name of the column that holds the deviations of another. */
    static String deviationOf(String header) {
        return header + " ±";
    }

    private static void addMetric(Table table, TableColumn column, List<List<RunResult>> groups) {
        DoubleColumn mean = DoubleColumn.create(column.header());
        DoubleColumn deviation = DoubleColumn.create(deviationOf(column.header()));
        boolean measured = false;
        boolean differs = false;
        for (List<RunResult> group : groups) {
            double[] values = group.stream()
                    .filter(run -> run.has(column.metric()))
                    .mapToDouble(run -> run.value(column.metric()))
                    .toArray();
            if (values.length == 0) {
                mean.appendMissing();
                deviation.appendMissing();
            } else {
                measured = true;
                SeedSpread spread = SeedSpread.of(values);
                mean.append(spread.mean());
                deviation.append(spread.standardDeviation());
                differs |= Arrays.stream(values).distinct().count() > 1;
            }
        }
        if (!measured) {
            throw new IllegalArgumentException(
                    "No result of the table \"" + table.name() + "\" has the metric \"" + column.metric() + "\"");
        }
        format(mean, column.format());
        table.addColumns(mean);
        if (differs) {
            format(deviation, column.format());
            table.addColumns(deviation);
        }
    }

    /** Formats with a point as decimal sign whatever the machine's language is. */
    static void format(DoubleColumn column, TableColumn.Format format) {
        String pattern =
                switch (format) {
                    case PERCENT -> "0.0%";
                    case ONE_DECIMAL -> "#,##0.0";
                    case WHOLE -> "#,##0";
                };
        DecimalFormat numbers = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        column.setPrintFormatter(new NumberColumnFormatter(numbers, MISSING));
    }
}
