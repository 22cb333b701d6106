package org.glip.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** How a shard is packed, told by the bytes that it begins with: its name may lie. */
enum ShardCompression {
    /** A tar as it is. */
    NONE("") {
        @Override
        InputStream unpack(InputStream packed) {
            return packed;
        }
    },
    /** {@code .tar.gz}. */
    GZIP("\u001f\u008b") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new GZIPInputStream(packed, BUFFER_BYTES);
        }
    },
    /** {@code .tar.bz2}. */
    BZIP2("BZh") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new BZip2CompressorInputStream(packed, true);
        }
    },
    /** {@code .tar.xz}. */
    XZ("\u00fd7zXZ\0") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return XZCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(XZ_MEMORY_KIB)
                    .get();
        }
    },
    /** {@code .tar.zst}. */
    ZSTANDARD("\u0028\u00b5\u002f\u00fd") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new ZstdCompressorInputStream(packed);
        }
    };

    private static final int BUFFER_BYTES = 1 << 16;

    /** What {@code xz -9} needs, twice; a header can ask for gigabytes. */
    private static final int XZ_MEMORY_KIB = 128 << 10;

    private static final int LONGEST_START = 512;

    /** A header of a tar has bytes that are 0, and what is packed other controls. */
    private static final Pattern TEXT = Pattern.compile("[\\t\\n\\r\\x20-\\xFF]+");

    private final String start;

    ShardCompression(String start) {
        this.start = start;
    }

    /** The content of a packed stream. */
    abstract InputStream unpack(InputStream packed) throws IOException;

    /**
     * Looks at the first bytes of a shard; the stream stands at its beginning again afterwards.
     *
     * @throws DamagedShardException if they are those of something that is often found in a shard's place
     */
    static ShardCompression of(BufferedInputStream shard) throws IOException {
        String first = start(shard);
        refuseStrangers(first);
        return of(first);
    }

    /** Looks at the first bytes of anything else that may be packed; the stream stands at its beginning again. */
    static ShardCompression ofOther(BufferedInputStream file) throws IOException {
        return of(start(file));
    }

    private static String start(BufferedInputStream file) throws IOException {
        file.mark(LONGEST_START);
        String first = new String(file.readNBytes(LONGEST_START), StandardCharsets.ISO_8859_1);
        file.reset();
        return first;
    }

    private static ShardCompression of(String first) {
        for (ShardCompression compression : values()) {
            if (compression != NONE && first.startsWith(compression.start)) {
                return compression;
            }
        }
        return NONE;
    }

    private static void refuseStrangers(String first) throws DamagedShardException {
        if (first.startsWith("PK\u0003\u0004") || first.startsWith("PK\u0005\u0006")) {
            throw stranger("a ZIP archive", "unpack it and pack its files as .tar; save a table of Excel as CSV");
        } else if (first.startsWith("version ")) {
            throw stranger("the pointer of a file that Git LFS holds", "'git lfs pull' fetches it");
        } else if (first.startsWith("PAR1")) {
            throw stranger("a Parquet table", "img2dataset makes shards of what it lists");
        } else if (first.startsWith("7z\u00bc\u00af")) {
            throw stranger("a 7z archive", "unpack it and pack its files as .tar");
        } else if (first.strip().startsWith("<")) {
            throw stranger("an HTML or XML page, perhaps a server's error message", "download the shard again");
        } else if (TEXT.matcher(first).matches()) {
            throw stranger("a text", "a table is named .csv, .tsv or .txt, and a list of shards is written @NAME");
        }
    }

    private static DamagedShardException stranger(String what, String cure) {
        return new DamagedShardException("not a tar file but " + what + ": " + cure, null);
    }
}
