package org.glip.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.glip.claims.Claim;
import org.glip.claims.Claims;
import org.glip.report.TableColumn;
import org.glip.results.ComparableRuns;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;

/**
 * The result files of the benchmark tables, and those of the sigma sweep that the claims need. A list is empty where
 * there are none.
 *
 * @param tables all methods on the preset {@code centred}, or on pairs of one's own
 * @param sets their tests on the field's sets
 * @param probe linear probes of their models
 * @param fineTuning fine-tunings of the same
 * @param withoutCentre trained and tested on presets without a centre that the sweep has not
 * @param photographs trained and tested on photographs
 * @param turns steps of the small model, random and centred mask timed in turns, most tokens first
 * @param sweep runs of the sigma sweep
 */
public record BenchmarkResults(
        List<RunResult> tables,
        List<RunResult> sets,
        List<RunResult> probe,
        List<RunResult> fineTuning,
        List<RunResult> withoutCentre,
        List<RunResult> photographs,
        List<RunResult> turns,
        List<RunResult> sweep) {

    private static final String PRESETS = "presets";
    private static final String PHOTOGRAPHS = "photographs";

    /**
     * Reads what there is.
     *
     * @param folder of the tables
     * @param sweep folder of the sigma sweep
     * @return the results
     * @throws IOException if a file is damaged, or does not fit to those beside it; it is named
     */
    public static BenchmarkResults read(Path folder, Path sweep) throws IOException {
        Path cost = folder.resolve("cost");
        List<RunResult> turns = (Files.isDirectory(cost) ? ResultFile.readFolder(cost) : List.<RunResult>of())
                .stream()
                        .sorted(Comparator.comparingDouble(step -> -step.value(Metric.IMAGE_TOKENS)))
                        .toList();
        return new BenchmarkResults(
                ComparableRuns.read(folder),
                ComparableRuns.read(folder.resolve("sets")),
                ComparableRuns.read(folder.resolve("linear-probe")),
                ComparableRuns.read(folder.resolve("fine-tuning")),
                ComparableRuns.read(folder.resolve(PRESETS)),
                ComparableRuns.read(folder.resolve(PHOTOGRAPHS)),
                turns,
                ComparableRuns.read(sweep));
    }

    /** The same, but what was trained elsewhere than on the preset {@code centred} of another folder of tables. */
    BenchmarkResults withElsewhereOf(Path folder) throws IOException {
        return new BenchmarkResults(
                tables,
                sets,
                probe,
                fineTuning,
                ComparableRuns.read(folder.resolve(PRESETS)),
                ComparableRuns.read(folder.resolve(PHOTOGRAPHS)),
                turns,
                sweep);
    }

    /**
     * {@return the measures of the field's sets, a column for top-1 or recall@1 of each}
     */
    public List<TableColumn> setColumns() {
        return sets.stream()
                .flatMap(run -> run.metrics().keySet().stream())
                .distinct()
                .filter(metric -> metric.endsWith("top-1") || metric.endsWith("recall@1"))
                .map(metric -> TableColumn.percent(metric, new Metric(metric)))
                .toList();
    }

    /**
     * Judges the paper's claims.
     *
     * @param measure {@link Metric#TOP_1} or {@link Metric#TOP_5}
     * @return all six
     */
    public List<Claim> claims(Metric measure) {
        List<RunResult> others =
                Stream.concat(sweepOfTheTables(), withoutCentre.stream()).toList();
        return new Claims(tables, others, turns, measure).judge();
    }

    /** {@return FLIP and GLIP at 75 % and the paper's sigma, trained and tested on pictures without a centre} */
    public List<RunResult> trainedWithoutCentre() {
        Stream<RunResult> anywhere = sweepOfTheTables()
                .filter(run -> run.settings().text(RunSettings.PRESET).equals("uniform"))
                .filter(run -> run.settings().text(RunSettings.MASKING).equals("75%"))
                .filter(run -> Set.of("–", "0.2").contains(run.settings().text(RunSettings.SIGMA)));
        return Stream.concat(anywhere, withoutCentre.stream()).toList();
    }

    /** The runs of the sweep, if they were made by the plan of the tables; others are of no account for claims. */
    private Stream<RunResult> sweepOfTheTables() {
        return sweep.stream()
                .filter(run -> tables.stream().limit(1).allMatch(table -> ComparableRuns.haveSamePlan(run, table)));
    }
}
