package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.experiment.Reproduced.Margin;
import org.glip.experiment.Reproduced.Verdict;
import org.glip.mask.Mask;
import org.glip.results.ComparableRuns;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.stats.PictureNoise;
import org.glip.train.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducedTest {
    private static final Path FILE = Path.of("run.json");

    private static RunResult run(long seed, Map<String, Double> metrics) {
        return run(seed, metrics, Map.of("commit", "abc", "engine", "PyTorch 2"));
    }

    private static RunResult run(long seed, Map<String, Double> metrics, Map<String, String> versions) {
        return new RunResult(
                RunSettings.of("FLIP", Mask.random(0.5), seed),
                metrics,
                new Provenance("test", "data", Map.of(ComparableRuns.SEED, "" + seed), versions, "2026-11-29"));
    }

    private static Reproduced compare(Map<String, Double> recorded, Map<String, Double> here) {
        return Reproduced.compare(
                FILE,
                run(0, recorded),
                run(0, here),
                List.of(run(0, recorded)),
                Map.of("tuned top-1", 100.0, "tuned top-5", 100.0));
    }

    private static Verdict verdict(Reproduced outcome, String name) {
        return outcome.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    @Test
    void eachFigureHasItsVerdictAndCostsHaveNone() {
        Map<String, Double> recorded = new LinkedHashMap<>();
        recorded.put("tuned top-1", 0.2);
        recorded.put("tuned top-5", 0.5);
        recorded.put("unmasked top-1", 0.3);
        recorded.put("image tokens", 17.0);
        recorded.put("training loss", 3.0);
        recorded.put("gone", 1.0);
        recorded.put("training seconds", 30.0);
        Map<String, Double> here = new LinkedHashMap<>(recorded);
        here.put("tuned top-1", 0.25);
        here.put("tuned top-5", 0.9);
        here.put("image tokens", 18.0);
        here.put("training loss", 3.1);
        here.put("training seconds", 90.0);
        here.put("new", 1.0);
        here.remove("gone");
        Reproduced outcome = compare(recorded, here);
        assertEquals(Verdict.WITHIN_NOISE, verdict(outcome, "tuned top-1"));
        assertEquals(Verdict.DIFFERENT, verdict(outcome, "tuned top-5"));
        assertEquals(Verdict.EQUAL, verdict(outcome, "unmasked top-1"));
        assertEquals(Verdict.DIFFERENT, verdict(outcome, "image tokens"), "nothing random is in it");
        assertEquals(Verdict.NOT_JUDGED, verdict(outcome, "training loss"), "neither seeds beside it nor a share");
        assertEquals(Verdict.MISSING, verdict(outcome, "gone"));
        assertEquals(6, outcome.figures().size());
        assertEquals(List.of(new Reproduced.Cost("training seconds", 30, 90.0)), outcome.costs());
        assertFalse(outcome.isReproduced());
    }

    @Test
    void aResultIsReproducedIfNoFigureIsDifferentOrMissing() {
        assertTrue(
                compare(Map.of("tuned top-1", 0.2), Map.of("tuned top-1", 0.21)).isReproduced());
        assertTrue(compare(Map.of("training loss", 2.0), Map.of("training loss", 2.1))
                .isReproduced());
        assertFalse(
                compare(Map.of("tuned top-1", 0.2), Map.of("tuned top-5", 0.2)).isReproduced());
    }

    @Test
    void theLastBitCounts() {
        double next = Math.nextUp(0.2);
        assertEquals(
                Verdict.WITHIN_NOISE,
                verdict(compare(Map.of("tuned top-1", 0.2), Map.of("tuned top-1", next)), "tuned top-1"));
    }

    private static List<RunResult> seeds(double... values) {
        List<RunResult> runs = new ArrayList<>();
        for (double value : values) {
            runs.add(run(runs.size(), Map.of("tuned top-1", value)));
        }
        return runs;
    }

    private static Margin margin(List<RunResult> beside) {
        return new FigureNoise(beside, Map.of("tuned top-1", 100.0), 1)
                .margin("tuned top-1", 0.2, 0.3)
                .orElseThrow();
    }

    @Test
    void enoughSeedsGiveTheMarginElseThePicturesDo() {
        Margin ofSeeds = margin(seeds(0.1, 0.2, 0.3, 0.2, 0.2));
        assertEquals(Margin.Source.SEEDS, ofSeeds.source());
        assertEquals(5, ofSeeds.count());
        // Student's t of 4 degrees of freedom, deviation sqrt(.02 / 4), two runs
        assertEquals(2.776445 * Math.sqrt(0.005) * Math.sqrt(2), ofSeeds.width(), 1e-6);
        Margin ofPictures = margin(seeds(0.1, 0.2, 0.3, 0.2));
        assertEquals(new Margin(new PictureNoise(100).margin(0.25, 0.95), Margin.Source.QUESTIONS, 100), ofPictures);
        assertEquals(
                Margin.Source.QUESTIONS, margin(seeds(0.2, 0.2, 0.2, 0.2, 0.2)).source(), "all are equal");
    }

    @Test
    void manyFiguresWidenTheMarginOfEach() {
        FigureNoise one = new FigureNoise(List.of(), Map.of("a", 100.0), 1);
        FigureNoise many = new FigureNoise(List.of(), Map.of("a", 100.0), 35);
        double alone = one.margin("a", 0.5, 0.5).orElseThrow().width();
        double among = many.margin("a", 0.5, 0.5).orElseThrow().width();
        assertEquals(1.62698, among / alone, 1e-5, "the normal quantiles of 1 - .05 / 35 and of .95");
    }

    @TempDir
    Path folder;

    @Test
    void onlyComparableResultFilesBesideItCount() throws Exception {
        RunResult recorded = run(0, Map.of("tuned top-1", 0.2));
        Path file = folder.resolve("seed0.json");
        ResultFile.write(file, recorded);
        ResultFile.write(folder.resolve("seed1.json"), run(1, Map.of("tuned top-1", 0.3)));
        RunResult other = new RunResult(
                RunSettings.of("FLIP", Mask.random(0.5), 2),
                Map.of("tuned top-1", 0.9),
                new Provenance("test", "other data", Map.of(), Map.of(), ""));
        ResultFile.write(folder.resolve("seed2.json"), other);
        Files.writeString(folder.resolve("notes.json"), "{}");
        assertEquals(2, FigureNoise.beside(file, recorded).size());
    }

    @Test
    void theEnvironmentTellsWhatDiffers() {
        Map<String, Double> figures = Map.of("tuned top-1", 0.2);
        Reproduced outcome = Reproduced.compare(
                FILE,
                run(0, figures),
                run(0, figures, Map.of("commit", "def", "engine", "PyTorch 2", "processor", "this one")),
                List.of(),
                Map.of());
        assertEquals(
                List.of(
                        new Reproduced.Difference("commit", "abc", "def"),
                        new Reproduced.Difference("processor", "unknown", "this one")),
                outcome.environment().stream()
                        .sorted(java.util.Comparator.comparing(Reproduced.Difference::name))
                        .toList());
        assertNull(outcome.figures().get(0).margin());
    }
}
