package org.glip.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.glip.claims.Finding.Verdict;
import org.glip.mask.Mask;
import org.glip.report.ClaimTables;
import org.glip.results.MethodName;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.Runs;
import org.glip.results.TestName;
import org.glip.stats.Hits;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ClaimsTest {
    private static final double[] RATIOS = {0.5, 0.75, 0.918};
    private static final double RANDOM = Double.POSITIVE_INFINITY;
    private static final Map<Double, Double> FLAT = Map.of(0.1, 0.29, 0.2, 0.30, 0.4, 0.30, 0.8, 0.28, RANDOM, 0.2);

    /** How far a seed lies from the mean of its method, alike for all methods but for a little. */
    private static double noise(long seed, String method) {
        return 0.01 * seed + (method.equals("GLIP") ? 0.0001 * (seed % 2) : 0);
    }

    private static RunResult run(String preset, String method, Mask mask, long seed, Map<String, Double> metrics) {
        return new RunResult(
                new RunSettings(method, mask, seed, Map.of("preset", preset)), metrics, Map.of(), Runs.PROVENANCE);
    }

    /** Figures of a run as the paper has them, with seed noise that falls out of differences. */
    private static Map<String, Double> asPublished(String method, double ratio, long seed) {
        Map<String, Double> metrics = new HashMap<>();
        String masking = RunSettings.of(method, Mask.random(ratio), 0).text("masking");
        for (TestName test : PublishedResults.tests()) {
            metrics.put(
                    test + " top-1",
                    PublishedResults.top1(MethodName.valueOf(method), masking, test)
                                    .orElseThrow()
                            + noise(seed, method));
        }
        metrics.put("robust uniform top-1", method.equals("GLIP") ? 0.2 : 0.1);
        metrics.put("robust mosaic top-1", method.equals("GLIP") ? 0.2 : 0.1);
        return metrics;
    }

    /** Steps timed in turns, from turn to turn alike for both methods but for a little. */
    private static List<RunResult> costs(int turns) {
        List<RunResult> runs = new ArrayList<>();
        for (long turn = 0; turn < turns; turn++) {
            for (double ratio : RATIOS) {
                for (String method : List.of("FLIP", "GLIP")) {
                    Mask mask = method.equals("FLIP") ? Mask.random(ratio) : Mask.gaussian(ratio, 0.2);
                    double milliseconds = (1 - ratio) * 1000 * (1 + noise(turn, method));
                    runs.add(run("", method, mask, turn, Map.of(Metric.STEP_CPU_TIME.name(), milliseconds)));
                }
            }
        }
        return runs;
    }

    private static List<RunResult> tables(int seeds) {
        List<RunResult> runs = new ArrayList<>();
        for (long seed = 0; seed < seeds; seed++) {
            for (double ratio : RATIOS) {
                runs.add(run("centred", "FLIP", Mask.random(ratio), seed, asPublished("FLIP", ratio, seed)));
                runs.add(run("centred", "GLIP", Mask.gaussian(ratio, 0.2), seed, asPublished("GLIP", ratio, seed)));
            }
        }
        return runs;
    }

    private static List<RunResult> sweep(String preset, Map<Double, Double> tunedBySigma) {
        List<RunResult> runs = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            double of = noise(seed, "");
            for (Map.Entry<Double, Double> entry : tunedBySigma.entrySet()) {
                boolean random = Double.isInfinite(entry.getKey());
                runs.add(run(
                        preset,
                        random ? "FLIP" : "GLIP",
                        random ? Mask.random(0.75) : Mask.gaussian(0.75, entry.getKey()),
                        seed,
                        Map.of("tuned top-1", entry.getValue() + of + 0.0001 * (entry.getKey() > 0.3 ? seed % 2 : 0))));
            }
        }
        return runs;
    }

    private static List<RunResult> wholeSweep() {
        List<RunResult> runs = new ArrayList<>(sweep("centred", FLAT));
        for (String preset : List.of("uniform", "mosaic", "full-frame")) {
            runs.addAll(sweep(preset, Map.of(0.2, 0.25, RANDOM, 0.2)));
        }
        return runs;
    }

    private static List<Claim> judge(List<RunResult> tables, List<RunResult> sweep) {
        return new Claims(tables, sweep, costs(3), Metric.TOP_1).judge();
    }

    private static List<Verdict> verdicts(List<Claim> claims) {
        return claims.stream().map(Claim::verdict).toList();
    }

    /** The runs with another figure for some. */
    private static List<RunResult> changed(
            List<RunResult> runs, String method, double ratio, String metric, UnaryOperator<Double> change) {
        return runs.stream()
                .map(run -> {
                    RunSettings settings = run.settings();
                    if (!settings.method().equals(method) || settings.mask().ratio() != ratio) {
                        return run;
                    }
                    Map<String, Double> metrics = new HashMap<>(run.metrics());
                    metrics.computeIfPresent(metric, (name, value) -> change.apply(value));
                    return new RunResult(settings, metrics, run.provenance());
                })
                .toList();
    }

    @Test
    void thePapersOwnFiguresOverThreeSeedsReproduceEveryClaim() {
        List<Claim> claims = judge(tables(3), wholeSweep());
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6), claims.stream().map(Claim::number).toList());
        for (Claim claim : claims) {
            assertEquals(Verdict.REPRODUCED, claim.verdict(), claim.toString());
        }
    }

    @Test
    void figuresAreThoseOfThePaperWhereTheRunsAre() {
        List<Finding> masked = judge(tables(3), List.of()).get(0).findings();
        assertEquals(4, masked.size());
        for (Finding finding : masked) {
            assertEquals(
                    finding.published().orElseThrow(),
                    finding.measured().orElseThrow().mean(),
                    1e-4);
        }
        assertEquals(0.015, masked.get(0).published().orElseThrow(), 1e-12);
        assertEquals(0.027, masked.get(3).published().orElseThrow(), 1e-12);
        List<Claim> byTop5 = new Claims(tables(3), List.of(), List.of(), Metric.TOP_5).judge();
        assertTrue(byTop5.stream()
                .flatMap(claim -> claim.findings().stream())
                .allMatch(finding -> finding.published().isEmpty()));
    }

    @Test
    void withoutRunsNothingIsTestable() {
        List<Claim> claims = new Claims(List.of(), List.of(), List.of(), Metric.TOP_1).judge();
        assertTrue(verdicts(claims).stream().allMatch(Verdict.NOT_TESTABLE::equals), claims.toString());
    }

    @Test
    void twoSeedsAreTooFewHoweverClearTheyLook() {
        List<Claim> claims = new Claims(tables(2), List.of(), costs(2), Metric.TOP_1).judge();
        assertTrue(verdicts(claims).stream().allMatch(Verdict.NOT_TESTABLE::equals), claims.toString());
        assertEquals(2, claims.get(0).findings().get(0).measured().orElseThrow().seeds());
    }

    @Test
    void withoutTheSweepOnlyWhatNeedsItIsNotTestable() {
        List<Verdict> verdicts = verdicts(judge(tables(3), List.of()));
        assertEquals(Verdict.REPRODUCED, verdicts.get(0));
        assertEquals(Verdict.NOT_TESTABLE, verdicts.get(3));
        assertEquals(Verdict.NOT_TESTABLE, verdicts.get(5));
    }

    @Test
    void aLeadWithinSeedNoiseIsNotResolved() {
        List<RunResult> noisy = new ArrayList<>();
        for (RunResult run : tables(3)) {
            Map<String, Double> metrics = new HashMap<>(run.metrics());
            if (run.settings().method().equals("GLIP")) {
                metrics.computeIfPresent(
                        "tuned top-1",
                        (name, value) -> value + 0.02 * (run.settings().seed() - 1));
            }
            noisy.add(new RunResult(run.settings(), metrics, run.provenance()));
        }
        Claim tuned = judge(noisy, List.of()).get(1);
        assertEquals(Verdict.NOT_RESOLVED, tuned.verdict());
        assertTrue(tuned.findings().get(0).measured().orElseThrow().mean() > 0, "ahead on the mean");
    }

    @Test
    void aLeadOfNoneOrLittleInEverySeedIsBounded() {
        List<RunResult> close = new ArrayList<>();
        for (RunResult run : tables(3)) {
            Map<String, Double> metrics = new HashMap<>(run.metrics());
            metrics.computeIfPresent(
                    "tuned top-1",
                    (name, value) -> 0.2
                            + 0.001
                                    * (run.settings().seed() - 1)
                                    * (run.settings().method().equals("GLIP") ? 1 : -1));
            close.add(new RunResult(run.settings(), metrics, run.provenance()));
        }
        assertEquals(Verdict.BOUNDED, judge(close, List.of()).get(1).verdict());
    }

    @Test
    void oneRatioAtWhichFlipIsAheadRefutesTheClaim() {
        List<RunResult> runs = changed(tables(3), "GLIP", 0.75, "masked top-1", value -> value - 0.1);
        Claim masked = judge(runs, List.of()).get(0);
        assertEquals(Verdict.REFUTED, masked.verdict());
        assertEquals(
                List.of(Verdict.REPRODUCED, Verdict.REFUTED, Verdict.REPRODUCED, Verdict.REPRODUCED),
                masked.findings().stream().map(Finding::verdict).toList());
    }

    @Test
    void aGlipThatGainsByTheFullImageRefutesTheThirdClaim() {
        List<RunResult> runs = changed(tables(3), "GLIP", 0.918, "unmasked top-1", value -> value + 0.05);
        assertEquals(Verdict.REFUTED, judge(runs, List.of()).get(2).verdict());
    }

    @Test
    void aSigmaThatLosesMoreThanHalfTheLeadIsNotFlat() {
        Map<Double, Double> peaked = new HashMap<>(FLAT);
        peaked.put(0.8, 0.24);
        Claim flat = judge(List.of(), sweep("centred", peaked)).get(3);
        assertEquals(Verdict.REFUTED, flat.verdict());
    }

    @Test
    void aSweepWithoutALeadIsNotCalledFlat() {
        Map<Double, Double> level = Map.of(0.1, 0.2, 0.2, 0.2, 0.4, 0.2, 0.8, 0.2, RANDOM, 0.2);
        assertEquals(
                Verdict.BOUNDED,
                judge(List.of(), sweep("centred", level)).get(3).verdict());
    }

    @Test
    void aFifthMoreTimeIsNotTheSameCostAndNoisyClocksDoNotProveIt() {
        List<RunResult> dear = changed(costs(3), "GLIP", 0.5, Metric.STEP_CPU_TIME.name(), value -> 1.2 * value);
        assertEquals(Verdict.REFUTED, judgeCost(dear));
        List<RunResult> noisy = costs(3).stream()
                .map(run -> changed(
                                List.of(run),
                                "FLIP",
                                0.5,
                                Metric.STEP_CPU_TIME.name(),
                                value -> value * (1 + 0.2 * (run.settings().seed() - 1)))
                        .get(0))
                .toList();
        assertEquals(Verdict.NOT_RESOLVED, judgeCost(noisy));
        assertEquals(Verdict.REPRODUCED, judgeCost(costs(3)));
    }

    private static Verdict judgeCost(List<RunResult> costs) {
        return new Claims(List.of(), List.of(), costs, Metric.TOP_1)
                .judge()
                .get(4)
                .verdict();
    }

    @Test
    void imagesAreComparedInPairsSeedBySeed() {
        BitSet most = new BitSet();
        most.set(0, 40);
        List<RunResult> runs = tables(3).stream()
                .map(run -> new RunResult(
                        run.settings(),
                        run.metrics(),
                        Map.of("tuned", hits(run.settings().method().equals("GLIP") ? most : new BitSet())),
                        run.provenance()))
                .toList();
        List<Double> p = judge(runs, List.of()).get(1).findings().get(0).pValues();
        assertEquals(3, p.size());
        p.forEach(value -> assertEquals(Math.pow(0.5, 40), value, 1e-15));
        assertEquals(
                List.of(),
                new Claims(runs, List.of(), List.of(), Metric.TOP_5)
                        .judge()
                        .get(1)
                        .findings()
                        .get(0)
                        .pValues());
    }

    private static Hits hits(BitSet right) {
        byte[] bytes = Arrays.copyOf(right.toByteArray(), 8);
        return Hits.parse(64, Base64.getEncoder().encodeToString(bytes));
    }

    @Test
    void severalRunsOfTheSameSeedAreRefused() {
        List<RunResult> runs = new ArrayList<>(tables(3));
        runs.add(runs.get(0));
        Claims claims = new Claims(runs, List.of(), List.of(), Metric.TOP_1);
        assertThrows(IllegalArgumentException.class, claims::judge);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Claims(List.of(), List.of(), List.of(), new Metric("accuracy")));
    }

    @Test
    void tablesTellVerdictsAndFigures() {
        List<Claim> claims = judge(tables(3), List.of());
        Table verdicts = ClaimTables.verdicts("Claims", claims);
        assertEquals(6, verdicts.rowCount());
        assertEquals("reproduced", verdicts.stringColumn("verdict").get(0));
        assertEquals(
                "2 reproduced, 3 not testable here",
                verdicts.stringColumn("parts").get(5));
        Table figures = ClaimTables.figures("Figures", claims);
        assertEquals("+1.5", figures.stringColumn("published").get(0));
        assertTrue(figures.stringColumn("measured ± 95 %").get(0).startsWith("+1.5 ± 0."), figures.toString());
        assertEquals(
                "–",
                ClaimTables.figures("", judge(List.of(), List.of()))
                        .stringColumn("measured ± 95 %")
                        .get(0));
    }
}
