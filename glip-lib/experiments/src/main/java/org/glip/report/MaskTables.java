package org.glip.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVRecord;
import org.glip.files.Resources;
import org.glip.mask.KeepProbability;
import org.glip.mask.Mask;
import org.glip.mask.PatchGrid;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Tables about the masks. */
public final class MaskTables {
    private static final String RESOURCE = "derived-keep-probability.csv";
    private static final PatchGrid PAPER = new PatchGrid(14);
    private static final String[] REGIONS = {"centre 2×2", "inner 8×8", "border", "corner"};

    private MaskTables() {}

    /**
     * Returns what the image tower has to look at for each masking ratio; the class token counts.
     *
     * @param grid the patches
     * @param ratios shares of patches that are dropped, in [0, 1)
     * @return the table
     */
    public static Table cost(PatchGrid grid, double[] ratios) {
        StringColumn masking = StringColumn.create("masking");
        IntColumn kept = IntColumn.create("patches kept");
        IntColumn tokens = IntColumn.create("image tokens");
        DoubleColumn share = DoubleColumn.create("of all tokens");
        for (double ratio : ratios) {
            int patches = Mask.random(ratio).keptPatches(grid.patches());
            masking.append(Mask.random(ratio).percent());
            kept.append(patches);
            tokens.append(patches + 1);
            share.append((patches + 1.0) / (grid.patches() + 1));
        }
        ResultTables.format(share, TableColumn.Format.PERCENT);
        return Table.create(
                "Patches that stay, of " + grid.patches() + " (" + grid + ")", masking, kept, tokens, share);
    }

    /**
     * Returns the exact keep probabilities of the paper's 14 x 14 grid by region, each beside the value that was
     * derived from the paper's formulas by simulation (accurate to about 0.01). The authors print none of them.
     *
     * @return the table
     */
    public static Table keepProbabilityByRegion() {
        StringColumn masks = StringColumn.create("mask");
        StringColumn masking = StringColumn.create("masking");
        List<DoubleColumn> columns = new ArrayList<>();
        for (String region : REGIONS) {
            columns.add(DoubleColumn.create(region));
            columns.add(DoubleColumn.create("derived: " + region));
        }
        for (CSVRecord line : Resources.table(MaskTables.class, RESOURCE)) {
            double ratio = Double.parseDouble(line.get("ratio"));
            String sigma = line.get("mask");
            boolean random = sigma.equals("random");
            Mask mask = random ? Mask.random(ratio) : Mask.gaussian(ratio, Double.parseDouble(sigma));
            masks.append(random ? "random" : "σ = " + sigma);
            masking.append(Mask.random(ratio).percent());
            KeepRegions exact = KeepRegions.of(KeepProbability.exact(mask.on(PAPER)));
            double[] ours = {exact.centre(), exact.inner(), exact.border(), exact.corner()};
            for (int region = 0; region < REGIONS.length; region++) {
                columns.get(2 * region).append(ours[region]);
                columns.get(2 * region + 1).append(Double.parseDouble(line.get(2 + region)));
            }
        }
        Table table =
                Table.create("Keep probability, 14 × 14 patches: exact, and derived by simulation", masks, masking);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).setPrintFormatter(decimals(i % 2 == 0 ? "0.000" : "0.00#"));
            table.addColumns(columns.get(i));
        }
        return table;
    }

    private static NumberColumnFormatter decimals(String pattern) {
        return new NumberColumnFormatter(new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)));
    }
}
