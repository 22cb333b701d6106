package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.engine.Precision;
import org.glip.experiment.Benchmark;
import org.glip.experiment.Comparison;
import org.glip.experiment.Method;
import org.glip.experiment.Plan;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
    @TempDir
    static Path shared;

    private static Path file;

    @BeforeAll
    static void trainOnce() throws IOException {
        Scenes scenes =
                Scenes.openMini(shared, ScenesConfig.of(ScenesPreset.CENTRED).withTrainSamples(32));
        Comparison runs = new Comparison(
                Benchmark.of(scenes),
                Plan.ofSamples(16, Precision.FP32),
                shared.resolve("results"),
                shared.resolve("models"),
                "test");
        runs.result(Method.flip(0.75), 0, (stage, report) -> {});
        file = shared.resolve("results").resolve(runs.id(Method.flip(0.75), 0) + ".json");
    }

    private static CommandRun reproduce(Path result, String... more) {
        return glip(CommandRun.with(
                java.util.List.of("reproduce", result.toString(), "--data", shared.toString(), "--despite-changes"),
                more));
    }

    @Test
    void tellsThatAllIsEqualForPeopleAndForPrograms() {
        CommandRun run = reproduce(file);
        assertEquals(0, run.code(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertTrue(json.get("reproduced").getAsBoolean());
        JsonObject verdicts = json.getAsJsonObject("verdicts");
        assertEquals(
                json.getAsJsonArray("figures").size(), verdicts.get("equal").getAsInt());
        assertEquals(0, verdicts.get("within_noise").getAsInt());
        for (JsonElement cost : json.getAsJsonArray("costs")) {
            assertFalse(cost.getAsJsonObject().has("verdict"));
        }
        assertEquals(0, json.getAsJsonArray("environment").size());
        assertTrue(run.err().contains("reproduced: "), run.err());
        assertTrue(run.err().contains("tuned top-1"), run.err());
        for (String stage : List.of("pre-training", "prompts", "unmasked", "unseen style")) {
            assertTrue(run.err().lines().anyMatch(line -> line.startsWith(stage)), stage + " is not in: " + run.err());
        }
    }

    @Test
    void aFigureThatIsDifferentEndsWithOne() throws IOException {
        RunResult result = ResultFile.read(file);
        Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
        metrics.put("tuned top-1", 0.97);
        Path changed = Files.createDirectories(shared.resolve("changed")).resolve("run.json");
        ResultFile.write(changed, new RunResult(result.settings(), metrics, result.hits(), result.provenance()));
        CommandRun run = reproduce(changed);
        assertEquals(1, run.code(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertFalse(json.get("reproduced").getAsBoolean());
        assertEquals(1, json.getAsJsonObject("verdicts").get("different").getAsInt());
        assertTrue(run.err().contains("not reproduced: "), run.err());
        assertTrue(run.err().contains("different, margin "), run.err());
    }

    @Test
    void wrongInputIsNamed() throws IOException {
        CommandRun absent = reproduce(shared.resolve("absent.json"));
        assertEquals(2, absent.code());
        assertTrue(absent.err().contains("absent.json: there is no such file"), absent.err());
        Path cost = Path.of("../../notebooks/results/04-efficiency/cost/cost-ViT-B-16-bf16-batch4-kept49.json");
        CommandRun measured = reproduce(cost);
        assertEquals(2, measured.code());
        assertTrue(measured.err().contains("step ms"), measured.err());
        Path packages = Path.of("../../notebooks/results/01-pretraining/centred-FLIP-75-samples120000-seed0.json");
        CommandRun missing = reproduce(packages, "--precision", "fp32");
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("fetch-scenes.sh"), missing.err());
        assertEquals("", missing.out());
    }
}
