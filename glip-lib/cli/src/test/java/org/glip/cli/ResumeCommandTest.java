package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --resume}: with the settings of before, with others, longer; and that each run prints one document. */
class ResumeCommandTest {
    @TempDir
    Path folder;

    private Path shard;
    private Path model;
    private Path out;

    @BeforeEach
    void train() throws IOException {
        shard = TinyData.shard(folder.resolve("pairs.tar"), 12);
        model = TinyData.model(folder);
        out = folder.resolve("run");
        CommandRun first = pretrain("--data", shard.toString(), "--steps", "3");
        assertEquals(0, first.code(), first.err());
    }

    private CommandRun pretrain(String... more) {
        return glip(with(
                List.of(
                        "pretrain",
                        "--model",
                        model.toString(),
                        "--out",
                        out.toString(),
                        "--batch",
                        "4",
                        "--threads",
                        "1",
                        "--workers",
                        "1"),
                more));
    }

    /** Goes on; options given once more take the place of the usual ones. */
    private CommandRun resume(String... more) {
        List<String> usual = List.of("--data", shard.toString(), "--steps", "3", "--route", "linear", "--resume");
        Stream<String> kept = Stream.of();
        for (int i = 0; i < usual.size(); i += 2) {
            boolean isGiven = List.of(more).contains(usual.get(i));
            kept = isGiven ? kept : Stream.concat(kept, usual.subList(i, Math.min(i + 2, usual.size())).stream());
        }
        return pretrain(with(kept.toList(), more));
    }

    private static void refused(CommandRun run, String... told) {
        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        for (String part : told) {
            assertTrue(run.err().contains(part), part + " is not in: " + run.err());
        }
        String message = run.err().lines().reduce((before, last) -> last).orElse("");
        assertTrue(message.length() < 800, message.length() + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "--shuffle, 8, --shuffle was 5000 and is 8",
        "--augment, none, --augment was",
        "--route, convolution, --route was linear and is convolution",
        "--lr, 1e-4, --lr was 0.001 and is 1.0E-4",
        "--warmup, 5, --warmup was 10000 and is 5",
        "--weight-decay, 0.1, --weight-decay was 0.2 and is 0.1",
        "--beta2, 0.99, --beta2 was 0.98 and is 0.99",
        "--eps, 1e-8, --eps was 1.0E-6 and is 1.0E-8",
        "--micro-batch, 2, --micro-batch was 4 and is 2",
        "--seed, 7, --seed was 0 and is 7",
        "--ratio, 0.5, --mask was",
        "--mask, none, --mask was",
    })
    void anotherSettingIsRefusedUnlessItIsNamed(String option, String value, String told) {
        List<String> before = CommandRunLog.of(out);
        CommandRun run = resume(option, value, "--steps", "5");
        refused(run, told, "made with other settings", "--changed");
        assertEquals(before, CommandRunLog.of(out));

        String name = option.equals("--ratio") ? "mask" : option.substring(2);
        CommandRun named = resume(option, value, "--steps", "5", "--changed", name + ",steps");
        assertEquals(0, named.code(), named.err());
        assertEquals(5, CommandRunLog.of(out).size());
    }

    @Test
    void otherDataAreRefusedUnlessTheyAreNamed() throws IOException {
        Path other = TinyData.shard(folder.resolve("other.tar"), 9);
        refused(resume("--data", other.toString()), "--data was", "pairs.tar", "other.tar", "--changed data");
        assertEquals(0, resume("--data", other.toString(), "--changed", "data").code());
    }

    @Test
    void dataThatHaveChangedUnderTheSameNameAreRefused() throws IOException {
        TinyData.shard(shard, 30);
        refused(resume(), "fingerprint of --data", "--changed data");
    }

    @Test
    void otherInitialWeightsAndAnotherModelAreRefused() throws IOException {
        refused(resume("--init", out.toString()), "--init was null");
        String wider =
                Files.readString(model).replace("\"layers\": 1, \"head_width\"", "\"layers\": 2, \"head_width\"");
        Files.writeString(model, wider);
        refused(resume(), "model was", "begin in another folder");
    }

    @Test
    void aRunIsMadeLongerWhereThatChangesNoStepThatIsDone() throws IOException {
        CommandRun longer = resume("--steps", "6");
        assertEquals(0, longer.code(), longer.err());
        assertEquals(
                6,
                JsonParser.parseString(longer.out())
                        .getAsJsonObject()
                        .get("steps")
                        .getAsInt());
        assertEquals(1, longer.out().lines().count(), "one document");
        Path run = out;
        out = folder.resolve("straight");
        pretrain("--data", shard.toString(), "--steps", "6", "--route", "linear");
        String weights = "checkpoints/step-00000006/model.safetensors";
        assertArrayEquals(Files.readAllBytes(out.resolve(weights)), Files.readAllBytes(run.resolve(weights)));
    }

    @Test
    void whereTheLearningRateHasFallenAlreadyOneSentenceSaysWhyNot() {
        out = folder.resolve("short");
        pretrain("--data", shard.toString(), "--steps", "3", "--warmup", "1", "--route", "linear");
        CommandRun run = resume("--steps", "6", "--warmup", "1");
        refused(run, "--steps was 3 and is 6", "learning rate", "--changed steps goes on");
        refused(resume("--steps", "2", "--warmup", "1"), "3 steps already");
    }

    @Test
    void namesThatAreNoneAndNamesWithoutResumeAreRefused() {
        refused(resume("--changed", "weather"), "'weather'", "shuffle");
        refused(pretrain("--data", shard.toString(), "--steps", "3", "--changed", "data"), "--resume");
    }

    @Test
    void keepsAsManyCheckpointsAsAreAskedFor() throws IOException {
        CommandRun run = resume("--steps", "9", "--checkpoint-every", "2", "--keep", "3");
        assertEquals(0, run.code(), run.err());
        try (Stream<Path> kept = Files.list(out.resolve("checkpoints"))) {
            assertEquals(
                    List.of("step-00000006", "step-00000008", "step-00000009"),
                    kept.map(path -> path.getFileName().toString()).sorted().toList());
        }
        refused(resume("--steps", "9", "--keep", "0"), "at least 1 checkpoint");
    }

    @Test
    void aFolderThatIsRemovedIsAnErrorAndPrintsNoResult() throws Exception {
        CommandRun[] run = new CommandRun[1];
        out = folder.resolve("removed");
        Thread training = new Thread(
                () -> run[0] = pretrain("--data", shard.toString(), "--steps", "1000000", "--route", "linear"));
        training.start();
        Path log = out.resolve("log.jsonl");
        while (training.isAlive() && !(Files.exists(log) && Files.size(log) > 0)) {
            Thread.sleep(1);
        }
        Files.move(out, folder.resolve("elsewhere"));
        training.join();
        refused(run[0], out.toString(), "removed");
        assertFalse(Files.exists(out));
    }
}
