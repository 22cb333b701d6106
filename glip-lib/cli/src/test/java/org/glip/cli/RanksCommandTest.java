package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes train one model; each test starts them as a launcher does, on this machine. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class RanksCommandTest {
    @TempDir
    Path folder;

    private Path shard;
    private Path model;

    @BeforeEach
    void makeData() throws IOException {
        shard = TinyData.shard(folder.resolve("pairs.tar"), 24);
        model = TinyData.model(folder);
    }

    private Path run(String name) {
        return folder.resolve(name);
    }

    private List<String> pretrain(String out, int steps, String... more) {
        List<String> command = new ArrayList<>(List.of("pretrain", "--model", model.toString()));
        command.addAll(common(out, steps, more));
        return command;
    }

    private List<String> common(String out, int steps, String... more) {
        List<String> options = new ArrayList<>(List.of("--data", shard.toString(), "--out", run(out).toString()));
        options.addAll(List.of("--steps", Integer.toString(steps), "--warmup", "100", "--shuffle", "8"));
        options.addAll(List.of("--threads", "1", "--workers", "1", "--route", "linear"));
        options.addAll(List.of(more));
        if (!options.contains("--batch")) {
            options.addAll(List.of("--batch", "8"));
        }
        return options;
    }

    private RankedRun ranks(int count, List<String> command) throws IOException {
        return new RankedRun(folder.resolve("output")).start(Collections.nCopies(count, command));
    }

    private void alone(List<String> command) {
        CommandRun ended = glip(command.toArray(String[]::new));
        assertEquals(0, ended.code(), ended.err());
    }

    private void together(int count, List<String> command) throws Exception {
        try (RankedRun ranks = ranks(count, command)) {
            assertEquals(Collections.nCopies(count, 0), ranks.codes(), ranks::allErr);
        }
    }

    private Path checkpoint(String out, int step) {
        return run(out).resolve("checkpoints").resolve(String.format("step-%08d", step));
    }

    /** Weights and optimiser's state, byte for byte. */
    private void assertSameState(String expected, String found, int step) throws IOException {
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(checkpoint(expected, step).resolve(file)),
                    Files.readAllBytes(checkpoint(found, step).resolve(file)),
                    file);
        }
    }

    /** After one step, AdamW's first moments are a tenth of the gradients. */
    private Map<String, float[]> firstMoments(String out) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(checkpoint(out, 1).resolve("optimizer.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[(int) bytes.getLong()];
        bytes.get(header);
        ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        JsonObject tensors = JsonParser.parseString(new String(header, StandardCharsets.UTF_8))
                .getAsJsonObject();
        Map<String, float[]> moments = new TreeMap<>();
        for (String name : tensors.keySet()) {
            if (name.startsWith("first_moment/")) {
                JsonArray offsets = tensors.getAsJsonObject(name).getAsJsonArray("data_offsets");
                int begin = offsets.get(0).getAsInt();
                float[] values = new float[(offsets.get(1).getAsInt() - begin) / Float.BYTES];
                data.position(begin);
                data.asFloatBuffer().get(values);
                moments.put(name, values);
            }
        }
        return moments;
    }

    /** The norm of the difference of all gradients, as a part of theirs. */
    private double difference(String expected, String found) throws IOException {
        Map<String, float[]> first = firstMoments(expected);
        Map<String, float[]> other = firstMoments(found);
        assertEquals(first.keySet(), other.keySet());
        double squares = 0;
        double all = 0;
        for (String name : first.keySet()) {
            for (int i = 0; i < first.get(name).length; i++) {
                squares += Math.pow((double) first.get(name)[i] - other.get(name)[i], 2);
                all += Math.pow(first.get(name)[i], 2);
            }
        }
        assertTrue(all > 0);
        return Math.sqrt(squares / all);
    }

    @Test
    void twoRanksAreTwoMicroBatchesToTheLastBit() throws Exception {
        alone(pretrain("alone", 3, "--micro-batch", "4"));
        try (RankedRun ranks = ranks(2, pretrain("ranks", 3))) {
            assertEquals(List.of(0, 0), ranks.codes(), ranks::allErr);
            JsonObject result = JsonParser.parseString(ranks.out(0)).getAsJsonObject();
            assertEquals(24, result.get("samples").getAsInt());
            assertEquals("", ranks.out(1));
        }

        assertSameState("alone", "ranks", 3);
    }

    @Test
    void fourRanksAreOneWholeBatchUpToRounding() throws Exception {
        alone(pretrain("alone", 1));
        together(4, pretrain("ranks", 1));

        assertTrue(difference("alone", "ranks") < 1e-6, () -> "the gradients differ");
    }

    @Test
    void ranksTuneInMicroBatches() throws Exception {
        alone(pretrain("before", 1));
        List<String> tune =
                new ArrayList<>(List.of("tune", "--init", run("before").toString()));
        List<String> alone = new ArrayList<>(tune);
        alone.addAll(common("alone", 1));
        tune.addAll(common("ranks", 1, "--micro-batch", "2"));
        alone(alone);
        together(2, tune);

        assertTrue(difference("alone", "ranks") < 1e-6, () -> "the gradients differ");
    }

    @Test
    void aRunGoesOnWithAnotherNumberOfRanks() throws Exception {
        alone(pretrain("undisturbed", 4, "--micro-batch", "4"));
        alone(pretrain("changing", 2, "--micro-batch", "4"));
        together(2, pretrain("changing", 3, "--micro-batch", "4", "--resume"));
        assertTrue(Files.readString(checkpoint("changing", 3).resolve("state.json"))
                .contains("\"ranks\": \"2\""));
        alone(pretrain("changing", 4, "--micro-batch", "4", "--resume"));

        assertSameState("undisturbed", "changing", 4);
    }

    @Test
    void whereARankIsKilledTheOthersEndAndTheCheckpointIsSound() throws Exception {
        List<String> endless = pretrain("run", 1_000_000, "--checkpoint-every", "5", "--patience", "60");
        try (RankedRun ranks = ranks(2, endless)) {
            ranks.awaitLines(run("run").resolve("log.jsonl"), 6);
            ranks.process(1).destroyForcibly();

            assertEquals(1, ranks.code(0), ranks::allErr);
            assertTrue(ranks.err(0).contains("rank 0 of 2 has lost another rank"), ranks::allErr);
        }
        int reached = Files.readAllLines(run("run").resolve("log.jsonl")).size();
        alone(pretrain("run", reached + 1, "--checkpoint-every", "5", "--resume"));
    }

    @Test
    void aStopRequestOnAnyRankStopsAllAfterTheSameStep() throws Exception {
        try (RankedRun ranks = ranks(2, pretrain("run", 1_000_000))) {
            ranks.awaitLines(run("run").resolve("log.jsonl"), 3);
            ranks.process(1).destroy();

            assertEquals(Failures.INTERRUPTED, ranks.code(0), ranks::allErr);
            JsonObject result = JsonParser.parseString(ranks.out(0)).getAsJsonObject();
            assertTrue(result.get("interrupted").getAsBoolean());
            assertTrue(Files.exists(
                    checkpoint("run", result.get("steps").getAsInt()).resolve("state.json")));
            assertEquals(128 + 15, ranks.code(1), ranks::allErr);
            assertFalse(ranks.err(1).contains("lost"), ranks::allErr);
        }
    }

    @Test
    void ranksThatWereStartedDifferentlyAreRefusedByName() throws Exception {
        try (RankedRun ranks = new RankedRun(folder.resolve("output"))) {
            ranks.start(List.of(pretrain("run", 2), pretrain("run", 2, "--lr", "0.5")));

            assertEquals(List.of(2, 2), ranks.codes(), ranks::allErr);
            for (int rank = 0; rank < 2; rank++) {
                assertTrue(
                        ranks.err(rank)
                                .contains("the ranks must be started alike: lr is 0.001 on rank 0 and 0.5 on rank 1"),
                        ranks::allErr);
            }
            assertFalse(Files.exists(run("run")));
        }
    }

    @Test
    void ranksThatDoNotDivideTheBatchAreRefused() throws Exception {
        try (RankedRun ranks = ranks(2, pretrain("run", 2, "--batch", "7"))) {
            assertEquals(List.of(2, 2), ranks.codes(), ranks::allErr);
            assertTrue(ranks.err(0).contains("2 does not divide it"), ranks::allErr);
            assertFalse(Files.exists(run("run")));
        }
    }

    @Test
    void aRankThatNeverComesIsToldByTheOneThatWaits() throws Exception {
        try (RankedRun ranks = new RankedRun(folder.resolve("output"))) {
            ranks.start(0, 2, RankedRun.freePort(), pretrain("run", 2, "--patience", "2"));

            assertEquals(2, ranks.code(0), ranks::allErr);
            assertTrue(ranks.err(0).contains("not all 2 ranks came"), ranks::allErr);
            assertFalse(Files.exists(run("run")));
        }
    }

    @Test
    void aPortInUseIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                RankedRun ranks = new RankedRun(folder.resolve("output"))) {
            ranks.start(0, 2, taken.getLocalPort(), pretrain("run", 2, "--patience", "60"));

            assertEquals(2, ranks.code(0), ranks::allErr);
            assertTrue(ranks.err(0).contains("the port is in use"), ranks::allErr);
            assertFalse(Files.exists(run("run")));
        }
    }

    @Test
    void aRunOfRanksIsWatchedByTheFirst() throws Exception {
        String[] watched = {"--validate", shard.toString(), "--validate-every", "2", "--tensorboard", "--prompt", "{}"};
        alone(pretrain("alone", 3, "--micro-batch", "4"));
        try (RankedRun ranks = ranks(2, pretrain("ranks", 3, watched))) {
            assertEquals(List.of(0, 0), ranks.codes(), ranks::allErr);
            assertTrue(ranks.err(0).contains("names 24 pictures of 3 classes"), ranks::allErr);
            assertFalse(ranks.err(1).contains("pictures"), ranks::allErr);
        }
        assertSameState("alone", "ranks", 3);
        List<String> log = Files.readAllLines(run("ranks").resolve("log.jsonl"));
        assertEquals(
                List.of(false, true, true),
                log.stream().map(line -> line.contains("top-1")).toList());
        assertEquals(1, run("ranks").resolve("tensorboard").toFile().list().length);
        double norm = number(log.get(0), "gradient_norm");
        assertEquals(
                number(Files.readAllLines(run("alone").resolve("log.jsonl")).get(0), "gradient_norm"),
                norm,
                1e-5 * norm,
                "of the sum");
    }

    private static double number(String line, String field) {
        return JsonParser.parseString(line).getAsJsonObject().get(field).getAsDouble();
    }
}
