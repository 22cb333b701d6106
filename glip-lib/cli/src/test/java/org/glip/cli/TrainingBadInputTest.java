package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingBadInputTest {
    @TempDir
    Path folder;

    private Path shard;
    private Path model;

    @BeforeEach
    void makeData() throws IOException {
        shard = TinyData.shard(folder.resolve("pairs.tar"), 6);
        model = TinyData.model(folder);
    }

    /** Runs pretrain on the model and expects exit code 2, one line that tells all of this, and no trace of a run. */
    private void refuses(Path modelFile, Path data, List<String> told, String... more) {
        Path out = folder.resolve("run");
        CommandRun run = glip(with(
                List.of(
                        "pretrain",
                        "--model",
                        modelFile.toString(),
                        "--data",
                        data.toString(),
                        "--out",
                        out.toString(),
                        "--batch",
                        "4",
                        "--steps",
                        "2",
                        "--route",
                        "linear",
                        "--workers",
                        "1",
                        "--warmup",
                        "1"),
                more));

        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertFalse(run.err().contains("\tat "), run.err());
        told.forEach(part -> assertTrue(run.err().contains(part), part + " is not in: " + run.err()));
        assertFalse(Files.exists(out.resolve("model.safetensors")));
    }

    @Test
    void namesAMissingShard() {
        refuses(model, folder.resolve("pairs-{0..2}.tar"), List.of("3 of 3 shards are missing", "pairs-0.tar"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/{00000..00331}.tar, is a URL; data are read from files",
        "s3://bucket/pairs.csv, is a URL",
        "pipe:curl -s https://host/a.tar, is a command",
    })
    void namesAUrlAsSuch(String url, String told) {
        String out = folder.resolve("run").toString();
        CommandRun run = glip(
                "pretrain", "--model", model.toString(), "--data", url, "--steps", "1", "--batch", "2", "--out", out);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(" " + told), run.err());
    }

    @Test
    void namesATruncatedShard() throws IOException {
        byte[] bytes = Files.readAllBytes(shard);
        Path cut = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(bytes, 700));
        refuses(model, cut, List.of("cut.tar"));
    }

    @Test
    void namesDataWithoutAPictureThatDecodes() throws IOException {
        Files.write(folder.resolve("bad.jpg"), new byte[] {1, 2, 3});
        Path table = Files.writeString(folder.resolve("pairs.tsv"), "filepath\ttitle\nbad.jpg\tbad\n");
        refuses(model, table, List.of("No picture", "pairs.tsv"));
    }

    @Test
    void namesAMissingColumn() throws IOException {
        Path table = Files.writeString(folder.resolve("pairs.csv"), "file,title\nred.jpg,red\n");
        refuses(model, table, List.of("pairs.csv", "filepath"));
    }

    @Test
    void namesAModelWhoseWidthIsNoMultipleOfTheHeads() throws IOException {
        String json = Files.readString(model).replace("\"head_width\": 8", "\"head_width\": 7");
        Path wrong = Files.writeString(folder.resolve("wrong.json"), json);
        refuses(wrong, shard, List.of("wrong.json", "vision_cfg", "16", "7"));
    }

    @Test
    void namesAnUnknownModel() {
        refuses(Path.of("ViT-Z-99"), shard, List.of("ViT-Z-99", "ViT-B-16"));
    }

    @Test
    void namesWeightsThatDoNotFit() throws IOException {
        Path other = folder.resolve("other");
        String[] train = {
            "pretrain",
            "--model",
            model.toString(),
            "--data",
            shard.toString(),
            "--out",
            other.toString(),
            "--batch",
            "2",
            "--steps",
            "1"
        };
        assertEquals(0, glip(train).code());
        String json = Files.readString(model).replace("\"layers\": 1, \"head_width\"", "\"layers\": 2, \"head_width\"");
        Path deeper = Files.writeString(folder.resolve("deeper.json"), json);
        refuses(
                deeper,
                shard,
                List.of("does not fit the model", "missing visual.transformer.resblocks.1"),
                "--init",
                other.toString());
    }

    @Test
    void namesMissingWeights() {
        refuses(
                model,
                shard,
                List.of("nowhere"),
                "--init",
                folder.resolve("nowhere").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--ratio, 1.0, '[0, 1)'",
        "--sigma, 0, sigma",
        "--mask, square, square",
        "--micro-batch, 5, micro-batch",
        "--lr, -1, learning rate",
        "--beta1, 1, beta",
        "--weight-decay, -1, weight decay",
        "--augment, mirror, mirror",
        "--precision, fp64, fp64",
        "--workers, 0, workers",
        "--shuffle, -1, shuffle",
        "--checkpoint-every, -1, checkpoint",
        "--epochs, 1, --epochs",
        "--seed, x, x",
        "--max-bad, 101, from 0 to 100 percent",
        "--max-bad, -1, from 0 to 100 percent",
        "--micro-batch, 0, micro-batch",
        "--keep, 0, at least 1 checkpoint",
        "--threads, 0, threads"
    })
    void refusesASettingOutOfRange(String option, String value, String told) {
        refuses(model, shard, List.of(told), option, value);
    }

    @Test
    void refusesMoreThreadsThanAnyMachineHas() {
        CommandRun run = glip(
                "pretrain",
                "--model",
                model.toString(),
                "--data",
                shard.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--workers",
                "2000000000");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("--workers must be at most 1024"), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 1, 0, 'a batch of 2147483647 pictures of 16 x 16 pixels does not fit'",
        "99999999999, 1, 0, --batch",
        "0, 1, 0, at least 2 pairs",
        "-4, 1, 0, at least 2 pairs",
        "4, 0, 0, steps must be at least 1",
        "4, 99999999999999999999, 0, --steps",
        "4, 1, -1, warm-up"
    })
    void refusesAbsurdSizesInOneSentence(String batch, String steps, String warmup, String told) {
        Path out = folder.resolve("run");
        CommandRun run = glip(
                "pretrain",
                "--model",
                model.toString(),
                "--data",
                shard.toString(),
                "--out",
                out.toString(),
                "--batch",
                batch,
                "--steps",
                steps,
                "--warmup",
                warmup,
                "--prompt",
                "{}");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(told), run.err());
        assertTrue(run.err().lines().filter(line -> line.startsWith("glip:")).count() <= 2, run.err());
        assertFalse(run.err().contains("Exception"), run.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "x");
        CommandRun run = glip(
                "pretrain",
                "--model",
                model.toString(),
                "--data",
                shard.toString(),
                "--batch",
                "2",
                "--steps",
                "1",
                "--out",
                file.toString());

        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(file + " is in the way"), run.err());
    }
}
