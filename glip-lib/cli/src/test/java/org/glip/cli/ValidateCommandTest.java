package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glip.data.ImageTextSample;
import org.glip.data.WebDatasetWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that is watched: by labelled pictures, and by TensorBoard. */
class ValidateCommandTest {
    /** It begins like one. */
    private static final byte[] NO_JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 0, 0};

    @TempDir
    Path folder;

    private Path out;
    private Path validation;
    private List<String> command;

    @BeforeEach
    void makeData() throws IOException {
        out = folder.resolve("run");
        validation = TinyData.shard(folder.resolve("validation.tar"), 9);
        command = List.of(
                "pretrain",
                "--data",
                TinyData.shard(folder.resolve("pairs.tar"), 12).toString(),
                "--model",
                TinyData.model(folder).toString(),
                "--batch",
                "4",
                "--threads",
                "1",
                "--workers",
                "1",
                "--warmup",
                "2",
                "--route",
                "linear");
    }

    private CommandRun pretrain(Path run, String... more) {
        return glip(with(List.of(with(command, "--out", run.toString())), more));
    }

    private CommandRun validated(String... more) {
        return pretrain(out, with(List.of("--validate", validation.toString()), more));
    }

    /** The steps after which the log tells of a validation. */
    private static List<Integer> looks(Path run) {
        List<String> lines = CommandRunLog.of(run);
        return IntStream.rangeClosed(1, lines.size())
                .filter(step -> lines.get(step - 1).contains("\"validation\""))
                .boxed()
                .toList();
    }

    private static void assertRefused(CommandRun run, String words) {
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(words), run.err());
    }

    private void assertRefusedBeforeTheStart(CommandRun run, String words) {
        assertRefused(run, words);
        assertFalse(Files.exists(out), "nothing is written");
    }

    @Test
    void namesPicturesNowAndThenAndChangesNoBitOfTheTraining() throws IOException {
        Path plain = folder.resolve("plain");
        assertEquals(0, pretrain(plain, "--steps", "5").code());
        CommandRun run = validated("--steps", "5", "--validate-every", "2", "--tensorboard");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("every 2 steps the model names 9 pictures of 3 classes"), run.err());
        assertEquals(List.of(2, 4, 5), looks(out));
        JsonObject found = JsonParser.parseString(CommandRunLog.of(out).get(4))
                .getAsJsonObject()
                .getAsJsonObject("validation")
                .getAsJsonObject("figures");
        assertTrue(found.get("top-1").getAsDouble() <= 1, found::toString);
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            String path = "checkpoints/step-00000005/" + file;
            assertArrayEquals(Files.readAllBytes(plain.resolve(path)), Files.readAllBytes(out.resolve(path)), file);
        }
        assertTrue(run.err().contains("top-1 "), run.err());
    }

    @Test
    void itsFigureIsThatOfEvaluate() throws IOException {
        assertEquals(0, validated("--steps", "3", "--prompt", "a {} picture").code());
        Path result = folder.resolve("result.json");
        CommandRun evaluated = glip(
                "evaluate",
                "--model",
                out.toString(),
                "--data",
                validation.toString(),
                "--task",
                "zero-shot",
                "--out",
                result.toString());
        assertEquals(0, evaluated.code(), evaluated.err());
        double expected = JsonParser.parseString(evaluated.out())
                .getAsJsonObject()
                .get("top-1")
                .getAsDouble();
        double found = JsonParser.parseString(CommandRunLog.of(out).get(2))
                .getAsJsonObject()
                .getAsJsonObject("validation")
                .getAsJsonObject("figures")
                .get("top-1")
                .getAsDouble();
        assertEquals(expected, found);
    }

    @Test
    void aRunGoesOnWithItAndAsksByThePromptsThatItRecords() throws IOException {
        assertEquals(0, validated("--steps", "4", "--prompt", "a {} picture").code());
        assertEquals(List.of(4), looks(out));
        CommandRun more = validated("--steps", "4", "--resume", "--validate-every", "2");
        assertEquals(0, more.code(), more.err());
        assertTrue(more.err().contains("asked [a {} picture]"), more.err());

        Path tuned = folder.resolve("tuned");
        CommandRun tune = glip(
                "tune",
                "--init",
                out.toString(),
                "--data",
                folder.resolve("pairs.tar").toString(),
                "--out",
                tuned.toString(),
                "--batch",
                "4",
                "--steps",
                "2",
                "--validate",
                validation.toString(),
                "--validate-every",
                "1");
        assertEquals(0, tune.code(), tune.err());
        assertTrue(tune.err().contains("asked [a {} picture]"), tune.err());
        assertEquals(List.of(1, 2), looks(tuned));
    }

    @Test
    void numbersAreNamedByAFileOfClasses() throws IOException {
        Path classes = Files.writeString(folder.resolve("classes.txt"), "sky\ngrass\nblood\n");
        CommandRun run =
                validated("--steps", "1", "--validate-classes", classes.toString(), "--validate-label-field", "number");
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of(1), looks(out));
    }

    @Test
    void takesASetOfTheField() throws IOException {
        Path set = folder.resolve("set");
        SetFiles.picture(set.resolve("n01498041/a.jpg"), 1);
        SetFiles.picture(set.resolve("n01534433/b.jpg"), 2);
        String[] options = {"--steps", "1", "--validate", set.toString(), "--validate-set"};
        assertRefusedBeforeTheStart(pretrain(out, with(List.of(options), "no-such-set")), "no-such-set");
        assertRefusedBeforeTheStart(pretrain(out, with(List.of(options), "flickr30k")), "flickr30k");

        CommandRun run = pretrain(out, with(List.of(options), "imagenet-a"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("2 pictures of 200 classes, asked [a bad photo of a {}."), run.err());
        assertEquals(List.of(1), looks(out));
    }

    @Test
    void picturesWithSeveralClassesOrCaptionsAreNoSuchSet() throws IOException {
        Path set = folder.resolve("set");
        SetFiles.flickr(set);
        assertRefusedBeforeTheStart(
                pretrain(out, "--steps", "1", "--validate", set.toString(), "--validate-set", "flickr30k"),
                "the pictures of flickr30k do not have one class each");
    }

    @Test
    void aPictureThatDoesNotDecodeIsToldOnceAndNotAtEachLook() throws IOException {
        Path some = folder.resolve("some.tar");
        try (WebDatasetWriter writer = new WebDatasetWriter(some)) {
            for (int i = 0; i < 4; i++) {
                JsonObject metadata = new JsonObject();
                metadata.addProperty("label", TinyData.COLOURS.get(i % 2));
                byte[] picture = i == 2 ? NO_JPEG : TinyData.picture(Color.GREEN, i);
                writer.write(new ImageTextSample("s" + i, picture, "any", metadata, "s" + i));
            }
            writer.commit();
        }
        PrintStream before = System.err; // where the log goes
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        CommandRun run;
        try {
            run = pretrain(out, "--steps", "3", "--validate", some.toString(), "--validate-every", "1");
        } finally {
            System.setErr(before);
        }
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of(1, 2, 3), looks(out));
        String told = log.toString(StandardCharsets.UTF_8);
        assertEquals(2, told.split("s2.*does not decode", -1).length, told);
    }

    @Test
    void whatIsWrongWithThePicturesIsToldBeforeTheTrainingBegins() throws IOException {
        String[] step = {"--steps", "1"};
        Path missing = folder.resolve("missing.tar");
        assertRefusedBeforeTheStart(
                pretrain(out, with(List.of(step), "--validate", missing.toString())), "missing.tar");
        assertRefusedBeforeTheStart(
                validated(with(List.of(step), "--validate-label-field", "number")), "where a class name is expected");
        Path classes = Files.writeString(folder.resolve("classes.txt"), "blue\ngreen\n");
        assertRefusedBeforeTheStart(
                validated(with(List.of(step), "--validate-classes", classes.toString())),
                "validation.tar: picture 2 (s2) is of class \"red\"");
        Path one = TinyData.shard(folder.resolve("one.tar"), 1);
        assertRefusedBeforeTheStart(
                pretrain(out, with(List.of(step), "--validate", one.toString())), "at least two classes");
        Path bad = folder.resolve("bad.tar");
        try (WebDatasetWriter writer = new WebDatasetWriter(bad)) {
            writer.write(new ImageTextSample("b", NO_JPEG, "bad", new JsonObject(), "b"));
            writer.commit();
        }
        assertRefusedBeforeTheStart(pretrain(out, with(List.of(step), "--validate", bad.toString())), "No picture of");
    }

    @Test
    void optionsThatGoWithItAreRefusedWithoutIt() {
        assertRefusedBeforeTheStart(pretrain(out, "--validate-every", "5"), "--validate-every goes with --validate");
        assertRefusedBeforeTheStart(
                validated("--validate-every", "0"), "--validate-every must be at least 1 step, not 0");
        assertRefusedBeforeTheStart(
                validated("--validate-set", "imagenet1k", "--validate-classes", "names.txt"),
                "leave out --validate-classes");
    }

    private static List<String> names(Path events) throws IOException {
        try (Stream<Path> files = Files.list(events)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eventFilesLieInTheRunsFolderOrWhereTheUserWants() throws IOException {
        assertEquals(0, pretrain(out, "--steps", "2", "--tensorboard").code());
        List<String> first = names(out.resolve("tensorboard"));
        assertEquals(1, first.size());
        assertTrue(first.get(0).startsWith("events.out.tfevents."), first::toString);
        Path events = folder.resolve("events");
        Path other = folder.resolve("other");
        assertEquals(
                0,
                pretrain(other, "--tensorboard", events.toString(), "--steps", "2")
                        .code());
        assertEquals(1, names(events).size());
        assertEquals(
                0,
                pretrain(other, "--tensorboard", events.toString(), "--steps", "2", "--resume")
                        .code());
        assertEquals(1, names(events).size(), "no step is left");
        Path third = folder.resolve("third");
        CommandRun refused = pretrain(third, "--tensorboard", events.toString(), "--steps", "2");
        assertRefused(refused, events + " holds event files of a run already");
        assertFalse(Files.exists(third.resolve("log.jsonl")));
    }
}
