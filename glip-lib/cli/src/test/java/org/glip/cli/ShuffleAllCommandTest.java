package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --shuffle all}: an index of the shards, an order over all samples, and runs that go on in it. */
class ShuffleAllCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        model = TinyData.model(folder);
        data = Files.createDirectory(folder.resolve("data"));
        TinyData.shard(data.resolve("a.tar"), 7);
        TinyData.shard(data.resolve("b.tar"), 6);
    }

    private CommandRun pretrain(String out, String... more) {
        return glip(with(
                List.of(
                        "pretrain",
                        "--model",
                        model.toString(),
                        "--out",
                        folder.resolve(out).toString(),
                        "--batch",
                        "4",
                        "--route",
                        "linear",
                        "--threads",
                        "1"),
                more));
    }

    private List<Path> indexes() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".glip-index")).toList();
        }
    }

    /** The numbers of the weights' file; its header tells commands and dates, which differ. */
    private byte[] weights(String run) throws IOException {
        byte[] file = Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Arrays.copyOfRange(file, (int) header + Long.BYTES, file.length);
    }

    /** All steps are within the warm-up, where their number changes no learning rate. */
    @Test
    void aRunThatGoesOnEndsWithTheWeightsOfOneThatWasNotDisturbed() throws IOException {
        String[] order = {"--data", data.toString(), "--shuffle", "all", "--warmup", "100"};
        CommandRun whole = pretrain("whole", with(List.of("--epochs", "2", "--workers", "3"), order));
        assertEquals(0, whole.code(), whole.err());
        assertEquals(
                6,
                JsonParser.parseString(whole.out())
                        .getAsJsonObject()
                        .get("steps")
                        .getAsInt());
        assertEquals(1, indexes().size());
        CommandRun half = pretrain("half", with(List.of("--steps", "2", "--workers", "1"), order));
        assertEquals(0, half.code(), half.err());
        CommandRun rest = pretrain("half", with(List.of("--steps", "6", "--workers", "2", "--resume"), order));
        assertEquals(0, rest.code(), rest.err());
        assertArrayEquals(weights("whole"), weights("half"));
    }

    @Test
    void shardsWhoseSamplesLieElsewhereThanBeforeAreOtherData() throws IOException {
        String[] run = {"--data", data.toString(), "--shuffle", "all", "--steps", "2"};
        assertEquals(0, pretrain("run", run).code());
        Path shard = data.resolve("a.tar");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[0]++; // the size stays, the first header is damaged
        Files.write(shard, bytes);
        CommandRun resumed = pretrain("run", with(List.of("--resume"), run));
        assertEquals(2, resumed.code());
        assertTrue(resumed.err().contains("fingerprint of --data"), resumed.err());
    }

    @Test
    void epochsAreCountedByAnIndexToo() throws IOException {
        CommandRun run = pretrain("run", "--data", data.toString(), "--shuffle", "8", "--epochs", "1");
        assertEquals(0, run.code(), run.err());
        assertEquals(1, indexes().size());
    }

    @Test
    void whatCannotBeShuffledWholeIsRefusedBeforeTheFirstStep() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(data.resolve("a.tar")));
        }
        Files.write(data.resolve("c.tar.gz"), packed.toByteArray());
        CommandRun run = pretrain("run", "--data", data.toString(), "--shuffle", "all", "--steps", "1");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("c.tar.gz") && run.err().contains("compressed"), run.err());
        assertTrue(Files.notExists(folder.resolve("run")));
        CommandRun wrong = pretrain("run", "--data", data.toString(), "--shuffle", "some", "--steps", "1");
        assertTrue(wrong.err().contains("'some' is neither a number of pairs nor all"), wrong.err());
    }

    @Test
    void dataThatAreMostlyBadAreRefusedBeforeTheFirstStep() throws IOException {
        Path shard = data.resolve("a.tar");
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, 100));
        Files.write(data.resolve("c.tar"), new byte[100]);
        CommandRun run = pretrain("run", "--data", data.toString(), "--shuffle", "all", "--steps", "1");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("1 of 8 samples are bad") && run.err().contains("--max-bad"), run.err());
    }

    @Test
    void sourcesWithWeightsAreMixedAndWrongWeightsRefused() throws IOException {
        String both = data.resolve("a.tar") + "::" + data.resolve("b.tar");
        String[] run = {"--data", both, "--shuffle", "all", "--epochs", "1", "--caption-key", "label"};
        CommandRun mixed = pretrain("mixed", with(List.of("--weights", "1,2"), run));
        assertEquals(0, mixed.code(), mixed.err());
        assertEquals(2, indexes().size());
        CommandRun other = pretrain("mixed", with(List.of("--weights", "2,1", "--resume"), run));
        assertTrue(other.err().contains("--data was") && other.err().contains("weight 2.0"), other.err());
        CommandRun three = pretrain("none", with(List.of("--weights", "1,2,3"), run));
        assertEquals(2, three.code());
        assertTrue(three.err().contains("--weights names 3, but --data has 2 sources"), three.err());
        CommandRun none = pretrain("none", with(List.of("--weights", "1,0"), run));
        assertTrue(none.err().contains("a number above 0, not 0.0"), none.err());
        CommandRun buffer = pretrain("none", "--data", both, "--weights", "1,2", "--steps", "1");
        assertTrue(buffer.err().contains("--weights goes with --shuffle all"), buffer.err());
    }
}
