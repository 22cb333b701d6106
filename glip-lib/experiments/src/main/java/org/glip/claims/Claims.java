package org.glip.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.glip.claims.SeedContrast.Term;
import org.glip.mask.Mask;
import org.glip.results.MethodName;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.TestName;

/**
 * The paper's claims, judged on result files.
 *
 * <p>The rule is the same for all: a part of a claim is reproduced if the 95 % interval of its figure over training
 * seeds (Student's t, at least {@value Finding#LEAST_SEEDS} seeds, methods compared seed by seed) lies wholly on the
 * side that the claim names, refuted if it lies wholly on the other, bounded if it lies within a point of zero, and not
 * resolved otherwise. Of a claim the worst of its parts is said.
 *
 * <p>What "flat" and "costs the same" mean, the paper leaves open. Here a sigma counts as on the flat part if it keeps
 * at least half of the lead that sigma = 0.2 has over the random mask, and two costs as equal if they differ by less
 * than a tenth. Costs are compared turn by turn, as accuracies are seed by seed.
 *
 * @param tables runs on one data set, such as the preset {@code centred}: FLIP and GLIP at 50, 75 and 91.8 %
 * @param others runs of several sigmas at 75 %, and FLIP, on the same data; and FLIP and GLIP at 75 % on {@code
 *     uniform}, {@code mosaic} and {@code full-frame}; may be empty
 * @param costs steps that were timed in turns, FLIP and GLIP at 50, 75 and 91.8 %, the turn in the place of the seed,
 *     with the metric {@link Metric#STEP_CPU_TIME}; may be empty
 * @param measure {@link Metric#TOP_1}, the paper's, or {@link Metric#TOP_5}, which varies less from seed to seed. The
 *     tests on other placements know top-1 only
 */
public record Claims(List<RunResult> tables, List<RunResult> others, List<RunResult> costs, Metric measure) {
    private static final double SIGMA = 0.2;
    private static final double[] RATIOS = {0.5, 0.75, 0.918};
    private static final double[] SIGMAS = {0.1, 0.4, 0.8};
    private static final double COST_TOLERANCE = 0.1;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the measure is another
     */
    public Claims {
        if (!List.of(Metric.TOP_1, Metric.TOP_5).contains(measure)) {
            throw new IllegalArgumentException("Claims are judged by top-1 or top-5, not by \"" + measure + "\"");
        }
        tables = List.copyOf(tables);
        others = List.copyOf(others);
        costs = List.copyOf(costs);
    }

    /**
     * Returns all six, in the paper's order.
     *
     * @return the six claims
     * @throws IllegalArgumentException if a method has several runs of the same seed, or several costs of the same
     *     turn
     */
    public List<Claim> judge() {
        return List.of(masked(), tuned(), fallAndRepair(), flatInSigma(), sameCost(), withoutCentre());
    }

    private Claim masked() {
        List<Finding> findings = leads(TestName.MASKED);
        Metric test = TestName.MASKED.metric(measure);
        double first = RATIOS[0];
        double last = RATIOS[RATIOS.length - 1];
        SeedContrast growth = new SeedContrast(List.of(
                new Term(1, glip(last), test),
                new Term(-1, flip(last), test),
                new Term(-1, glip(first), test),
                new Term(1, flip(first), test)));
        findings.add(positive(
                "the lead at 91.8% is larger than at 50%",
                growth, difference(lead(last, TestName.MASKED), lead(first, TestName.MASKED))));
        return new Claim(
                1, "Under masked inference GLIP is ahead of FLIP, and the lead grows with the ratio", findings);
    }

    private Claim tuned() {
        return new Claim(2, "After tuning GLIP is ahead of FLIP", leads(TestName.TUNED));
    }

    /** GLIP minus FLIP at each ratio. */
    private List<Finding> leads(TestName test) {
        List<Finding> findings = new ArrayList<>();
        for (double ratio : RATIOS) {
            findings.add(positive(
                    "GLIP − FLIP, " + test + ", " + RunSettings.percent(ratio),
                    SeedContrast.difference(glip(ratio), flip(ratio), test.metric(measure)),
                    lead(ratio, test)));
        }
        return findings;
    }

