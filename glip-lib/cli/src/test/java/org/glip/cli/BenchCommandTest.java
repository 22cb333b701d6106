package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.glip.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    Path folder;

    @Test
    void givesANumberForEachTimedStep() throws IOException {
        String model = TinyData.model(folder).toString();
        CommandRun run = glip(
                "bench",
                "--model",
                model,
                "--batch",
                "3",
                "--mask",
                "random",
                "--ratio",
                "0.75",
                "--steps",
                "4",
                "--warmup-steps",
                "2",
                "--route",
                "linear",
                "--device",
                "cpu");

        assertEquals(0, run.code(), run.err());
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        double[] wall = numbers(json, "wall_seconds").sorted().toArray();
        assertEquals(4, wall.length);
        assertEquals(4, numbers(json, "cpu_seconds").count());
        assertTrue(wall[0] > 0);
        assertEquals(
                3 / ((wall[1] + wall[2]) / 2), json.get("samples_per_second").getAsDouble(), 1e-9);
        boolean linux = Files.exists(Path.of("/proc/self/status"));
        assertEquals(linux, json.get("peak_rss_bytes").isJsonPrimitive());
        assertEquals(4, json.get("kept").getAsInt());
        assertEquals("random 75%", json.get("mask").getAsString());
        assertEquals("fp32", json.get("precision").getAsString());
        assertEquals("linear", json.get("route").getAsString());
        assertEquals("cpu", json.get("device").getAsString());
        assertTrue(json.get("device_memory_bytes").isJsonNull());
        assertFalse(json.get("tf32").getAsBoolean());
        assertTrue(run.err().contains("bench") && run.err().contains("6/6"), run.err());
    }

    @Test
    void comparesTheStepWithTheMachinesOwnMatrixProducts() throws IOException {
        JsonObject shortCaptions = bench();
        double flop = shortCaptions.get("matrix_gflop").getAsDouble();
        double rate = shortCaptions.get("machine_gflops").getAsDouble();
        double[] wall = numbers(shortCaptions, "wall_seconds").toArray();
        assertTrue(rate > 0);
        assertEquals(flop / wall[0] / rate, shortCaptions.get("matrix_share").getAsDouble(), 1e-9);
        assertTrue(
                bench("--words", "20", "20").get("matrix_gflop").getAsDouble() > flop, "longer captions are more work");
        assertTrue(bench("--mask", "none").get("matrix_gflop").getAsDouble() > flop, "more patches are more work");
    }

    private JsonObject bench(String... more) throws IOException {
        List<String> arguments = List.of(
                "bench",
                "--model",
                TinyData.model(folder).toString(),
                "--batch",
                "2",
                "--steps",
                "1",
                "--route",
                "linear");
        CommandRun run = glip(CommandRun.with(arguments, more));
        assertEquals(0, run.code(), run.err());
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private static DoubleStream numbers(JsonObject json, String name) {
        return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
                .mapToDouble(JsonElement::getAsDouble);
    }

    @Test
    void refusesWhatItCannotTime() throws IOException {
        String model = TinyData.model(folder).toString();
        for (String[] wrong : new String[][] {
            {"--steps", "0"},
            {"--batch", "1"},
            {"--warmup-steps", "-1"},
            {"--precision", "fp8"},
            {"--route", "scenic"},
            {"--threads", "0"},
            {"--device", "tpu"}
        }) {
            CommandRun run = glip(CommandRun.with(List.of("bench", "--model", model), wrong));

            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().contains(wrong[1]), run.err());
        }
    }

    @Test
    void fallsBackToFp32WhereThereIsNoBfloat16() throws IOException {
        CommandRun run = glip(
                "bench",
                "--model",
                TinyData.model(folder).toString(),
                "--batch",
                "2",
                "--steps",
                "1",
                "--precision",
                "bf16");

        assertEquals(0, run.code(), run.err());
        boolean used = JsonParser.parseString(run.out())
                .getAsJsonObject()
                .get("precision")
                .getAsString()
                .equals("bf16");
        try (NDManager manager = Torch.newManager()) {
            assertEquals(Torch.hasBfloat16(manager.getDevice()), used);
        }
    }
}
