package org.glip.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column for a group of rows, one after the other. Trusts no header: what a page claims is held to what
 * is there, and a checksum, where a page has one, to its bytes.
 */
final class ColumnPages implements PageReader {
    /** Minima and maxima are for searches. */
    private static final @Nullable Statistics<?> NO_STATISTICS = null;

    private final ColumnChunk chunk;
    private final InputStream bytes;
    private long unread;
    private @Nullable PageHeader upcoming;

    ColumnPages(FileChannel file, ColumnChunk chunk) {
        this.chunk = chunk;
        this.bytes = FileBytes.of(file, chunk.start(), chunk.length());
        this.unread = chunk.values();
    }

    @Override
    public long getTotalValueCount() {
        return chunk.values();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = peek();
            if (header == null || header.type != PageType.DICTIONARY_PAGE) {
                return null;
            }
            upcoming = null;
            byte[] page = PageCompression.unpack(chunk.codec(), content(header), header.uncompressed_page_size);
            var dictionary = header.dictionary_page_header;
            return new DictionaryPage(
                    BytesInput.from(page), dictionary.num_values, Encoding.valueOf(dictionary.encoding.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            PageHeader header = peek();
            while (header != null && header.type != PageType.DATA_PAGE && header.type != PageType.DATA_PAGE_V2) {
                content(header); // a kind of page that this version of the format does not need
                upcoming = null;
                header = peek();
            }
            if (header == null) {
                return null;
            }
            upcoming = null;
            DataPage page = header.type == PageType.DATA_PAGE ? first(header) : second(header);
            unread -= page.getValueCount();
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The header of the next page; null behind the last one. */
    private @Nullable PageHeader peek() throws IOException {
        if (upcoming == null && unread > 0) {
            try {
                upcoming = Util.readPageHeader(bytes);
            } catch (IOException | RuntimeException e) {
                throw asDamage("the header of a page cannot be read", e);
            }
        }
        return upcoming;
    }

    private static IOException asDamage(String message, Exception cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof ClosedByInterruptException interrupted) {
                return interrupted; // says NO_STATISTICS about the file
            }
        }
        return new DamagedTableException(message + " (" + cause.getMessage() + ")", cause);
    }

    /** The bytes of a page as they lie there. */
    private byte[] content(PageHeader header) throws IOException {
        int length = header.compressed_page_size;
        if (length < 0 || length > chunk.length()) {
            throw new DamagedTableException(
                    "a page claims " + length + " bytes of the " + chunk.length() + " of its column", null);
        }
        byte[] content = bytes.readNBytes(length);
        if (content.length < length) {
            throw new DamagedTableException("a page ends before its " + length + " bytes", null);
        }
        if (header.isSetCrc()) {
            CRC32 sum = new CRC32();
            sum.update(content);
            if ((int) sum.getValue() != header.crc) {
                throw new DamagedTableException("the checksum of a page does not fit", null);
            }
        }
        return content;
    }

    private DataPage first(PageHeader header) throws IOException {
        byte[] page = PageCompression.unpack(chunk.codec(), content(header), header.uncompressed_page_size);
        DataPageHeader data = header.data_page_header;
        return new DataPageV1(
                BytesInput.from(page),
                valueCount(data.num_values),
                page.length,
                NO_STATISTICS,
                Encoding.valueOf(data.repetition_level_encoding.name()),
                Encoding.valueOf(data.definition_level_encoding.name()),
                Encoding.valueOf(data.encoding.name()));
    }

    /** In this form the levels stand before the packed values, unpacked. */
    private DataPage second(PageHeader header) throws IOException {
        byte[] content = content(header);
        DataPageHeaderV2 data = header.data_page_header_v2;
        int repetition = data.repetition_levels_byte_length;
        int levels = repetition + data.definition_levels_byte_length;
        if (repetition < 0 || levels < repetition || levels > content.length) {
            throw new DamagedTableException("the levels of a page claim more bytes than it has", null);
        }
        byte[] packed = Arrays.copyOfRange(content, levels, content.length);
        CompressionCodec codec = data.is_compressed ? chunk.codec() : CompressionCodec.UNCOMPRESSED;
        byte[] values = PageCompression.unpack(codec, packed, header.uncompressed_page_size - levels);
        return DataPageV2.uncompressed(
                data.num_rows,
                data.num_nulls,
                valueCount(data.num_values),
                BytesInput.from(content, 0, repetition),
                BytesInput.from(content, repetition, levels - repetition),
                Encoding.valueOf(data.encoding.name()),
                BytesInput.from(values),
                NO_STATISTICS);
    }

    private int valueCount(int claimed) throws DamagedTableException {
        if (claimed < 0 || claimed > unread) {
            throw new DamagedTableException(
                    "a page claims " + claimed + " values, but its column has only " + unread + " more", null);
        }
        return claimed;
    }
}
