package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.glip.data.scenes.Scenes;
import org.glip.data.scenes.ScenesConfig;
import org.glip.data.scenes.ScenesPreset;
import org.glip.data.scenes.ScenesProgress;
import org.glip.engine.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenesExperimentTest {
    @TempDir
    static Path folder;

    private static Scenes scenes;

    @BeforeAll
    static void compose() throws Exception {
        ScenesConfig config = ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(64);
        scenes = Scenes.openMini(folder, config, ScenesProgress.NONE);
    }

    private static ScenesExperiment experiment() {
        return new ScenesExperiment(scenes, ScenesPlan.of(64, Precision.FP32), "test");
    }

    private static Map<String, Double> figures(ScenesOutcome outcome) {
        Map<String, Double> figures = new LinkedHashMap<>(outcome.result().metrics());
        figures.keySet().removeIf(name -> name.contains("second"));
        return figures;
    }

    @Test
    void sameSeedGivesTheSameFiguresAndAnotherSeedOthers() throws Exception {
        Method glip = Method.glip(0.75, 0.2);
        List<String> stages = new ArrayList<>();
        ScenesOutcome first = experiment().run(glip, 3, (stage, report) -> stages.add(stage), folder.resolve("model"));
        ScenesOutcome again = experiment().run(glip, 3, (stage, report) -> {});
        ScenesOutcome other = experiment().run(glip, 4, (stage, report) -> {});
        assertEquals(figures(first), figures(again));
        assertNotEquals(
                first.result().metrics().get("training loss"),
                other.result().metrics().get("training loss"));
        assertEquals(17.0, first.result().metrics().get("image tokens"));
        assertTrue(stages.contains("pre-training") && stages.contains("tuning"), stages.toString());
        assertTrue(Files.exists(folder.resolve("model/model.safetensors")));
        assertEquals("3", first.result().provenance().configuration().get("seed"));
        assertEquals(first.readableKeys().size(), first.readable().count());
    }

    @Test
    void unmaskedMethodHasNoMaskedFigures() throws Exception {
        Map<String, Double> figures = figures(experiment().run(Method.clip(), 0, (stage, report) -> {}));
        assertTrue(figures.containsKey("unmasked top-1") && figures.containsKey("tuned top-1"));
        assertTrue(figures.keySet().stream().noneMatch(name -> name.startsWith("masked")), figures.toString());
        assertEquals(65.0, figures.get("image tokens"));
    }

    @Test
    void interruptEndsTheRun() {
        assertThrows(
                CancellationException.class,
                () -> experiment()
                        .run(
                                Method.clip(),
                                0,
                                (stage, report) -> Thread.currentThread().interrupt()));
        assertTrue(Thread.interrupted(), "the flag stays set for the caller");
    }
}
