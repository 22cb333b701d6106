package org.glip.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Unpacks pages. All codecs are those that the library has for shards already. */
final class PageCompression {
    /** A larger page is refused: pictures are closed into pages of some megabytes, or a thousand rows. */
    static final int MAX_PAGE_BYTES = 1 << 30;

    private PageCompression() {}

    /**
     * Unpacks a page.
     *
     * @param packed its bytes
     * @param length what they should become; nothing is allocated on its word
     * @throws DamagedTableException if they become something longer or shorter, or cannot be unpacked
     */
    static byte[] unpack(CompressionCodec codec, byte[] packed, int length) throws DamagedTableException {
        if (length < 0 || length > MAX_PAGE_BYTES) {
            throw new DamagedTableException("a page claims to hold " + length + " bytes", null);
        }
        try (InputStream in = stream(codec, new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length || in.read() >= 0) {
                throw new DamagedTableException(
                        "a page holds " + (bytes.length < length ? "less" : "more") + " than the " + length
                                + " bytes that it claims",
                        null);
            }
            return bytes;
        } catch (DamagedTableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new DamagedTableException("a page cannot be unpacked (" + codec + "): " + e.getMessage(), e);
        }
    }

    /**
     * Refuses codecs that nothing here unpacks.
     *
     * @throws IOException that names it, and those that are read
     */
    static void require(CompressionCodec codec) throws IOException {
        switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> {}
            default ->
                throw new IOException("it is packed by " + codec + ", which is not read: write it anew, with"
                        + " compression 'snappy', 'zstd', 'gzip', 'lz4' (LZ4_RAW) or none");
        }
    }

    private static InputStream stream(CompressionCodec codec, InputStream packed) throws IOException {
        return switch (codec) {
            case UNCOMPRESSED -> packed;
            case SNAPPY -> new SnappyCompressorInputStream(packed);
            case GZIP -> new GZIPInputStream(packed);
            case ZSTD -> new ZstdCompressorInputStream(packed);
            case LZ4_RAW -> new BlockLZ4CompressorInputStream(packed);
            default -> throw new DamagedTableException("a page is packed by " + codec, null);
        };
    }
}
