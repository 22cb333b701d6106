package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken shards are counted and named, never a silent end, and what can be read of them is used. */
class DamagedShardTest {
    private static final byte[] PICTURE = SampleFixtures.picture(3, 30, "png");
    private static final byte[] GOOD = new RawTar()
            .add("first.png", PICTURE)
            .add("first.txt", "first caption")
            .add("second.png", PICTURE)
            .add("second.txt", "second caption")
            .finish();

    /** Where the second sample begins. */
    private static final int FIRST_END = 4 * RawTar.RECORD;

    @TempDir
    Path folder;

    private Path write(byte[] content) throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.deleteIfExists(shard); // some file systems wait for the disk where a file is written over
        return Files.write(shard, content);
    }

    /** The one message of a shard that is damaged; what could be read of it is returned by {@link #read}. */
    private String errorOf(byte[] content) throws IOException {
        return errorOf(write(content));
    }

    private static String errorOf(Path shard) throws IOException {
        SkipLog skipped = new SkipLog(5);
        SampleFixtures.readShard(shard, skipped);
        assertEquals(1, skipped.count(Reason.DAMAGED_SHARD), skipped::summary);
        String message = skipped.messages().get(0);
        assertTrue(message.startsWith(shard + ": damaged shard ("), message);
        return message;
    }

    @Test
    void namesAMissingShard() throws IOException {
        String message = errorOf(folder.resolve("missing.tar"));
        assertTrue(message.contains("missing.tar") && message.contains("does not exist"), message);
    }

    @Test
    void aFolderIsNoShard() throws IOException {
        errorOf(folder);
    }

    /** What was read before the damage is used, and only the shard is counted, not the sample that it cuts in two. */
    @Test
    void samplesBeforeTheDamageAreUsed() throws IOException {
        int firstEnd = 3 * RawTar.RECORD + "first caption".length();
        int secondEnd = 7 * RawTar.RECORD + "second caption".length();
        for (int length = 0; length <= GOOD.length; length += 101) {
            SkipLog skipped = new SkipLog(0);
            List<ImageTextSample> samples = SampleFixtures.readShard(write(Arrays.copyOf(GOOD, length)), skipped);
            assertEquals((length < firstEnd ? 0 : 1) + (length < secondEnd ? 0 : 1), samples.size(), "of " + length);
            assertTrue(skipped.count() <= 1, skipped::summary);
        }
    }

    @Test
    void aShardWithoutEndMarkIsReadToItsEnd() throws IOException {
        SkipLog skipped = new SkipLog();
        byte[] content = RawTar.withoutEndMark(GOOD);
        for (byte[] packed : List.of(content, RawTar.gzip(content))) {
            assertEquals(2, SampleFixtures.readShard(write(packed), skipped).size());
        }
        assertEquals(2, skipped.count(Reason.NO_END_MARK));
        assertEquals(0, skipped.count(), "nothing is known to be lost");
        assertTrue(skipped.summary().equals("none skipped; 2 shard without tar's end mark"), skipped::summary);
        assertTrue(skipped.messages().get(0).contains("shard.tar: shard without tar's end mark (it may have been"));
    }

    @Test
    void countsWhatCanBeReadOfADamagedShard() throws IOException {
        Path shard = write(Arrays.copyOf(GOOD, FIRST_END + RawTar.RECORD + 10));
        assertEquals(1, WebDatasetReader.countSamples(shard, SampleText.caption()));
        assertEquals(0, WebDatasetReader.countSamples(folder.resolve("missing.tar"), SampleText.caption()));
    }

    @ParameterizedTest
    @CsvSource({
        "'PK\u0003\u0004', ZIP archive",
        "'version https://git-lfs.github.com/spec/v1\noid sha256:0', git lfs pull",
        "'<!DOCTYPE html><html>404', HTML",
        "'PAR1', Parquet",
        "'filepath,title', .csv",
    })
    void namesWhatOftenLiesInAShardsPlace(String start, String told) throws IOException {
        String content = start.replace("\\u0003", "\u0003").replace("\\u0004", "\u0004");
        assertTrue(errorOf(content.getBytes(StandardCharsets.ISO_8859_1)).contains(told));
        assertTrue(errorOf((content + "x".repeat(5000)).getBytes(StandardCharsets.ISO_8859_1))
                .contains(told));
    }

    @Test
    void everyTruncationIsAnError() throws IOException {
        int withoutEndMark = RawTar.withoutEndMark(GOOD).length;
        for (int length = 0; length < withoutEndMark; length += 37) {
            if (length == 0 || length % RawTar.RECORD != 0) {
                errorOf(Arrays.copyOf(GOOD, length));
            }
        }
        errorOf(Arrays.copyOf(GOOD, withoutEndMark + 100));
    }

    @Test
    void everyTruncationOfACompressedShardIsAnError() throws IOException {
        byte[] packed = RawTar.gzip(GOOD);
        for (int length = 0; length < packed.length; length++) {
            errorOf(Arrays.copyOf(packed, length));
        }
    }

    @Test
    void aCompressedTruncatedTarIsAnError() throws IOException {
        for (int length = 0; length < RawTar.withoutEndMark(GOOD).length; length += 97) {
            if (length % RawTar.RECORD != 0 || length == 0) {
                errorOf(RawTar.gzip(Arrays.copyOf(GOOD, length)));
            }
        }
    }

    @Test
    void namesTheMemberInWhichAShardEnds() throws IOException {
        String message = errorOf(Arrays.copyOf(GOOD, RawTar.RECORD + 100));
        assertTrue(message.contains("first.png") && message.contains("only 100 follow"), message);
    }

    @Test
    void aSizeBeyondTheFileIsRefusedBeforeItIsAllocated() throws IOException {
        String message = errorOf(RawTar.withSize(GOOD, 0, 200L << 20));
        assertTrue(message.contains("first.png") && message.contains("209715200 bytes"), message);
        assertTrue(errorOf(RawTar.withSize(GOOD, 0, (8L << 30) - 1)).contains("8589934591 bytes"));
    }

    @Test
    void aSizeBeyondACompressedFileIsAnErrorToo() throws IOException {
        assertTrue(errorOf(RawTar.gzip(RawTar.withSize(GOOD, 0, 200L << 20))).contains("first.png"));
    }

    @Test
    void aFlippedBitInAHeaderIsAnError() throws IOException {
        for (int bit = 0; bit < 100 * 8; bit += 3) {
            byte[] flipped = GOOD.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            errorOf(flipped);
        }
    }

    @Test
    void aMemberOverTheLimitIsLeftOut() throws IOException {
        long size = (256L << 20) + 1;
        Path shard = folder.resolve("shard.tar");
        // a file with a hole: large for the reader, small on the disk
        byte[] start = new RawTar().add("big.png", PICTURE).finish();
        byte[] header = Arrays.copyOf(RawTar.withSize(start, 0, size), RawTar.RECORD);
        try (FileChannel file = FileChannel.open(shard, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(header));
            long end = RawTar.RECORD + (size + RawTar.RECORD - 1) / RawTar.RECORD * RawTar.RECORD;
            file.write(ByteBuffer.wrap(GOOD), end);
        }
        SkipLog skipped = new SkipLog();
        List<ImageTextSample> samples = SampleFixtures.readShard(shard, skipped);

        assertEquals(2, samples.size());
        assertEquals(1, skipped.count(SkipLog.Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "this is no tar file", "{\"neither\": \"is this\"}"})
    void whatIsNoTarFileIsAnError(String text) throws IOException {
        errorOf(text.getBytes());
        errorOf(text.repeat(200).getBytes());
    }

    @Test
    void aPictureIsNoTarFile() throws IOException {
        errorOf(PICTURE);
        errorOf(SampleFixtures.picture(1, 200, "jpg"));
    }

    /**
     * Whatever happens to a shard, it is read or counted as damaged, and costs no more memory than a good one.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void randomDamageNeverCrashesNorAllocatesMuch(boolean compressed) throws IOException, URISyntaxException {
        byte[] pax = goldenPaxTar();
        SplittableRandom random = new SplittableRandom(compressed ? 5 : 6);
        int errors = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = damage(random.nextBoolean() ? GOOD : pax, random);
            Path shard = write(compressed ? RawTar.gzip(damaged) : damaged);
            long before = allocatedBytes();
            SkipLog skipped = new SkipLog(0);
            SampleFixtures.readShard(shard, skipped);
            errors += (int) skipped.count(Reason.DAMAGED_SHARD);
            long allocated = allocatedBytes() - before;
            assertTrue(allocated < (4 << 20), "round " + round + " allocated " + allocated + " bytes");
        }
        assertTrue(errors > 200, "damage that matters: " + errors);
    }

    private static byte[] goldenPaxTar() throws IOException, URISyntaxException {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(WebDatasetGoldenTest.resource("golden-pax.tar.gz")))) {
            return in.readAllBytes();
        }
    }

    /**
     * Changes some bytes of one record; half of the time the checksum then fits, or it alone would catch everything.
     */
    private static byte[] damage(byte[] tar, SplittableRandom random) {
        byte[] damaged = tar.clone();
        int record = random.nextInt(Math.min(40, tar.length / RawTar.RECORD)) * RawTar.RECORD;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            byte change = (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt(256));
            // numbers and type of a header lie here
            int position = random.nextBoolean() ? 124 + random.nextInt(33) : random.nextInt(RawTar.RECORD);
            damaged[record + position] = change;
        }
        return random.nextBoolean() ? damaged : RawTar.withChecksum(damaged, record);
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
