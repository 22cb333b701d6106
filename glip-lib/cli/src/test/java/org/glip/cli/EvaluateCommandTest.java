package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glip.mask.Mask;
import org.glip.model.ModelFolder;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path shard;
    private Path out;

    @BeforeEach
    void makeModelAndData() throws IOException {
        model = TinyModel.write(folder);
        out = folder.resolve("result.json");
        shard = TinyData.shard(folder.resolve("test.tar"), 9);
    }

    private CommandRun evaluate(String task, String... more) {
        return glip(with(
                List.of(
                        "evaluate",
                        "--model",
                        model.toString(),
                        "--data",
                        shard.toString(),
                        "--out",
                        out.toString(),
                        "--batch",
                        "4",
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

    @Test
    void classifiesByTheLabelsOfTheData() throws IOException {
        CommandRun run = evaluate("zero-shot");
        JsonObject result = result(run);
        JsonObject metrics = result.getAsJsonObject("metrics");

        assertEquals(
                Set.of(
                        "top-1",
                        "top-1 low",
                        "top-1 high",
                        "top-5",
                        "mean per-class recall",
                        "mean per-class recall low",
                        "mean per-class recall high"),
                metrics.keySet());
        double top1 = metrics.get("top-1").getAsDouble();
        assertTrue(metrics.get("top-1 low").getAsDouble() <= top1, metrics.toString());
        assertTrue(metrics.get("top-1 high").getAsDouble() >= top1, metrics.toString());
        assertEquals(1, metrics.get("top-5").getAsDouble(), "of three classes");
        assertEquals(metrics, JsonParser.parseString(run.out()));
        JsonObject provenance = result.getAsJsonObject("provenance");
        assertTrue(provenance.get("command").getAsString().startsWith("glip evaluate --model"));
        assertTrue(provenance.get("data").getAsString().contains("test.tar"));
    }

    @Test
    void showsHowFarEachPartIs() throws IOException {
        CommandRun classified = evaluate("zero-shot");
        result(classified);
        assertTrue(classified.err().contains("pictures"), classified.err());
        assertTrue(classified.err().contains("3/3") && classified.err().contains("prompts"), classified.err());
        CommandRun retrieved = evaluate("retrieval");
        result(retrieved);
        assertTrue(retrieved.err().contains("captions"), retrieved.err());
    }

    @Test
    void classNumbersFollowTheFileOfClasses() throws IOException {
        Path classes = Files.write(folder.resolve("classes.txt"), TinyData.COLOURS);
        Path templates = Files.writeString(folder.resolve("templates.txt"), "a {} picture\n{}.\n");
        double byName = result(evaluate("zero-shot", "--templates", templates.toString()))
                .getAsJsonObject("metrics")
                .get("top-1")
                .getAsDouble();
        double byNumber = result(evaluate(
                        "zero-shot",
                        "--templates",
                        templates.toString(),
                        "--classes",
                        classes.toString(),
                        "--label-field",
                        "number"))
                .getAsJsonObject("metrics")
                .get("top-1")
                .getAsDouble();

        assertEquals(byName, byNumber);
    }

    @Test
    void tellsHowEachClassFared() throws IOException {
        Path table = folder.resolve("classes.csv");
        JsonObject metrics =
                result(evaluate("zero-shot", "--per-class", table.toString())).getAsJsonObject("metrics");
        List<String> lines = Files.readAllLines(table);
        assertEquals("class,pictures,right,recall", lines.get(0));
        assertEquals(TinyData.COLOURS.size() + 1, lines.size());
        int right = 0;
        for (int i = 0; i < TinyData.COLOURS.size(); i++) {
            String[] cells = lines.get(i + 1).split(",");
            assertEquals(TinyData.COLOURS.get(i), cells[0]);
            assertEquals("3", cells[1]);
            right += Integer.parseInt(cells[2]);
        }
        assertEquals(metrics.get("top-1").getAsDouble(), right / 9.0, 1e-12);
        Files.delete(out);
        refuses(List.of("--per-class", "no classes"), "retrieval", "--per-class", table.toString());
    }

    @Test
    void findsCaptionsAndPictures() throws IOException {
        JsonObject metrics = result(evaluate("retrieval")).getAsJsonObject("metrics");

        assertEquals(6, metrics.size());
        assertEquals(1, metrics.get("text-to-image recall@10").getAsDouble(), "of nine pictures");
        assertEquals(1, metrics.get("image-to-text recall@10").getAsDouble(), "of nine captions");
    }

    @Test
    void aNamedSetBringsItsClassesAndPrompts() throws IOException {
        shard = folder.resolve("imagenet-a");
        SetFiles.picture(shard.resolve("n01498041/a.jpg"), 1);
        SetFiles.picture(shard.resolve("n01534433/b.jpg"), 2);
        JsonObject result = result(evaluate("zero-shot", "--set", "imagenet-a"));
        JsonObject configuration = result.getAsJsonObject("provenance").getAsJsonObject("configuration");

        assertEquals("those of imagenet-a", configuration.get("classes").getAsString());
        assertTrue(configuration.get("templates").getAsString().contains("a bad photo of a {}."));
        assertEquals("2", configuration.get("pictures").getAsString());

        CommandRun retrieval = evaluate("retrieval", "--set", "imagenet-a");
        assertEquals(2, retrieval.code());
        assertTrue(retrieval.err().contains("has classes and no captions"), retrieval.err());
        CommandRun unknown = evaluate("zero-shot", "--set", "imagenet-b");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("'imagenet-b'; known are"), unknown.err());
        CommandRun twice = evaluate("zero-shot", "--set", "imagenet-a", "--classes", "names.txt");
        assertEquals(2, twice.code());
        assertTrue(twice.err().contains("leave out --classes"), twice.err());
    }

    @Test
    void aNamedSetOfCaptionsIsRetrieved() throws IOException {
        shard = folder.resolve("flickr30k");
        SetFiles.flickr(shard);
        JsonObject metrics = result(evaluate("retrieval", "--set", "flickr30k")).getAsJsonObject("metrics");
        assertEquals(1, metrics.get("image-to-text recall@5").getAsDouble(), "of five captions");
    }

    private static String label(JsonObject result, String name) {
        return result.getAsJsonObject("labels").get(name).getAsString();
    }

    @Test
    void masksOnlyWhenAskedTo() throws IOException {
        assertEquals("none", label(result(evaluate("zero-shot")), "inference"));
        JsonObject masked = result(evaluate("zero-shot", "--masked", "--mask", "random", "--ratio", "0.5"));
        assertEquals("random 50%", label(masked, "inference"));
    }

    @Test
    void tellsHowTheModelWasTrained() throws IOException {
        CommandRun foreign = evaluate("retrieval");
        assertEquals("CLIP", result(foreign).get("method").getAsString());
        assertTrue(foreign.err().contains("does not tell how it was trained"), foreign.err());

        model = train("pretrain", "--model", folder.resolve("least.json").toString(), "--ratio", "0.5", "--seed", "7");
        RunResult pretrained = resultFile();
        assertEquals("GLIP", pretrained.settings().method());
        assertEquals(Mask.gaussian(0.5, 0.2), pretrained.settings().mask());
        assertEquals(7, pretrained.settings().seed());
        assertEquals("no", pretrained.settings().labels().get("tuned"));

        model = train("tune", "--init", model.toString());
        assertEquals(Mask.gaussian(0.5, 0.2), resultFile().settings().mask());
        assertEquals("yes", resultFile().settings().labels().get("tuned"));
    }

    private RunResult resultFile() throws IOException {
        result(evaluate("retrieval"));
        return ResultFile.read(out);
    }

    private Path train(String stage, String... more) {
        Path run = folder.resolve(stage);
        CommandRun trained = glip(with(
                List.of(
                        stage,
                        "--data",
                        shard.toString(),
                        "--out",
                        run.toString(),
                        "--batch",
                        "3",
                        "--steps",
                        "1",
                        "--route",
                        "linear",
                        "--workers",
                        "1"),
                more));
        assertEquals(0, trained.code(), trained.err());
        return run;
    }

    /** Expects exit code 2, a message that tells all of this, and no result. */
    private void refuses(List<String> told, String task, String... more) {
        CommandRun run = evaluate(task, more);

        assertEquals(2, run.code(), run.err());
        told.forEach(part -> assertTrue(run.err().contains(part), part + " is not in: " + run.err()));
        assertFalse(Files.exists(out));
    }

    @Test
    void refusesATestSetOfOneClass() throws IOException {
        shard = TinyData.shard(folder.resolve("one.tar"), 1);
        Path classes = Files.writeString(folder.resolve("three.txt"), "blue\ngreen\nred\n");
        refuses(List.of("\"blue\"", "at least two classes"), "zero-shot", "--classes", classes.toString());
    }

    @Test
    void refusesWhatIsNoTask() {
        refuses(List.of("captioning", "zero-shot", "fine-tune"), "captioning");
    }

    @Test
    void refusesAMaskThatWouldHaveNoEffect() {
        refuses(List.of("--ratio", "--masked"), "zero-shot", "--ratio", "0.5");
    }

    @Test
    void averagesTheFeaturesOfSeveralDraws() throws IOException {
        JsonObject result =
                result(evaluate("retrieval", "--masked", "--mask", "random", "--ratio", "0.5", "--draws", "3"));
        assertEquals("random 50%, mean of 3 draws", label(result, "inference"));
    }

    @Test
    void refusesDrawsOfNoMask() {
        refuses(List.of("--draws", "--masked"), "retrieval", "--draws", "3");
    }

    @Test
    void refusesARatioOutOfRange() {
        refuses(List.of("[0, 1)"), "zero-shot", "--masked", "--ratio", "1");
    }

    @Test
    void namesThePictureWithoutALabel() {
        refuses(List.of("s0", "'kind'"), "zero-shot", "--label-field", "kind");
        refuses(List.of("s0", "'number'", "class name"), "zero-shot", "--label-field", "number");
    }

    @Test
    void namesThePictureOfAnUnknownClass() throws IOException {
        Path classes = Files.writeString(folder.resolve("classes.txt"), "blue\ngreen\n");
        refuses(List.of("s2", "red"), "zero-shot", "--classes", classes.toString());
    }

    @Test
    void namesTemplatesWithoutPlaceAndEmptyLines() throws IOException {
        Path flat = Files.writeString(folder.resolve("flat.txt"), "a photo\n");
        refuses(List.of("a photo"), "zero-shot", "--templates", flat.toString());
        Path gap = Files.writeString(folder.resolve("gap.txt"), "blue\n\ngreen\n");
        refuses(List.of("gap.txt line 2 is empty"), "zero-shot", "--classes", gap.toString());
    }

    @Test
    void namesAFolderWithoutModel() {
        model = folder.resolve("nowhere");
        refuses(List.of("nowhere"), "retrieval");
    }

    private static String asked(JsonObject result) {
        JsonObject configuration = result.getAsJsonObject("provenance").getAsJsonObject("configuration");
        return configuration.get("templates from").getAsString() + " "
                + configuration.get("templates").getAsString();
    }

    private void record(String... templates) throws IOException {
        Files.writeString(
                model.resolve(ModelFolder.PROMPTS), new Gson().toJson(Map.of("templates", List.of(templates))));
    }

    @Test
    void asksByTheModelsPromptsUnlessToldOtherwiseAndSaysSo() throws IOException {
        CommandRun foreign = evaluate("zero-shot");
        assertEquals("default [\"a photo of a {}.\"]", asked(result(foreign)));
        assertTrue(foreign.err().contains("records no prompts"), foreign.err());
        record("{}", "a {}");
        CommandRun own = evaluate("zero-shot");
        assertEquals("model [\"{}\",\"a {}\"]", asked(result(own)));
        assertFalse(own.err().contains("records no prompts"), own.err());
        assertEquals(
                "given [\"the {}\",\"{}\"]",
                asked(result(evaluate("zero-shot", "--prompt", "the {}", "--prompt", "{}"))));
        Path templates = Files.writeString(folder.resolve("templates.txt"), "one {}\n");
        assertEquals("given [\"one {}\"]", asked(result(evaluate("zero-shot", "--templates", templates.toString()))));
    }

    @Test
    void aNamedSetAsksByTheModelsPromptsUnlessItsOwnAreWanted() throws IOException {
        shard = folder.resolve("imagenet-a");
        SetFiles.picture(shard.resolve("n01498041/a.jpg"), 1);
        SetFiles.picture(shard.resolve("n01534433/b.jpg"), 2);
        assertTrue(asked(result(evaluate("zero-shot", "--set", "imagenet-a"))).startsWith("set [\"a bad photo"));
        record("{}");
        assertEquals("model [\"{}\"]", asked(result(evaluate("zero-shot", "--set", "imagenet-a"))));
        JsonObject ofSet = result(evaluate("zero-shot", "--set", "imagenet-a", "--set-templates"));
        assertTrue(asked(ofSet).startsWith("set [\"a bad photo"), asked(ofSet));
    }

    @Test
    void refusesPromptsThatAreNoneOrTwoAnswersToOneQuestion() throws IOException {
        Path flat = Files.writeString(folder.resolve("flat.txt"), "{}\na photo\n");
        refuses(List.of("flat.txt line 2", "needs {}"), "zero-shot", "--templates", flat.toString());
        refuses(List.of("exclusive"), "zero-shot", "--templates", flat.toString(), "--prompt", "{}");
        refuses(List.of("\"{}\" is given twice"), "zero-shot", "--prompt", "{}", "--prompt", "{}");
        refuses(List.of("\"a photo\" needs {}"), "zero-shot", "--prompt", "a photo");
        refuses(List.of("--set-templates", "name one"), "zero-shot", "--set-templates");
        record("a photo");
        refuses(List.of("prompt_templates.json", "needs {}"), "zero-shot");
    }

    @Test
    void pretrainRecordsPromptsAndTuneKeepsThem() throws IOException {
        model = train("pretrain", "--model", folder.resolve("least.json").toString(), "--prompt", "{}");
        assertEquals("model [\"{}\"]", asked(result(evaluate("zero-shot"))));
        model = train("tune", "--init", model.toString());
        assertEquals("model [\"{}\"]", asked(result(evaluate("zero-shot"))));
    }
}
