package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that are links: followed as Python's tarfile follows them, in the shard and nowhere else. */
class ShardLinksTest {
    private static final byte[] RED = SampleFixtures.picture(1, 8, "png");
    private static final byte[] BLUE = SampleFixtures.picture(2, 8, "png");

    @TempDir
    Path folder;

    private final SkipLog skipped = new SkipLog();

    private List<ImageTextSample> read(byte[] tar) throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.write(shard, tar);
        return SampleFixtures.readShard(shard, skipped);
    }

    private static RawTar start() {
        return new RawTar().add("in/a.png", RED).add("in/a.txt", "a");
    }

    @ParameterizedTest
    @CsvSource({
        "in/a.png, false",
        "./in/a.png, false",
        "a.png, true",
        "./a.png, true",
        "../in/a.png, true",
    })
    void aPictureIsWhatItsLinkLeadsTo(String target, boolean symbolic) throws IOException {
        byte[] tar =
                start().link("in/b.png", target, symbolic).add("in/b.txt", "b").finish();
        for (byte[] packed : List.of(tar, RawTar.gzip(tar))) {
            List<ImageTextSample> samples = read(packed);
            assertEquals(2, samples.size(), skipped::summary);
            assertArrayEquals(RED, samples.get(1).image());
        }
        assertEquals(2, WebDatasetReader.countSamples(folder.resolve("shard.tar"), SampleText.caption()));
    }

    @Test
    void aSymbolicLinkMayLeadAheadAndOverOthers() throws IOException {
        byte[] tar = new RawTar()
                .link("a.png", "b.png", true)
                .add("a.txt", "a")
                .link("b.png", "c.png", true)
                .link("b.txt", "c.txt", true)
                .add("c.png", BLUE)
                .add("c.txt", "c")
                .finish();
        List<ImageTextSample> samples = read(tar);
        assertEquals(3, samples.size(), skipped::summary);
        samples.forEach(sample -> assertArrayEquals(BLUE, sample.image()));
        assertEquals("c", samples.get(1).caption());
    }

    @Test
    void aHardLinkLeadsToTheLastOfThatNameBeforeIt() throws IOException {
        byte[] tar = start().add("in/a.png", BLUE)
                .link("b.png", "in/a.png", false)
                .add("b.txt", "b")
                .add("in/a.png", RED)
                .finish();
        assertArrayEquals(BLUE, read(tar).get(1).image());
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.png", "nowhere.png", "/etc/passwd", "../../etc/passwd", "in", ".."})
    void aLinkThatLeadsToNoFileOfTheShardIsNamed(String target) throws IOException {
        byte[] tar = start().link("b.png", target, true).add("b.txt", "b").finish();
        assertEquals(1, read(tar).size());
        assertEquals(1, skipped.count(Reason.NO_IMAGE));
        String message = skipped.messages().get(0);
        assertTrue(
                message.endsWith(
                        "shard.tar!b: no picture (.png is a link to " + target + ", which is no file in the shard)"),
                message);
    }

    @Test
    void aCircleOfLinksIsNamed() throws IOException {
        byte[] tar = start().link("b.png", "c.png", true)
                .add("b.txt", "b")
                .link("c.png", "b.png", true)
                .add("c.txt", "c")
                .finish();
        assertEquals(1, read(tar).size());
        assertEquals(2, skipped.count(Reason.NO_IMAGE));
    }

    /** Nobody asks for these, so that it does not matter where they lead. */
    @Test
    void aLinkThatIsNotNeededIsNotFollowed() throws IOException {
        byte[] tar = start().link("in/a.json", "/nowhere", true)
                .link("in/a.npy", "gone", false)
                .finish();
        assertEquals(1, read(tar).size());
        assertEquals(0, skipped.count());
    }

    @Test
    void manyLinksInEveryDirectionAreFollowed() throws IOException {
        RawTar tar = new RawTar();
        for (int i = 0; i < 40; i++) {
            tar.add("store/" + i + "x.png", SampleFixtures.picture(i, 8, "png"));
        }
        for (int i = 0; i < 40; i++) {
            int target = i * 17 % 40;
            tar.link(i + ".png", "store/" + target + "x.png", i % 2 == 0).add(i + ".txt", "" + target);
        }
        List<ImageTextSample> samples = read(tar.finish());
        assertEquals(40, samples.size());
        for (ImageTextSample sample : samples) {
            assertArrayEquals(SampleFixtures.picture(Integer.parseInt(sample.caption()), 8, "png"), sample.image());
        }
    }

    @Test
    void aDamagedShardIsToldOnceThoughItsLinksAreFollowed() throws IOException {
        byte[] tar = start().link("b.png", "in/a.png", false)
                .add("b.txt", "b")
                .add("c.png", BLUE)
                .finish();
        List<ImageTextSample> samples = read(Arrays.copyOf(tar, 7 * RawTar.RECORD + 10));
        assertEquals(2, samples.size());
        assertEquals(1, skipped.count(Reason.DAMAGED_SHARD));
        assertEquals(1, skipped.count());
    }
}
