package org.glip.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.glip.mask.KeepCount;
import org.glip.model.ClipConfig;
import org.glip.model.ForwardCost;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Tables of what a forward pass costs by count. */
public final class CostTables {
    private CostTables() {}

    /**
     * Multiply-accumulates (10^9) of a pair's forward pass against masking: of the whole mathematics with the caption padded to the
     * context, as the paper counts (section 3), and of what this library computes.
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
                .mapToInt(ratio -> 1 + KeepCount.keptPatches(patches, ratio))
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
