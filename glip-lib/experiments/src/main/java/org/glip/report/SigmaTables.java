package org.glip.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.SigmaPanel;
import org.glip.results.SigmaPlateau;
import org.glip.results.SigmaPoint;
import org.glip.results.SigmaSweep;
import org.glip.stats.PairedComparison;
import org.glip.stats.SeedNoise;
import org.glip.stats.SeedSpread;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The tables of a sigma sweep. Shares are shown in percent, differences in percentage points. */
public final class SigmaTables {
    private SigmaTables() {}

    /**
     * Returns all figures, a row for each panel and sigma; where a row has several seeds, with the standard deviation
     * over them.
     *
     * @param title name of the table
     * @param sweep the runs
     * @param columns the metrics
     * @return the table
     * @throws IllegalArgumentException if a metric occurs in no file
     */
    public static Table figures(String title, SigmaSweep sweep, List<TableColumn> columns) {
        List<RunResult> runs = sweep.panels().stream()
                .flatMap(panel -> panel.sigmas().stream().flatMap(sigma -> panel.at(sigma).values().stream()))
                .map(SigmaPanel.Run::result)
                .toList();
        Table table = ResultTables.summary(
                title,
                runs,
                List.of(RunSettings.PRESET, RunSettings.MASKING, RunSettings.METHOD, RunSettings.SIGMA),
                columns);
        if (!table.containsColumn("runs")) {
            table.addColumns(IntColumn.create("runs", runs.stream().mapToInt(run -> 1)));
        }
        table.column("runs").setName("seeds");
        return table;
    }

    /**
     * Returns GLIP against FLIP on the same test pictures after the tuning, by McNemar's test with the mid-p value,
     * seed by seed. The test speaks of two models; the last column tells how much models differ that have nothing but
     * the seed to tell them apart.
     *
     * @param title name of the table
     * @param sweep the runs
     * @param sigma of the Gaussian mask that is compared; panels without it are left out
     * @return the table
     * @throws IllegalArgumentException if no panel has it
     */
    public static Table againstRandom(String title, SigmaSweep sweep, double sigma) {
        StringColumn preset = StringColumn.create("preset");
        StringColumn masking = StringColumn.create("masking");
        LongColumn seed = LongColumn.create("seed");
        DoubleColumn difference = DoubleColumn.create("difference, points");
        IntColumn onlyGaussian = IntColumn.create("only GLIP right");
        IntColumn onlyRandom = IntColumn.create("only FLIP right");
        IntColumn images = IntColumn.create("pictures");
        StringColumn p = StringColumn.create("p");
        StringColumn noise = StringColumn.create("seed noise, points");
        for (SigmaPanel panel : sweep.panels()) {
            for (Map.Entry<Long, SigmaPanel.Run> run : panel.at(sigma).entrySet()) {
                PairedComparison comparison = PairedComparison.of(
                        run.getValue().hits(),
                        panel.at(Double.POSITIVE_INFINITY).get(run.getKey()).hits());
                preset.append(panel.preset());
                masking.append(panel.masking());
                seed.append(run.getKey());
                difference.append(100 * comparison.difference());
                onlyGaussian.append(comparison.onlyFirst());
                onlyRandom.append(comparison.onlySecond());
                images.append(comparison.images());
                p.append(String.format(Locale.ROOT, "%.2g", comparison.midPValue()));
                noise.append(seedNoise(panel));
            }
        }
        if (preset.isEmpty()) {
            throw new IllegalArgumentException("The table \"" + title + "\" has no results: no run has sigma " + sigma);
        }
        ResultTables.format(difference, TableColumn.Format.ONE_DECIMAL);
        return Table.create(title, preset, masking, seed, difference, onlyGaussian, onlyRandom, images, p, noise);
    }

    /** The noise of a difference between two models of a panel, which is that of one model times the root of two. */
    private static String seedNoise(SigmaPanel panel) {
        List<SeedSpread> spreads = panel.points(SigmaPanel.TEST.top1()).stream()
                .map(SigmaPoint::spread)
                .toList();
        if (spreads.stream().allMatch(spread -> spread.runs() == 1)) {
            return "unknown: one seed";
        }
        return String.format(
                Locale.ROOT,
                "± %.1f",
                100 * Math.sqrt(2) * SeedNoise.pooled(spreads).standardDeviation());
    }

    /**
     * Returns what the sweep says, a row for each panel: the best sigma, and the sigmas that noise does not tell from
     * it.
     *
     * @param title name of the table
     * @param sweep the runs
     * @param metric a share in the result files
     * @return the table
     */
    public static Table plateaus(String title, SigmaSweep sweep, Metric metric) {
        StringColumn preset = StringColumn.create("preset");
        StringColumn masking = StringColumn.create("masking");
        StringColumn best = StringColumn.create("best");
        DoubleColumn accuracy = DoubleColumn.create("its accuracy");
        StringColumn within = StringColumn.create("no worse, up to noise");
        DoubleColumn random = DoubleColumn.create("random masking");
        DoubleColumn margin = DoubleColumn.create("noise counted, points");
        StringColumn source = StringColumn.create("noise of");
        for (SigmaPanel panel : sweep.panels()) {
            SigmaPlateau plateau = panel.plateau(metric);
            preset.append(panel.preset());
            masking.append(panel.masking());
            best.append(name(plateau.best()));
            accuracy.append(plateau.best().spread().mean());
            within.append(names(plateau));
            random(panel, metric).ifPresentOrElse(random::append, random::appendMissing);
            margin.append(100 * plateau.largestMargin());
            source.append(plateau.isOverSeeds() ? "seeds" : "test pictures");
        }
        ResultTables.format(accuracy, TableColumn.Format.PERCENT);
        ResultTables.format(random, TableColumn.Format.PERCENT);
        ResultTables.format(margin, TableColumn.Format.ONE_DECIMAL);
        return Table.create(title, preset, masking, best, accuracy, within, random, margin, source);
    }

    private static OptionalDouble random(SigmaPanel panel, Metric metric) {
        return panel.points(metric).stream()
                .filter(point -> Double.isInfinite(point.sigma()))
                .mapToDouble(point -> point.spread().mean())
                .findFirst();
    }

    private static String names(SigmaPlateau plateau) {
        if (plateau.within().size() == plateau.measured()) {
            return "all " + plateau.measured() + " measured";
        }
        return plateau.within().stream().map(SigmaTables::name).collect(Collectors.joining(", "));
    }

    private static String name(SigmaPoint point) {
        return Double.isInfinite(point.sigma()) ? "random" : "σ = " + point.sigma();
    }
}
