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
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCommandTest {
    @TempDir
    Path folder;

    private Path shard;
    private Path model;

    @BeforeEach
    void makeData() throws IOException {
        shard = TinyData.shard(folder.resolve("pairs.tar"), 12);
        model = TinyData.model(folder);
    }

    private CommandRun pretrain(Path out, String... more) {
        return glip(with(
                List.of(
                        "pretrain",
                        "--model",
                        model.toString(),
                        "--out",
                        out.toString(),
                        "--batch",
                        "4",
                        "--warmup",
                        "2",
                        "--threads",
                        "1",
                        "--route",
                        "linear",
                        "--workers",
                        "1",
                        "--shuffle",
                        "8",
                        "--ratio",
                        "0.5"),
                more));
    }

    private CommandRun pretrainOnShard(Path out, String... more) {
        return pretrain(out, with(List.of("--data", shard.toString()), more));
    }

    private static JsonObject json(CommandRun run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private static List<String> log(Path run) throws IOException {
        return Files.readAllLines(run.resolve("log.jsonl"));
    }

    @Test
    void trainsAndLeavesLogCheckpointAndModel() throws IOException {
        Path out = folder.resolve("run");
        CommandRun run = pretrainOnShard(out, "--steps", "5");

        assertEquals(0, run.code(), run.err());
        assertEquals(5, json(run).get("steps").getAsInt());
        assertEquals(20, json(run).get("samples").getAsInt());
        assertFalse(json(run).get("interrupted").getAsBoolean());
        assertEquals(5, log(out).size());
        JsonObject last = JsonParser.parseString(log(out).get(4)).getAsJsonObject();
        assertEquals(
                Set.of(
                        "step",
                        "samples",
                        "loss",
                        "lr",
                        "logit_scale",
                        "gradient_norm",
                        "samples/s",
                        "data_wait",
                        "bad_samples"),
                last.keySet());
        assertTrue(Files.exists(out.resolve("model.safetensors")));
        assertTrue(Files.exists(out.resolve("checkpoints/step-00000005/state.json")));
    }

    @Test
    void remembersWhereTheWeightsComeFrom() throws IOException {
        Path out = folder.resolve("run");
        pretrainOnShard(out, "--steps", "1");

        JsonObject provenance = JsonParser.parseString(
                        Files.readString(out.resolve("checkpoints/step-00000001/state.json")))
                .getAsJsonObject()
                .getAsJsonObject("provenance");
        String command = provenance.get("command").getAsString();
        assertTrue(command.startsWith("glip pretrain --model") && command.endsWith("--steps 1"), command);
        assertTrue(provenance.get("data").getAsString().contains("pairs.tar"));
        JsonObject settings = provenance.getAsJsonObject("configuration");
        assertEquals("gaussian 50%, sigma 0.2 (variance)", settings.get("mask").getAsString());
        assertTrue(settings.get("transform").getAsString().contains("0.5 to 1.0"));
    }

    @Test
    void countsEpochsOverTheData() {
        CommandRun run = pretrainOnShard(folder.resolve("run"), "--epochs", "2");

        assertEquals(0, run.code(), run.err());
        assertEquals(6, json(run).get("steps").getAsInt());
    }

    @Test
    void goesOnAfterAnInterruptAsIfThereHadBeenNone() throws Exception {
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");
        String[] length = {"--steps", "60", "--checkpoint-every", "7"};
        assertEquals(0, pretrainOnShard(whole, length).code());

        CommandRun first = interruptedAfterSteps(3, stopped, length);
        assertEquals(Failures.INTERRUPTED, first.code(), first.err());
        assertTrue(json(first).get("interrupted").getAsBoolean());
        assertTrue(first.err().contains("--resume goes on"), first.err());
        assertTrue(log(stopped).size() < 60, "interrupted too late to show anything");
        assertFalse(Files.exists(stopped.resolve("model.safetensors")));

        CommandRun second = pretrainOnShard(stopped, with(List.of(length), "--resume"));
        assertEquals(0, second.code(), second.err());
        assertEquals(60, log(stopped).size());
        assertArrayEquals(weights(whole), weights(stopped));
    }

    /** The numbers of the weights' file; its header tells commands and dates, which differ. */
    private static byte[] weights(Path run) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(
                run.resolve("checkpoints/step-00000060/model.safetensors").toFile(), "r")) {
            long header = Long.reverseBytes(file.readLong());
            byte[] numbers = new byte[Math.toIntExact(file.length() - 8 - header)];
            file.seek(8 + header);
            file.readFully(numbers);
            return numbers;
        }
    }

    /** The thread that trains interrupts itself when it has logged so many steps, however busy the machine. */
    private CommandRun interruptedAfterSteps(int steps, Path out, String... length) throws Exception {
        CommandRun[] run = new CommandRun[1];
        Path log = out.resolve("log.jsonl");
        Thread training = new Thread(() -> run[0] = pretrainOnShard(out, length)) {
            @Override
            public boolean isInterrupted() {
                try {
                    if (Files.exists(log) && Files.readAllLines(log).size() >= steps) {
                        interrupt();
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return super.isInterrupted();
            }
        };
        training.start();
        training.join();
        return run[0];
    }

    @Test
    void refusesAFolderThatHoldsARun() throws IOException {
        Path out = folder.resolve("run");
        pretrainOnShard(out, "--steps", "1");
        byte[] before = Files.readAllBytes(out.resolve("model.safetensors"));
        CommandRun again = pretrainOnShard(out, "--steps", "1");

        assertEquals(2, again.code());
        assertTrue(again.err().contains(out + " holds a run already"), again.err());
        assertArrayEquals(before, Files.readAllBytes(out.resolve("model.safetensors")));
    }

    @Test
    void beginsAnewWhereThereIsNothingToResumeAndSaysSo() {
        PrintStream before = System.err; // where the log goes
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        CommandRun run;
        try {
            run = pretrainOnShard(folder.resolve("run"), "--steps", "2", "--resume");
        } finally {
            System.setErr(before);
        }

        assertEquals(0, run.code(), run.err());
        assertTrue(log.toString(StandardCharsets.UTF_8).contains("no checkpoint to go on from"));
    }

    @Test
    void resumingWhatIsFinishedChangesNothing() throws IOException {
        Path out = folder.resolve("run");
        pretrainOnShard(out, "--steps", "2");
        List<String> before = log(out);
        CommandRun again = pretrainOnShard(out, "--steps", "2", "--resume");

        assertEquals(0, again.code(), again.err());
        assertEquals(2, json(again).get("steps").getAsInt());
        assertEquals(before, log(out));
    }

    @Test
    void refusesToResumeWithOtherSettings() {
        Path out = folder.resolve("run");
        pretrainOnShard(out, "--steps", "2");
        CommandRun run = pretrainOnShard(out, "--steps", "2", "--lr", "1e-4", "--resume");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("other settings"), run.err());
    }

    @Test
    void tunesWithoutMaskFromARun() throws IOException {
        Path pretrained = folder.resolve("pretrained");
        Path tuned = folder.resolve("tuned");
        pretrainOnShard(pretrained, "--steps", "2");
        CommandRun run = glip(
                "tune",
                "--init",
                pretrained.toString(),
                "--data",
                shard.toString(),
                "--out",
                tuned.toString(),
                "--batch",
                "3",
                "--epochs",
                "5",
                "--threads",
                "1",
                "--augment",
                "none");

        assertEquals(0, run.code(), run.err());
        assertEquals(20, json(run).get("steps").getAsInt());
        JsonObject state = JsonParser.parseString(
                        Files.readString(tuned.resolve("checkpoints/step-00000020/state.json")))
                .getAsJsonObject();
        JsonObject settings = state.getAsJsonObject("configuration");
        assertEquals("NONE", settings.getAsJsonObject("mask").get("kind").getAsString());
        JsonObject optimizer = settings.getAsJsonObject("optimizer");
        assertEquals(1e-5, optimizer.get("learningRate").getAsDouble());
        assertEquals(0, optimizer.get("warmupSteps").getAsLong(), "a tenth of an epoch of 4 steps");
    }

    @Test
    void tuningNeedsWeights() {
        CommandRun run = glip(
                "tune",
                "--data",
                shard.toString(),
                "--out",
                folder.resolve("run").toString());

        assertEquals(2, run.code());
        assertTrue(run.err().contains("--init"), run.err());
    }

    @Test
    void takesAListOfShardsAndArgumentsFromFiles() throws IOException {
        Path list = Files.writeString(folder.resolve("shards.txt"), "# mine\npairs.tar\n");
        Path recipe = Files.writeString(folder.resolve("recipe.txt"), "--steps 1\n--lr 1e-4\n");
        CommandRun run = pretrain(folder.resolve("run"), "--data", "@" + list, "@" + recipe);

        assertEquals(0, run.code(), run.err());
        assertEquals(1, json(run).get("steps").getAsInt());
    }

    @Test
    void readsPairsFromATable() throws IOException {
        Files.write(folder.resolve("red.jpg"), TinyData.picture(Color.RED, 0));
        Files.write(folder.resolve("blue.jpg"), TinyData.picture(Color.BLUE, 1));
        Path table =
                Files.writeString(folder.resolve("pairs.csv"), "filepath,title\nred.jpg,red\nblue.jpg,\"blue, too\"\n");
        CommandRun run = pretrain(folder.resolve("run"), "--data", table.toString(), "--steps", "2");

        assertEquals(0, run.code(), run.err());
        assertEquals(8, json(run).get("samples").getAsInt());
    }

    @Test
    void countsWhatItSkips() throws IOException {
        Files.write(folder.resolve("red.jpg"), TinyData.picture(Color.RED, 0));
        Files.write(folder.resolve("bad.jpg"), new byte[] {1, 2, 3});
        Path table = Files.writeString(
                folder.resolve("pairs.tsv"), "filepath\ttitle\nred.jpg\tred\nbad.jpg\tbad\nred.jpg\t\n");
        CommandRun run =
                pretrain(folder.resolve("run"), "--data", table.toString(), "--steps", "1", "--max-bad", "100");

        assertEquals(0, run.code(), run.err());
        String skipped = json(run).get("skipped").getAsString();
        assertTrue(skipped.contains("picture does not decode") && skipped.contains("empty caption"), skipped);
    }

    @Test
    void saysThatAModelWillRecordNoPrompts() {
        CommandRun silent = pretrainOnShard(folder.resolve("silent"), "--steps", "1");
        assertTrue(silent.err().contains("will record no prompts"), silent.err());
        CommandRun told = pretrainOnShard(folder.resolve("told"), "--steps", "1", "--prompt", "picture {}");
        assertFalse(told.err().contains("prompts"), told.err());
    }
}
