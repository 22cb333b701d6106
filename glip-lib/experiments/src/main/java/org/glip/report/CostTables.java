package org.glip.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ForwardCost;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Tables of what a forward pass costs by count, and what a training step was measured to cost. */
public final class CostTables {
    private static final List<String> STEP_SETTINGS = List.of("model", "precision", "batch", RunSettings.MASKING);
    private static final List<TableColumn> STEP_COSTS = List.of(
            TableColumn.whole("image tokens", Metric.IMAGE_TOKENS),
            TableColumn.oneDecimal("step, ms", Metric.STEP_TIME),
            TableColumn.oneDecimal("processor, ms", Metric.STEP_CPU_TIME),
            TableColumn.oneDecimal("samples/s", Metric.SAMPLES_PER_SECOND),
            TableColumn.whole("peak memory, MiB", Metric.PEAK_MEMORY),
            TableColumn.oneDecimal("GFLOP a step", Metric.STEP_GFLOP),
            TableColumn.percent("of the machine's rate", Metric.MATRIX_SHARE));

    private CostTables() {}

    /**
     * Returns multiply-accumulates (10^9) of a pair's forward pass against masking: of the whole mathematics with the
     * caption padded to the context, as the paper counts, and of what this library computes.
     *
     * @param title name of the table
     * @param model the model
     * @param ratios shares of patches that are hidden
     * @param captionTokens tokens of a caption, start and end included
     * @return a row per ratio; the last two columns are percent of the first row
     */
    public static Table forwardCost(String title, ClipConfig model, double[] ratios, int captionTokens) {
        int patches = model.vision().grid().patches();
        int context = model.text().contextLength();
        int[] tokens = Arrays.stream(ratios)
                .mapToInt(ratio -> 1 + Mask.random(ratio).keptPatches(patches))
                .toArray();
        ForwardCost[] plain = Arrays.stream(tokens)
                .mapToObj(kept -> ForwardCost.plain(model, kept, context))
                .toArray(ForwardCost[]::new);
        ForwardCost[] computed = Arrays.stream(tokens)
                .mapToObj(kept -> ForwardCost.computed(model, kept, captionTokens))
                .toArray(ForwardCost[]::new);
        return Table.create(
                title,
                StringColumn.create(
                        "masking",
                        Arrays.stream(ratios).mapToObj(RunSettings::percent).toList()),
                IntColumn.create("image tokens", tokens),
                giga("image", Arrays.stream(plain).mapToDouble(ForwardCost::image)),
                giga("text", Arrays.stream(plain).mapToDouble(ForwardCost::text)),
                giga("image, computed", Arrays.stream(computed).mapToDouble(ForwardCost::image)),
                giga("text, computed", Arrays.stream(computed).mapToDouble(ForwardCost::text)),
                share("pair %", plain),
                share("pair, computed %", computed));
    }

    /**
     * Returns what training steps were measured to cost, with their metrics.
     *
     * @param title name of the table
     * @param points the measurements, of any models, precisions and batches, in any order
     * @return a row per setting, by model, precision, batch and falling image tokens; no column for what no point
     *     measured
     * @throws IllegalArgumentException if a measurement does not say its batch or image tokens
     */
    public static Table steps(String title, List<RunResult> points) {
        Comparator<RunResult> order = Comparator.comparing(
                        (RunResult point) -> point.settings().text("model"))
                .thenComparing(point -> point.settings().text("precision"))
                .thenComparing(point -> point.value(Metric.BATCH_SIZE))
                .thenComparing(point -> -point.value(Metric.IMAGE_TOKENS));
        List<RunResult> sorted = points.stream().sorted(order).toList();
        return ResultTables.summary(title, sorted, STEP_SETTINGS, ResultTables.measured(sorted, STEP_COSTS));
    }

    private static DoubleColumn giga(String name, DoubleStream costs) {
        DoubleColumn column =
                DoubleColumn.create(name, costs.map(cost -> cost / 1e9).toArray());
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(2));
        return column;
    }

    private static DoubleColumn share(String name, ForwardCost[] costs) {
        double[] shares = Arrays.stream(costs)
                .mapToDouble(cost -> 100 * cost.trainingFlop() / costs[0].trainingFlop())
                .toArray();
        DoubleColumn column = DoubleColumn.create(name, shares);
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(1));
        return column;
    }
}
