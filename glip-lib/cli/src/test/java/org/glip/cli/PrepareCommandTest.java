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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.data.ShardPreparation;
import org.glip.data.SkipLog;
import org.glip.image.ImageDecoder;
import org.glip.image.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareCommandTest {
    private static final int SIDE = 12;

    @TempDir
    Path folder;

    @BeforeEach
    void makeData() throws IOException {
        BadShards.write(folder);
    }

    private CommandRun prepare(String out, String... more) {
        return glip(with(
                List.of(
                        "prepare",
                        "--data",
                        folder + "/t-{0..1}.tar",
                        "--out",
                        folder.resolve(out).toString(),
                        "--per-shard",
                        "6",
                        "--shorter-side",
                        "12"),
                more));
    }

    private CommandRun succeeds(String out, String... more) {
        CommandRun run = prepare(out, more);
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private List<Path> files(String out) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(out))) {
            return files.filter(file -> !file.getFileName().toString().matches(".*(\\.part-.*|\\.glip-index)"))
                    .sorted()
                    .toList();
        }
    }

    private static List<ImageTextSample> samples(SampleSource source) throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        try (SampleSource.Pass pass = source.open(new SkipLog(0))) {
            pass.forEachRemaining(samples::add);
        }
        return samples;
    }

    @Test
    void makesSmallPairsInShardsOfEvenSize() throws IOException {
        CommandRun run = succeeds("out");
        List<ImageTextSample> before = samples(SampleSource.shards(folder + "/t-{0..1}.tar"));
        List<ImageTextSample> after = samples(SampleSource.folder(folder.resolve("out")));
        assertEquals(25, after.size());
        for (ImageTextSample sample : after) {
            ImageTextSample old = before.get(Integer.parseInt(sample.key()));
            assertEquals(old.caption(), sample.caption());
            assertEquals(
                    old.key(),
                    sample.metadata().get(ShardPreparation.SOURCE_KEY).getAsString());
            assertEquals(old.metadata().get("label"), sample.metadata().get("label"));
            RgbImage picture = ImageDecoder.decode(sample.image(), sample.origin());
            assertEquals(SIDE, picture.height());
            assertTrue(picture.width() >= SIDE && picture.width() <= 15, picture.toString());
        }
        assertEquals(
                JsonParser.parseString("{\"folder\": \"" + folder.resolve("out") + "\", \"shards\": 6, \"samples\": 25,"
                        + " \"skipped\": \"8 skipped: 7 picture does not decode, 1 damaged shard\"}"),
                JsonParser.parseString(run.out()));
    }

    @Test
    void partsMakeTheFilesOfOneProcess() throws IOException {
        succeeds("one");
        for (String part : List.of("4/4", "2/4", "1/4", "3/4", "2/4")) {
            succeeds("parts", "--part", part);
        }
        assertFalse(Files.exists(folder.resolve("parts/manifest.json")));
        succeeds("parts", "--merge", "4");
        List<Path> expected = files("one");
        assertEquals(7, expected.size(), expected.toString());
        assertEquals(
                expected.stream().map(Path::getFileName).toList(),
                files("parts").stream().map(Path::getFileName).toList());
        for (Path file : expected) {
            assertArrayEquals(
                    Files.readAllBytes(file),
                    Files.readAllBytes(folder.resolve("parts").resolve(file.getFileName())),
                    file.toString());
        }
    }

    private void refuses(String told, String out, String... more) {
        CommandRun run = prepare(out, more);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(told), run.err());
    }

    @Test
    void shardsThatAreMissingOrStrangeAreNamed() throws IOException {
        succeeds("out", "--part", "1/1");
        Path shard = folder.resolve("out/00003.tar");
        byte[] content = Files.readAllBytes(shard);
        Files.delete(shard);
        refuses("00003.tar has 0 bytes, not the " + content.length, "out", "--merge", "1");
        Files.write(shard, content);
        Files.write(folder.resolve("out/00006.tar"), content);
        refuses("00006.tar is none of these 6 shards", "out", "--merge", "1");
        assertFalse(Files.exists(folder.resolve("out/manifest.json")));
        Files.write(folder.resolve("t-1.tar"), Files.readAllBytes(folder.resolve("t-0.tar")));
        refuses("is a part of another run: the data (SHA-256) is", "out", "--merge", "1");
    }
}
