package org.glip.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.glip.claims.PublishedResults.Stage;
import org.glip.claims.SeedContrast.Term;
import org.glip.mask.Mask;
import org.glip.report.CostCharts;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;

/**
 * The paper's claims, judged on result files (paper, section of published results).
 *
 * <p>The rule is the same for all: a part of a claim is reproduced if the 95 % interval of its figure over training seeds (Student's
 * t, at least {@value Finding#LEAST_SEEDS} seeds, methods compared seed by seed) lies wholly on the side that the claim names; a
 * claim is reproduced if all its parts are. A difference within seed noise is not reproduced, whatever its sign.
 *
 * <p>What "flat" and "costs the same" mean, the paper leaves open. Here a sigma counts as on the flat part if it keeps at least half
 * of the lead that sigma = 0.2 has over the random mask, and two costs as equal if they differ by less than a tenth. Costs are
 * compared turn by turn, as accuracies are seed by seed.
 *
 * @param tables runs on one data set, such as the preset {@code centred}: FLIP and GLIP at 50, 75 and 91.8 %
 * @param sweep runs of several sigmas at 75 %, and FLIP, on the same data and on {@code uniform}; may be empty
 * @param costs steps that were timed in turns, FLIP and GLIP at 50, 75 and 91.8 %, the turn in the place of the seed, with the
 *     metric {@link CostCharts#STEP_CPU_TIME}; may be empty
 * @param metric {@code top-1}, the paper's, or {@code top-5}, which varies less from seed to seed. The tests on other placements
 *     know top-1 only
 */
public record Claims(List<RunResult> tables, List<RunResult> sweep, List<RunResult> costs, String metric) {
    private static final double SIGMA = 0.2;
    private static final double[] RATIOS = {0.5, 0.75, 0.918};
    private static final double[] SIGMAS = {0.1, 0.4, 0.8};
    private static final double COST_TOLERANCE = 0.1;
    private static final String TOP_1 = "top-1";

    /**
     * @throws IllegalArgumentException if the metric is another
     */
    public Claims {
        if (!List.of(TOP_1, "top-5").contains(metric)) {
            throw new IllegalArgumentException("Claims are judged by top-1 or top-5, not by \"" + metric + "\"");
        }
        tables = List.copyOf(tables);
        sweep = List.copyOf(sweep);
        costs = List.copyOf(costs);
    }

    /**
     * All six, in the paper's order.
     *
     * @throws IllegalArgumentException if a method has several runs of the same seed, or several costs of the same turn
     */
    public List<Claim> judge() {
        return List.of(masked(), tuned(), fallAndRepair(), flatInSigma(), sameCost(), withoutCentre());
    }

    private Claim masked() {
        List<Finding> findings = leads("masked", Stage.MASKED);
        String test = "masked " + metric;
        double first = RATIOS[0];
        double last = RATIOS[RATIOS.length - 1];
        SeedContrast growth = new SeedContrast(List.of(
                new Term(1, glip(last), test),
                new Term(-1, flip(last), test),
                new Term(-1, glip(first), test),
                new Term(1, flip(first), test)));
        findings.add(positive(
                "the lead at 91.8% is larger than at 50%",
                growth, difference(lead(last, Stage.MASKED), lead(first, Stage.MASKED))));
        return new Claim(
                1, "Under masked inference GLIP is ahead of FLIP, and the lead grows with the ratio", findings);
    }

    private Claim tuned() {
        return new Claim(2, "After tuning GLIP is ahead of FLIP", leads("tuned", Stage.TUNED));
    }

    /** GLIP minus FLIP at each ratio. */
    private List<Finding> leads(String test, Stage stage) {
        List<Finding> findings = new ArrayList<>();
        for (double ratio : RATIOS) {
            findings.add(positive(
                    "GLIP − FLIP, " + test + ", " + RunSettings.percent(ratio),
                    SeedContrast.difference(glip(ratio), flip(ratio), test + " " + metric),
                    lead(ratio, stage)));
        }
        return findings;
    }

    private Claim fallAndRepair() {
        double ratio = RATIOS[RATIOS.length - 1];
        String masked = "masked " + metric;
        String unmasked = "unmasked " + metric;
        return new Claim(
                3,
                "At 91.8% without tuning, the full image makes GLIP worse and FLIP better; the tuning repairs it",
                List.of(
                        positive(
                                "GLIP, masked − unmasked",
                                SeedContrast.between(masked, unmasked, glip(ratio)),
                                difference(
                                        published("GLIP", ratio, Stage.MASKED),
                                        published("GLIP", ratio, Stage.UNMASKED))),
                        positive(
                                "FLIP, unmasked − masked",
                                SeedContrast.between(unmasked, masked, flip(ratio)),
                                difference(
                                        published("FLIP", ratio, Stage.UNMASKED),
                                        published("FLIP", ratio, Stage.MASKED))),
                        positive(
                                "GLIP, tuned − unmasked",
                                SeedContrast.between("tuned " + metric, unmasked, glip(ratio)),
                                difference(
                                        published("GLIP", ratio, Stage.TUNED),
                                        published("GLIP", ratio, Stage.UNMASKED))),
                        positive(
                                "GLIP, tuned − masked",
                                SeedContrast.between("tuned " + metric, masked, glip(ratio)),
                                difference(
                                        published("GLIP", ratio, Stage.TUNED),
                                        published("GLIP", ratio, Stage.MASKED)))));
    }

    private Claim flatInSigma() {
        double ratio = 0.75;
        String test = "tuned " + metric;
        String preset = tables.isEmpty() ? "centred" : tables.get(0).settings().text("preset");
        List<RunResult> runs = onPreset(sweep, preset);
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
                    SeedContrast.difference(glip(ratio), flip(ratio), CostCharts.STEP_CPU_TIME)
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
                    SeedContrast.difference(glip(0.75), flip(0.75), "robust " + preset + " top-1"),
                    Optional.empty()));
        }
        findings.add(finding(
                "GLIP − FLIP, trained and tested on uniform pictures, 75%",
                SeedContrast.difference(glip(0.75), flip(0.75), "tuned " + metric),
                onPreset(sweep, "uniform"),
                Optional.empty()));
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
                .filter(run -> run.settings().text("preset").equals(preset))
                .toList();
    }

    private static Predicate<RunSettings> flip(double ratio) {
        return settings -> settings.method().equals("FLIP") && settings.mask().ratio() == ratio;
    }

    private static Predicate<RunSettings> glip(double ratio) {
        return glip(ratio, SIGMA);
    }

    private static Predicate<RunSettings> glip(double ratio, double sigma) {
        return settings -> settings.method().equals("GLIP") && settings.mask().equals(Mask.gaussian(ratio, sigma));
    }

    /** Nothing by top-5, which the paper does not give. */
    private Optional<Double> published(String method, double ratio, Stage stage) {
        return !metric.equals(TOP_1)
                ? Optional.empty()
                : PublishedResults.top1(method, RunSettings.percent(ratio), stage);
    }

    private Optional<Double> lead(double ratio, Stage stage) {
        return difference(published("GLIP", ratio, stage), published("FLIP", ratio, stage));
    }

    private static Optional<Double> difference(Optional<Double> first, Optional<Double> second) {
        return first.flatMap(a -> second.map(b -> a - b));
    }
}
