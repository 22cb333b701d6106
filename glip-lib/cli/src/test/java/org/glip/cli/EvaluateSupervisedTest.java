package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks of {@code glip evaluate} that learn from labelled pictures. */
class EvaluateSupervisedTest {
    @TempDir
    Path folder;

    private Path model;
    private Path training;
    private Path test;
    private Path classes;
    private Path out;

    @BeforeEach
    void makeModelAndData() throws IOException {
        model = folder.resolve("model");
        out = folder.resolve("result.json");
        training = TinyData.shard(folder.resolve("train.tar"), 36);
        test = TinyData.shard(folder.resolve("test.tar"), 9);
        classes = Files.write(folder.resolve("classes.txt"), TinyData.COLOURS);
        try (NDManager manager = Torch.newManager();
                ClipModel clip = ClipModel.create(ClipConfig.read(TinyData.model(folder)), 3, manager)) {
            ModelFolder.write(model, clip, Map.of());
        }
    }

    private CommandRun evaluate(String task, String... more) {
        return glip(with(
                List.of(
                        "evaluate",
                        "--model",
                        model.toString(),
                        "--data",
                        test.toString(),
                        "--out",
                        out.toString(),
                        "--workers",
                        "1",
                        "--route",
                        "linear",
                        "--task",
                        task),
                more));
    }

    private JsonObject result(CommandRun run) throws IOException {
        assertEquals(0, run.code(), run.err());
        return JsonParser.parseString(Files.readString(out)).getAsJsonObject();
    }

    private static double top1(JsonObject result) {
        return result.getAsJsonObject("metrics").get("top-1").getAsDouble();
    }

    private static String setting(JsonObject result, String name) {
        JsonObject configuration = result.getAsJsonObject("provenance").getAsJsonObject("configuration");
        assertTrue(configuration.has(name), name + " is not in " + configuration);
        return configuration.get(name).getAsString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lbfgs", "adamw"})
    void linearProbeTellsColoursApart(String solver) throws IOException {
        JsonObject result = result(evaluate("linear-probe", "--train-data", training.toString(), "--solver", solver));

        assertEquals(1, top1(result), "plain colours are told apart by any features");
        assertEquals(
                1, result.getAsJsonObject("metrics").get("validation top-1").getAsDouble());
        assertEquals("36", setting(result, "training pictures"));
        assertEquals("9", setting(result, "pictures"));
        assertTrue(Double.parseDouble(setting(result, solver.equals("lbfgs") ? "C" : "weight decay")) > 0);
        String data = result.getAsJsonObject("provenance").get("data").getAsString();
        assertTrue(data.contains("train.tar") && data.contains("test.tar"), data);
    }

    @Test
    void fixedRegularisationIsUsed() throws IOException {
        JsonObject result =
                result(evaluate("linear-probe", "--train-data", training.toString(), "--regularization", "3"));

        assertEquals("3.0", setting(result, "C"));
        assertFalse(result.getAsJsonObject("metrics").has("validation top-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "text"})
    void fineTuningLearnsTheColours(String head) throws IOException {
        JsonObject result = result(evaluate(
                "fine-tune",
                "--train-data",
                training.toString(),
                "--classes",
                classes.toString(),
                "--head",
                head,
                "--epochs",
                "20",
                "--train-batch",
                "12",
                "--lr",
                "3e-3",
                "--layer-decay",
                "0.75"));

        assertEquals(1, top1(result), "plain colours are learned in 60 steps");
        assertTrue(setting(result, "fine-tuning").contains("\"steps\":60"), setting(result, "fine-tuning"));
        assertEquals(head, setting(result, "head"));
    }

    /** Expects exit code 2, a message that tells all of this, and no result. */
    private void refuses(List<String> told, String task, String... more) {
        CommandRun run = evaluate(task, more);

        assertEquals(2, run.code(), run.err());
        told.forEach(part -> assertTrue(run.err().contains(part), part + " is not in: " + run.err()));
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear-probe", "fine-tune"})
    void refusesToLearnFromNothing(String task) {
        refuses(List.of(task, "--train-data"), task, "--classes", classes.toString());
    }

    @Test
    void refusesOptionsThatWouldHaveNoEffect() {
        String data = training.toString();
        refuses(List.of("--train-data", "no effect"), "zero-shot", "--train-data", data);
        refuses(List.of("--epochs", "lbfgs"), "linear-probe", "--train-data", data, "--epochs", "3");
        refuses(List.of("--solver", "fine-tune"), "fine-tune", "--train-data", data, "--solver", "adamw");
        refuses(List.of("--masked"), "fine-tune", "--train-data", data, "--masked");
    }

    @Test
    void namesTheClassWithTooFewPictures() throws IOException {
        training = TinyData.shard(folder.resolve("few.tar"), 8);
        refuses(List.of("\"blue\"", "validation"), "linear-probe", "--train-data", training.toString());
    }

    @Test
    void namesThePictureOfAnUnknownClass() throws IOException {
        Path two = Files.writeString(folder.resolve("two.txt"), "blue\ngreen\n");
        String[] options = {"--train-data", training.toString(), "--classes", two.toString()};
        refuses(List.of("s2", "red", "train.tar"), "linear-probe", options);
        refuses(List.of("red"), "fine-tune", options);
    }

    @Test
    void refusesATestSetOfOneClass() throws IOException {
        test = TinyData.shard(folder.resolve("one.tar"), 1);
        refuses(List.of("one.tar", "\"blue\"", "two classes"), "linear-probe", "--train-data", training.toString());
        refuses(
                List.of("\"blue\"", "two classes"),
                "fine-tune",
                "--train-data",
                training.toString(),
                "--classes",
                classes.toString(),
                "--epochs",
                "1");
    }

    @Test
    void fineTuningNeedsTheNamesOfTheClasses() {
        refuses(List.of("--classes"), "fine-tune", "--train-data", training.toString());
    }

    @Test
    void refusesUnknownSolversAndHeads() {
        String data = training.toString();
        refuses(List.of("sgd", "lbfgs"), "linear-probe", "--train-data", data, "--solver", "sgd");
        refuses(
                List.of("random", "text"),
                "fine-tune",
                "--train-data",
                data,
                "--classes",
                classes.toString(),
                "--head",
                "random");
    }
}
