package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.Clip;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.model.weights.SafetensorsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that takes a model prepares pictures as its open_clip_config.json says. */
class ForeignPreprocessingCommandTest {
    private static final String HALF = "mean=[0.5, 0.5, 0.5], std=[0.5, 0.5, 0.5]";
    private static final List<String> QUIET = List.of("--route", "linear", "--workers", "1");

    @TempDir
    Path folder;

    private Path model;
    private ClipConfig config;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.write(folder);
        Path file = model.resolve(ModelFolder.CONFIG);
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        json.add(
                "preprocess_cfg",
                JsonParser.parseString("{\"mean\": [0.5, 0.5, 0.5], \"std\": [0.5, 0.5, 0.5],"
                        + " \"interpolation\": \"bilinear\", \"resize_mode\": \"squash\"}"));
        Files.writeString(file, json.toString());
        config = ModelFolder.config(model);
    }

    private static CommandRun done(CommandRun run) {
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private float[] embed(String... more) throws IOException {
        Path out = folder.resolve("features.safetensors");
        Files.write(folder.resolve("wide.jpg"), TinyData.picture(Color.ORANGE, 2));
        Path list = Files.writeString(folder.resolve("list.txt"), "wide.jpg\n");
        done(glip(with(
                List.of("embed", "--images", list.toString(), "--out", out.toString(), "--route", "linear"), more)));
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            return file.floats("image");
        }
    }

    @Test
    void embedDoesAsTheFrontDoorWithOrWithoutAConfigurationOfItsOwn() throws IOException {
        float[] features = embed("--model", model.toString());
        try (Clip clip = Clip.open(model)) {
            assertArrayEquals(clip.embed(folder.resolve("wide.jpg")), features, 1e-6f);
        }
        Path weights = model.resolve(ModelFolder.WEIGHTS);
        String alone = folder.resolve("least.json").toString();
        assertArrayEquals(features, embed("--model", weights.toString(), "--config", alone));
    }

    private JsonObject evaluate(String... more) throws IOException {
        Path out = folder.resolve("result.json");
        Path test = TinyData.shard(folder.resolve("test.tar"), 9);
        done(glip(with(
                List.of("evaluate", "--model", model.toString(), "--data", test.toString(), "--out", out.toString()),
                with(QUIET, more))));
        return JsonParser.parseString(Files.readString(out))
                .getAsJsonObject()
                .getAsJsonObject("provenance")
                .getAsJsonObject("configuration");
    }

    private static void requireSquashed(JsonObject settings, String name) {
        String transform = settings.get(name).getAsString();
        assertTrue(transform.startsWith("both sides to 16 (bilinear") && transform.contains(HALF), transform);
    }

    @ParameterizedTest
    @CsvSource({"zero-shot", "retrieval", "linear-probe", "fine-tune"})
    void evaluateLooksAsTheModelWasTrainedTo(String task) throws IOException {
        String[] more = {"--task", task};
        if (!task.equals("retrieval")) {
            Path classes = Files.write(folder.resolve("classes.txt"), TinyData.COLOURS);
            more = with(List.of(more), "--classes", classes.toString());
        }
        boolean learns = task.equals("linear-probe") || task.equals("fine-tune");
        if (learns) {
            Path training = TinyData.shard(folder.resolve("train.tar"), 36);
            more = with(List.of(more), "--train-data", training.toString());
        }
        JsonObject settings = evaluate(more);

        requireSquashed(settings, "preprocessing");
        if (task.equals("fine-tune")) {
            assertTrue(settings.get("augmentation").getAsString().contains(HALF), settings.toString());
        }
    }

    private JsonObject train(Path out, String... more) throws IOException {
        Path shard = TinyData.shard(folder.resolve("pairs.tar"), 8);
        done(glip(with(
                List.of(more),
                with(QUIET, "--data", shard.toString(), "--batch", "4", "--steps", "1", "--out", out.toString()))));
        assertEquals(config, ModelFolder.config(out), "of the model");
        Path checkpoint = out.resolve("checkpoints/step-00000001");
        assertEquals(config, ModelFolder.config(checkpoint), "of the checkpoint");
        return JsonParser.parseString(Files.readString(checkpoint.resolve("state.json")))
                .getAsJsonObject()
                .getAsJsonObject("provenance")
                .getAsJsonObject("configuration");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tuningGoesOnAsTheWeightsWereTrainedAndSavesIt(boolean withModel) throws IOException {
        String[] command = {"tune", "--init", model.toString()};
        if (withModel) {
            command = with(
                    List.of(command), "--model", folder.resolve("least.json").toString());
        }
        JsonObject cropped = train(folder.resolve("cropped"), command);
        assertTrue(cropped.get("transform").getAsString().contains(HALF), cropped.toString());
        JsonObject whole = train(folder.resolve("whole"), with(List.of(command), "--augment", "none"));
        requireSquashed(whole, "transform");
    }

    @Test
    void preTrainingFromSuchWeightsToo() throws IOException {
        JsonObject settings = train(
                folder.resolve("run"),
                "pretrain",
                "--init",
                model.toString(),
                "--model",
                folder.resolve("least.json").toString(),
                "--ratio",
                "0.5",
                "--warmup",
                "1",
                "--augment",
                "none");
        requireSquashed(settings, "transform");
    }

    @Test
    void exportKeepsIt() throws IOException {
        Path shard = TinyData.shard(folder.resolve("pairs.tar"), 4);
        Path out = folder.resolve("small");
        done(glip("export", "--model", model.toString(), "--data", shard.toString(), "--out", out.toString()));
        assertEquals(config, ModelFolder.config(out));
    }

    @Test
    void whatIsNotDoneIsRefusedByNameInOneLine() throws IOException {
        Path file = model.resolve(ModelFolder.CONFIG);
        Files.writeString(file, Files.readString(file).replace("squash", "crumple"));
        CommandRun run = glip("classify", "--model", model.toString(), "--labels", "a,b", "x.jpg");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("preprocess_cfg.resize_mode"), run.err());
        assertTrue(run.err().contains("[longest, shortest, squash]"), run.err());
    }
}
