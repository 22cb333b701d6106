package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glip.data.BatchShare;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.model.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step tells of itself, beside its loss. */
class StepFiguresTest {
    /** Of AdamW as {@link TinyStage} has it: after one step, the first moments are so much of the gradients. */
    private static final double FIRST_STEP = 1 - OptimizerConfig.paper().beta1();

    @TempDir
    Path folder;

    /** The gradients of the first step, by what the optimiser has kept of them. */
    private static double normByMoments(Path run) throws IOException {
        double squares = 0;
        Path checkpoint = Checkpoint.newest(run).orElseThrow().folder();
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint.resolve("optimizer.safetensors"))) {
            for (String name : file.shapes().keySet()) {
                if (name.startsWith("first_moment/")) {
                    for (float value : file.floats(name)) {
                        squares += (double) value * value;
                    }
                }
            }
        }
        return Math.sqrt(squares) / FIRST_STEP;
    }

    private double norm(Pretraining.Builder stage) throws IOException {
        List<StepReport> reports = new ArrayList<>();
        TinyStage.run(stage, reports::add);
        return reports.get(0).gradientNorm();
    }

    @Test
    void theGradientNormIsThatOfAllGradientsWhateverTheWayToThem() throws IOException {
        Path whole = folder.resolve("whole");
        double norm = norm(TinyStage.stage(whole, TinyStage.config(1, 0).build()));
        assertEquals(normByMoments(whole), norm, 1e-5 * norm);
        Path parts = folder.resolve("parts");
        double ofParts = norm(
                TinyStage.stage(parts, TinyStage.config(1, 0).optMicroBatch(2).build()));
        assertEquals(normByMoments(parts), ofParts, 1e-5 * norm);
        assertEquals(norm, ofParts, 1e-4 * norm);
    }

    @Test
    void ofSeveralRanksItIsThatOfTheSumAndSaidByAll() throws Exception {
        double alone = norm(TinyStage.stage(
                folder.resolve("alone"), TinyStage.config(1, 0).optMicroBatch(2).build()));
        SampleSource source = SampleSource.inMemory(TinyStage.samples());
        Map<Integer, Double> norms = new ConcurrentHashMap<>();
        ThreadRanks.run(
                2,
                ranks -> TinyStage.run(
                        TinyStage.stage(
                                        folder.resolve("ranks"),
                                        TinyStage.config(1, 0).build())
                                .optRanks(ranks),
                        source,
                        new BatchShare(ranks.rank(), 2),
                        report -> norms.put(ranks.rank(), report.gradientNorm())));
        assertEquals(alone, norms.get(0), 1e-5 * alone);
        assertEquals(norms.get(0), norms.get(1));
    }

    @Test
    void theNormOfAStepKeepsNothingOfTheOneBefore() {
        try (NDManager manager = Torch.newManager();
                Operators operators = Operators.compile(
                        manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR))) {
            GradientNorm norm = new GradientNorm(operators, manager);
            NDArray three = manager.create(new float[][] {{3, 0}, {0, 0}});
            NDArray four = manager.create(-4f);
            norm.add(List.of(three, four));
            norm.add(List.of(manager.create(new float[] {12})));
            assertEquals(13, read(norm, operators, manager), 1e-6);
            norm.add(List.of(four));
            assertEquals(4, read(norm, operators, manager), 1e-6);
        }
    }

    private static double read(GradientNorm norm, Operators operators, NDManager manager) {
        return GradientNorm.of(operators.together(norm.drain(), manager).toFloatArray());
    }

    /** Twelve pairs, two of which have no picture that decodes. */
    private static SampleSource someBad() throws IOException {
        List<ImageTextSample> samples = new ArrayList<>(TinyStage.samples());
        for (int bad : new int[] {1, 6}) {
            samples.set(bad, new ImageTextSample("bad" + bad, new byte[] {1}, "none", new JsonObject(), "memory"));
        }
        return SampleSource.inMemory(samples);
    }

    @Test
    void badSamplesAreCountedOverAllRanksAndOnAfterACheckpoint() throws Exception {
        SampleSource source = someBad();
        StageConfig first = TinyStage.config(4, 2).build();
        StageConfig more = TinyStage.config(7, 2).build();
        List<Long> alone = new ArrayList<>();
        TinyStage.run(TinyStage.stage(folder.resolve("alone"), more), source, report -> alone.add(report.badSamples()));
        assertEquals(List.of(1L, 2L, 2L, 3L, 4L, 4L, 5L), alone);

        List<Long> ranked = new ArrayList<>();
        for (StageConfig config : List.of(first, more)) {
            ThreadRanks.run(
                    2,
                    ranks -> TinyStage.run(
                            TinyStage.stage(folder.resolve("ranks"), config)
                                    .optResume(true)
                                    .optRanks(ranks),
                            source,
                            new BatchShare(ranks.rank(), 2),
                            report -> {
                                if (ranks.isFirst()) {
                                    ranked.add(report.badSamples());
                                }
                            }));
        }
        assertEquals(alone, ranked);
    }

    @Test
    void theLogTellsThem() throws IOException {
        List<StepReport> reports = new ArrayList<>();
        TinyStage.run(TinyStage.stage(folder, TinyStage.config(2, 0).build()), someBad(), reports::add);
        JsonObject line = JsonParser.parseString(
                        Files.readAllLines(folder.resolve("log.jsonl")).get(1))
                .getAsJsonObject();
        StepReport report = reports.get(1);
        assertEquals(report.gradientNorm(), line.get("gradient_norm").getAsDouble());
        assertEquals(report.logitScale(), line.get("logit_scale").getAsDouble());
        assertEquals(report.dataWait(), line.get("data_wait").getAsDouble());
        assertEquals(2, line.get("bad_samples").getAsLong());
        assertTrue(report.dataWait() >= 0 && report.dataWait() <= 1, () -> "waited " + report.dataWait());
    }
}
