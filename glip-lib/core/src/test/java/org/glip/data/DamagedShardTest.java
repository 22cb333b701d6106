package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken shards are clear errors that name the shard, never a silent end. */
class DamagedShardTest {
    private static final byte[] PICTURE = SampleFixtures.picture(3, 30, "png");
    private static final byte[] GOOD = new RawTar()
            .add("first.png", PICTURE)
            .add("first.txt", "first caption")
            .add("second.png", PICTURE)
            .add("second.txt", "second caption")
            .finish();

    @TempDir
    Path folder;

    private Path write(byte[] content) throws IOException {
        Path shard = folder.resolve("shard.tar");
        Files.deleteIfExists(shard); // some file systems wait for the disk where a file is written over
        return Files.write(shard, content);
    }

    private String errorOf(byte[] content) throws IOException {
        Path shard = write(content);
        String message = assertThrows(Exception.class, () -> readAll(shard)).getMessage();
        assertTrue(message.contains(shard.toString()), message);
        return message;
    }

    /** Reads to the end; a broken shard becomes an IOException, whichever way it came. */
    private static int readAll(Path shard) throws IOException {
        try {
            return SampleFixtures.readShard(shard, new SkipLog(0)).size();
        } catch (UncheckedIOException e) {
            assertEquals(e.getCause().getMessage(), e.getMessage());
            throw e.getCause();
        }
    }

    @Test
    void namesAMissingShard() {
        Path shard = folder.resolve("missing.tar");
        String message = assertThrows(IOException.class, () -> readAll(shard)).getMessage();
        assertTrue(message.contains("missing.tar") && message.contains("does not exist"), message);
    }

    @Test
    void aFolderIsNoShard() {
        assertThrows(IOException.class, () -> readAll(folder));
    }

    @Test
    void everyTruncationIsAnError() throws IOException {
        int withoutEndMark = GOOD.length;
        while (GOOD[withoutEndMark - 1] == 0) {
            withoutEndMark--;
        }
        withoutEndMark += RawTar.RECORD - withoutEndMark % RawTar.RECORD;
        for (int length = 0; length <= withoutEndMark; length += 37) {
            errorOf(Arrays.copyOf(GOOD, length));
        }
        errorOf(Arrays.copyOf(GOOD, withoutEndMark));
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
        for (int length = 0; length < GOOD.length - 20 * RawTar.RECORD; length += 97) {
            errorOf(RawTar.gzip(Arrays.copyOf(GOOD, length)));
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
     * Whatever happens to a shard, it is read or is an IOException that names it, and costs no more memory than a good
     * one.
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
            try {
                readAll(shard);
            } catch (IOException e) {
                errors++;
                assertTrue(e.getMessage().contains("shard.tar"), e.getMessage());
            }
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
