package org.glip.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.stats.Hits;
import org.glip.stats.PairedComparison;
import org.glip.train.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * What came out when a result was made again.
 *
 * @param file the result file
 * @param recorded what it holds
 * @param remade what the same run gave here
 * @param figures the recorded figures, judged
 * @param costs time and memory, which are not judged
 * @param tests which pictures were right then and now, by test
 * @param environment what was different then
 */
public record Reproduced(
        Path file,
        RunResult recorded,
        RunResult remade,
        List<Figure> figures,
        List<Cost> costs,
        List<Test> tests,
        List<Difference> environment) {
    private static final Set<String> EXACT = Set.of(Metric.IMAGE_TOKENS.name(), Metric.SAMPLES.name());

    /** How a figure compares with the recorded one. */
    public enum Verdict {
        /** The same to the last bit. */
        EQUAL,
        /** Not farther away than chance explains. */
        WITHIN_NOISE,
        /** Farther away than chance explains. */
        DIFFERENT,
        /** There is no such figure here. */
        MISSING,
        /** Another, and nothing is known of its noise. */
        NOT_JUDGED;

        /** {@return the words in files, such as {@code within noise}} */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** {@return whether it speaks for the result, or at least not against it} */
        public boolean isGood() {
            return this != DIFFERENT && this != MISSING;
        }
    }

    /**
     * How far a figure may be away.
     *
     * @param width the largest difference that chance explains
     * @param source what it was taken from
     * @param count how many runs or questions that was
     */
    public record Margin(double width, Source source, double count) {
        /** What a margin is taken from. */
        public enum Source {
            /** The deviation over the seeds of the runs beside the recorded one. */
            SEEDS,
            /** The number of questions, by the binomial distribution. */
            QUESTIONS;

            /** {@return the word in files} */
            public String label() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * A figure then and now.
     *
     * @param name of the metric
     * @param recorded then
     * @param here now; null where there is none
     * @param verdict how they compare
     * @param margin what is allowed between them; null where they are equal, must be, or nothing is known
     */
    public record Figure(
            String name,
            double recorded,
            @Nullable Double here,
            Verdict verdict,
            @Nullable Margin margin) {}

    /**
     * Time or memory then and now.
     *
     * @param name of the metric
     * @param recorded then
     * @param here now; null where it was not measured
     */
    public record Cost(
            String name, double recorded, @Nullable Double here) {}

    /**
     * The pictures of a test that one of the two got right and the other wrong.
     *
     * @param name of the test
     * @param pictures how many it has
     * @param different how many of them
     */
    public record Test(String name, int pictures, int different) {}

    /**
     * What was different when the result was recorded.
     *
     * @param name such as {@code processor}
     * @param recorded then
     * @param here now
     */
    public record Difference(String name, String recorded, String here) {}

    /** Copies the lists. */
    public Reproduced {
        figures = List.copyOf(figures);
        costs = List.copyOf(costs);
        tests = List.copyOf(tests);
        environment = List.copyOf(environment);
    }

    /** Compares a result with the one made again. */
    static Reproduced compare(
            Path file, RunResult recorded, RunResult remade, List<RunResult> beside, Map<String, Double> questions) {
        List<Cost> costs = new ArrayList<>();
        Map<String, Double> judged = new LinkedHashMap<>();
        recorded.metrics().forEach((name, value) -> {
            if (new Metric(name).isCost()) {
                costs.add(new Cost(name, value, remade.metrics().get(name)));
            } else {
                judged.put(name, value);
            }
        });
        int noisy = (int)
                judged.keySet().stream().filter(name -> !EXACT.contains(name)).count();
        FigureNoise noise = new FigureNoise(beside, questions, noisy);
        List<Figure> figures = judged.entrySet().stream()
                .map(figure -> judge(
                        figure.getKey(), figure.getValue(), remade.metrics().get(figure.getKey()), noise))
                .toList();
        return new Reproduced(
                file, recorded, remade, figures, costs, tests(recorded, remade), environment(recorded, remade));
    }

    private static Figure judge(String name, double recorded, @Nullable Double here, FigureNoise noise) {
        if (here == null) {
            return new Figure(name, recorded, null, Verdict.MISSING, null);
        }
        if (Double.compare(recorded, here) == 0) {
            return new Figure(name, recorded, here, Verdict.EQUAL, null);
        }
        if (EXACT.contains(name)) {
            return new Figure(name, recorded, here, Verdict.DIFFERENT, null);
        }
        return noise.margin(name, recorded, here)
                .map(margin -> new Figure(
                        name,
                        recorded,
                        here,
                        Math.abs(recorded - here) <= margin.width() ? Verdict.WITHIN_NOISE : Verdict.DIFFERENT,
                        margin))
                .orElseGet(() -> new Figure(name, recorded, here, Verdict.NOT_JUDGED, null));
    }

    private static List<Test> tests(RunResult recorded, RunResult remade) {
        List<Test> tests = new ArrayList<>();
        recorded.hits().forEach((name, then) -> {
            Hits now = remade.hits().get(name);
            if (now != null && now.images() == then.images()) {
                PairedComparison compared = PairedComparison.of(then, now);
                tests.add(new Test(name, then.images(), compared.onlyFirst() + compared.onlySecond()));
            }
        });
        return tests;
    }

    private static List<Difference> environment(RunResult recorded, RunResult remade) {
        Map<String, String> then = withPrecision(recorded);
        Map<String, String> now = withPrecision(remade);
        Set<String> names = new LinkedHashSet<>(then.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .map(name ->
                        new Difference(name, then.getOrDefault(name, "unknown"), now.getOrDefault(name, "unknown")))
                .filter(each -> !each.recorded().equals(each.here()))
                .toList();
    }

    /** The precision is a setting, but one that another machine may not have. */
    private static Map<String, String> withPrecision(RunResult run) {
        Map<String, String> versions = new LinkedHashMap<>(run.provenance().versions());
        versions.putIfAbsent(Provenance.DEVICE, "cpu"); // of before devices were told
        String precision = run.provenance().configuration().get(RecordedRun.PRECISION);
        if (precision != null) {
            versions.put(RecordedRun.PRECISION, precision);
        }
        return versions;
    }

    /** {@return whether every judged figure is equal or within noise} */
    public boolean isReproduced() {
        return figures.stream().allMatch(figure -> figure.verdict().isGood());
    }
}
