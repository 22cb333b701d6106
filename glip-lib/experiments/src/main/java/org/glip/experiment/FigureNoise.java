package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.results.ComparableRuns;
import org.glip.results.ResultFile;
import org.glip.results.ResultFileException;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.stats.PictureNoise;
import org.glip.stats.SeedNoise;
import org.glip.stats.SeedSpread;

/**
 * How far a figure may lie from the recorded one and still be no more than noise. The smallest difference of rounding,
 * as between two kinds of processors, grows in training until the two models differ as if by their seeds; so the noise
 * of seeds is the measure.
 *
 * <p>It is taken from the result files beside the recorded one that differ in seed, mask and picture size only: the
 * deviation over seeds, pooled over the methods ({@link SeedNoise}), if these leave at least {@value #LEAST_FREEDOM}
 * degrees of freedom and are not all equal. Else, for shares, from the number of questions ({@link PictureNoise}); for
 * other figures nothing is known. The margin is such that of all figures of a file together none lies beyond it by
 * chance in {@value #LEVEL} of the cases: each has an equal part of the rest.
 */
final class FigureNoise {
    /** Confidence for all figures together. */
    static final double LEVEL = 0.95;

    /** Fewer say next to nothing about a deviation. */
    static final int LEAST_FREEDOM = 4;

    private final List<RunResult> runs;
    private final Map<String, Double> questions;
    private final double level;

    /**
     * @param runs the recorded run and those beside it
     * @param questions of shares, by the names of their figures
     * @param figures how many are judged
     */
    FigureNoise(List<RunResult> runs, Map<String, Double> questions, int figures) {
        this.runs = List.copyOf(runs);
        this.questions = Map.copyOf(questions);
        this.level = 1 - (1 - LEVEL) / Math.max(1, figures);
    }

    /** The runs of a folder that may stand in one table with a recorded one, itself among them. */
    static List<RunResult> beside(Path file, RunResult recorded) throws IOException {
        List<RunResult> comparable = new ArrayList<>();
        try (Stream<Path> entries = Files.list(file.toAbsolutePath().getParent())) {
            for (Path entry : entries.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                read(entry)
                        .filter(run -> ComparableRuns.areComparable(run, recorded))
                        .ifPresent(comparable::add);
            }
        }
        return comparable;
    }

    /** What lies beside a result file need not be one. */
    private static Optional<RunResult> read(Path file) throws IOException {
        try {
            return Optional.of(ResultFile.read(file));
        } catch (ResultFileException e) {
            return Optional.empty();
        }
    }

    /** The margin of a figure, or nothing where nothing is known of its noise. */
    Optional<Reproduced.Margin> margin(String figure, double recorded, double here) {
        Map<RunSettings, List<Double>> bySetting = new LinkedHashMap<>();
        for (RunResult run : runs) {
            Double value = run.metrics().get(figure);
            if (value != null) {
                bySetting
                        .computeIfAbsent(withoutSeed(run.settings()), any -> new ArrayList<>())
                        .add(value);
            }
        }
        List<SeedSpread> spreads = bySetting.values().stream()
                .map(values -> SeedSpread.of(
                        values.stream().mapToDouble(Double::doubleValue).toArray()))
                .toList();
        int freedom = spreads.stream().mapToInt(spread -> spread.runs() - 1).sum();
        if (freedom >= LEAST_FREEDOM) {
            SeedNoise noise = SeedNoise.pooled(spreads);
            if (noise.standardDeviation() > 0) {
                int seeds = spreads.stream().mapToInt(SeedSpread::runs).sum();
                return Optional.of(
                        new Reproduced.Margin(noise.margin(1, 1, level), Reproduced.Margin.Source.SEEDS, seeds));
            }
        }
        Double count = questions.get(figure);
        return count == null
                ? Optional.empty()
                : Optional.of(new Reproduced.Margin(
                        new PictureNoise(count).margin((recorded + here) / 2, level),
                        Reproduced.Margin.Source.QUESTIONS,
                        count));
    }

    private static RunSettings withoutSeed(RunSettings settings) {
        return new RunSettings(settings.method(), settings.mask(), 0, settings.labels());
    }
}
