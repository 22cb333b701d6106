package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards in every packing that webdataset's readers know, whatever the file is called. */
class CompressedShardTest {
    @TempDir
    Path folder;

    private final SkipLog skipped = new SkipLog();

    private static byte[] tar() {
        RawTar tar = new RawTar();
        for (ImageTextSample sample : SampleFixtures.samples(20, 4)) {
            tar.add(sample.key() + ".png", sample.image()).add(sample.key() + ".txt", sample.caption());
        }
        return tar.finish();
    }

    private static byte[] pack(String format, byte[]... contents) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(format, packed)) {
                out.write(content);
            } catch (CompressorException e) {
                throw new IOException(e);
            }
        }
        return packed.toByteArray();
    }

    private List<ImageTextSample> read(byte[] content) throws IOException {
        return SampleFixtures.readShard(Files.write(folder.resolve("shard.tar"), content), skipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
    void readsWhatIsPacked(String format) throws IOException {
        assertEquals(20, read(pack(format, tar())).size());
        assertEquals(20, WebDatasetReader.countSamples(folder.resolve("shard.tar"), SampleText.caption()));
        assertEquals(0, skipped.count(), skipped::summary);
    }

    /** As parallel packers write: several streams one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
    void readsSeveralStreamsAsOne(String format) throws IOException {
        byte[] tar = tar();
        byte[] half = Arrays.copyOf(tar, 3000);
        assertEquals(
                20,
                read(pack(format, half, Arrays.copyOfRange(tar, 3000, tar.length)))
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
    void aTruncatedOneIsADamagedShard(String format) throws IOException {
        byte[] packed = pack(format, tar());
        for (int part = 0; part < 10; part++) {
            long before = skipped.count();
            int samples =
                    read(Arrays.copyOf(packed, 8 + part * packed.length / 11)).size();
            assertTrue(samples <= 20);
            assertEquals(before + 1, skipped.count(Reason.DAMAGED_SHARD), skipped::summary);
            assertEquals(before + 1, skipped.count(), skipped::summary);
        }
    }
}