    private Claim fallAndRepair() {
        double ratio = RATIOS[RATIOS.length - 1];
        Metric masked = TestName.MASKED.metric(measure);
        Metric unmasked = TestName.UNMASKED.metric(measure);
        return new Claim(
                3,
                "At 91.8% without tuning, the full image makes GLIP worse and FLIP better; the tuning repairs it",
                List.of(
                        positive(
                                "GLIP, masked − unmasked",
                                SeedContrast.between(masked, unmasked, glip(ratio)),
                                difference(
                                        published(MethodName.GLIP, ratio, TestName.MASKED),
                                        published(MethodName.GLIP, ratio, TestName.UNMASKED))),
                        positive(
                                "FLIP, unmasked − masked",
                                SeedContrast.between(unmasked, masked, flip(ratio)),
                                difference(
                                        published(MethodName.FLIP, ratio, TestName.UNMASKED),
                                        published(MethodName.FLIP, ratio, TestName.MASKED))),
                        positive(
                                "GLIP, tuned − unmasked",
                                SeedContrast.between(TestName.TUNED.metric(measure), unmasked, glip(ratio)),
                                difference(
                                        published(MethodName.GLIP, ratio, TestName.TUNED),
                                        published(MethodName.GLIP, ratio, TestName.UNMASKED))),
                        positive(
                                "GLIP, tuned − masked",
                                SeedContrast.between(TestName.TUNED.metric(measure), masked, glip(ratio)),
                                difference(
                                        published(MethodName.GLIP, ratio, TestName.TUNED),
                                        published(MethodName.GLIP, ratio, TestName.MASKED)))));
    }

    private Claim flatInSigma() {
        double ratio = 0.75;
        Metric test = TestName.TUNED.metric(measure);
        String preset = tables.isEmpty() ? "centred" : tables.get(0).settings().text(RunSettings.PRESET);
        List<RunResult> runs = onPreset(others, preset);
        List<Finding> findings = new ArrayList<>();
        for (double sigma : SIGMAS) {
            SeedContrast kept = new SeedContrast(List.of(
                    new Term(1, glip(ratio, sigma), test),
                    new Term(-0.5, glip(ratio), test),
                    new Term(-0.5, flip(ratio), test)));
            findings.add(finding(
                    "σ = " + sigma + " − midway between random mask and σ = 0.2, 75%", kept, runs, Optional.empty()));
        }
        return new Claim(4, "Accuracy is flat over a wide range of sigma, here from 0.1 to 0.8", findings);
    }

    private Claim sameCost() {
        List<Finding> findings = new ArrayList<>();
        for (double ratio : RATIOS) {
            findings.add(new Finding(
                    "processor time of a training step, GLIP / FLIP − 1, " + RunSettings.percent(ratio),
                    SeedContrast.difference(glip(ratio), flip(ratio), Metric.STEP_CPU_TIME)
                            .relativeOver(costs),
                    new Finding.Within(COST_TOLERANCE),
                    List.of(),
                    Optional.empty()));
        }
        return new Claim(5, "GLIP costs what FLIP costs, here within a tenth", findings);
    }

    private Claim withoutCentre() {
        List<Finding> findings = new ArrayList<>();
        for (String preset : List.of("uniform", "mosaic")) {
            findings.add(positive(
                    "GLIP − FLIP, trained on centred pictures, tested on " + preset + " ones (top-1), 75%",
                    SeedContrast.difference(
                            glip(0.75), flip(0.75), TestName.robust(preset).top1()),
                    Optional.empty()));
        }
        for (String preset : List.of("uniform", "mosaic", "full-frame")) {
            findings.add(finding(
                    "GLIP − FLIP, trained and tested on " + preset + " pictures, 75%",
                    SeedContrast.difference(glip(0.75), flip(0.75), TestName.TUNED.metric(measure)),
                    onPreset(others, preset),
                    Optional.empty()));
        }
        return new Claim(6, "It also holds on images without an obvious centre", findings);
    }

    private Finding positive(String statement, SeedContrast contrast, Optional<Double> published) {
        return finding(statement, contrast, tables, published);
    }

    private static Finding finding(
            String statement, SeedContrast contrast, List<RunResult> runs, Optional<Double> published) {
        return new Finding(statement, contrast.over(runs), new Finding.Positive(), contrast.pValues(runs), published);
    }

    private static List<RunResult> onPreset(List<RunResult> runs, String preset) {
        return runs.stream()
                .filter(run -> run.settings().text(RunSettings.PRESET).equals(preset))
                .toList();
    }

    private static Predicate<RunSettings> flip(double ratio) {
        return settings -> settings.isOf(MethodName.FLIP) && settings.mask().ratio() == ratio;
    }

    private static Predicate<RunSettings> glip(double ratio) {
        return glip(ratio, SIGMA);
    }

    private static Predicate<RunSettings> glip(double ratio, double sigma) {
        return settings -> settings.isOf(MethodName.GLIP) && settings.mask().equals(Mask.gaussian(ratio, sigma));
    }

    /** Nothing by top-5, which the paper does not give. */
    private Optional<Double> published(MethodName method, double ratio, TestName test) {
        return !measure.equals(Metric.TOP_1)
                ? Optional.empty()
                : PublishedResults.top1(method, RunSettings.percent(ratio), test);
    }

    private Optional<Double> lead(double ratio, TestName test) {
        return difference(published(MethodName.GLIP, ratio, test), published(MethodName.FLIP, ratio, test));
    }

    private static Optional<Double> difference(Optional<Double> first, Optional<Double> second) {
        return first.flatMap(a -> second.map(b -> a - b));
    }
}
