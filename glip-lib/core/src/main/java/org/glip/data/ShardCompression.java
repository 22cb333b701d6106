package org.glip.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.glip.files.FileKind;
import org.jspecify.annotations.Nullable;

/** How a shard is packed, told by the bytes that it begins with: its name may lie. */
enum ShardCompression {
    /** A tar as it is. */
    NONE(null) {
        @Override
        InputStream unpack(InputStream packed) {
            return packed;
        }
    },
    /** {@code .tar.gz}. */
    GZIP(FileKind.GZIP) {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new GZIPInputStream(packed, BUFFER_BYTES);
        }
    },
    /** {@code .tar.bz2}. */
    BZIP2(FileKind.BZIP2) {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new BZip2CompressorInputStream(packed, true);
        }
    },
    /** {@code .tar.xz}. */
    XZ(FileKind.XZ) {
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
    ZSTANDARD(FileKind.ZSTANDARD) {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new ZstdCompressorInputStream(packed);
        }
    };

    private static final int BUFFER_BYTES = 1 << 16;

    /** What {@code xz -9} needs, twice; a header can ask for gigabytes. */
    private static final int XZ_MEMORY_KIB = 128 << 10;

    private final @Nullable FileKind kind;

    ShardCompression(@Nullable FileKind kind) {
        this.kind = kind;
    }

    /** The content of a packed stream. */
    abstract InputStream unpack(InputStream packed) throws IOException;

    /**
     * Looks at the first bytes of a shard; the stream stands at its beginning again afterwards.
     *
     * @throws DamagedShardException if they are those of something that is often found in a shard's place
     */
    static ShardCompression of(BufferedInputStream shard) throws IOException {
        FileKind kind = kind(shard);
        ShardCompression compression = of(kind);
        // what is of no known kind is perhaps a tar, which has no mark; of one that is empty, the reader of tars speaks
        if (compression == NONE && kind != FileKind.UNKNOWN && kind != FileKind.EMPTY) {
            throw new DamagedShardException("not a tar file but " + stranger(kind), null);
        }
        return compression;
    }

    /** Looks at the first bytes of anything else that may be packed; the stream stands at its beginning again. */
    static ShardCompression ofOther(BufferedInputStream file) throws IOException {
        return of(kind(file));
    }

    private static FileKind kind(BufferedInputStream file) throws IOException {
        file.mark(FileKind.START);
        FileKind kind = FileKind.of(file.readNBytes(FileKind.START));
        file.reset();
        return kind;
    }

    private static ShardCompression of(FileKind kind) {
        return Arrays.stream(values())
                .filter(each -> each.kind == kind)
                .findFirst()
                .orElse(NONE);
    }

    private static String stranger(FileKind kind) {
        return switch (kind) {
            case ZIP -> kind.withCure("unpack it and pack its files as .tar; save a table of Excel as CSV");
            case SEVEN_ZIP -> kind.withCure("unpack it and pack its files as .tar");
            case PARQUET ->
                kind.withCure("its name should end in .parquet; img2dataset makes shards of what one lists");
            case PNG, JPEG -> kind.withCure("pictures are packed as .tar, or given by their folder");
            case JSON, TEXT ->
                kind.withCure("a table is named .csv, .tsv or .txt, and a list of shards is written @NAME");
            default -> kind.withCure();
        };
    }
}
