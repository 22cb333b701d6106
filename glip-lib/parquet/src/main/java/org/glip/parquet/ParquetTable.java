package org.glip.parquet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.glip.files.FileKind;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** What the footer of a Parquet file says: its columns, and where each group of rows lies. None of it is believed. */
final class ParquetTable {
    private static final String MARK = "PAR1";
    private static final String ENCRYPTED = "PARE";
    private static final int MARK_BYTES = 4;
    private static final int TAIL_BYTES = 8;

    private final Path file;
    private final TableSchema schema;
    private final FileMetaData footer;
    private final long footerStart;

    /**
     * Reads the footer.
     *
     * @throws IOException if the file is missing, is no Parquet file, or its footer is damaged; the message names it
     */
    ParquetTable(Path file) throws IOException {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new IOException("Data file " + file + " does not exist or is not a file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            requireMark(channel);
            ByteBuffer tail = read(channel, channel.size() - TAIL_BYTES, TAIL_BYTES);
            long length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFFFFFFL;
            this.footerStart = channel.size() - TAIL_BYTES - length;
            if (footerStart < MARK_BYTES) {
                throw new DamagedTableException(
                        "its last bytes claim a footer of " + length + " bytes, but the file has only "
                                + channel.size(),
                        null);
            }
            this.footer = footer(FileBytes.of(channel, footerStart, length), (int) length);
            this.schema = new TableSchema(footer.schema);
        } catch (RuntimeException e) {
            throw new IOException("Data file " + file + " cannot be read: its footer is damaged (" + e + ")", e);
        } catch (IOException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("Data file")
                    ? e
                    : new IOException("Data file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void requireMark(FileChannel channel) throws IOException {
        long size = channel.size();
        byte[] start = new byte[(int) Math.min(size, FileKind.START)];
        channel.read(ByteBuffer.wrap(start), 0);
        FileKind kind = FileKind.of(start);
        if (text(start).startsWith(ENCRYPTED)
                || size > TAIL_BYTES && mark(channel).equals(ENCRYPTED)) {
            throw new IOException("Data file " + file + " is encrypted, which is not read");
        }
        if (kind != FileKind.PARQUET) {
            throw new IOException("Data file " + file + " is not a Parquet table but "
                    + (kind == FileKind.TEXT ? "a text; a table of texts is named .csv or .tsv" : kind.withCure()));
        }
        if (size < MARK_BYTES + TAIL_BYTES || !mark(channel).equals(MARK)) {
            throw new DamagedTableException(
                    "it is truncated: its " + size + " bytes do not end in the footer that every Parquet file has",
                    null);
        }
    }

    private static String mark(FileChannel channel) throws IOException {
        return text(read(channel, channel.size() - MARK_BYTES, MARK_BYTES).array());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer read(FileChannel channel, long start, int length) throws IOException {
        return ByteBuffer.wrap(FileBytes.of(channel, start, length).readNBytes(length));
    }

    /** With its length as the limit, the reader refuses a list that claims more entries than there are bytes. */
    private static FileMetaData footer(InputStream bytes, int length) throws IOException {
        FileMetaData footer = new FileMetaData();
        try {
            TConfiguration limits = new TConfiguration(
                    length, TConfiguration.DEFAULT_MAX_FRAME_SIZE, TConfiguration.DEFAULT_RECURSION_DEPTH);
            footer.read(new TCompactProtocol(new TIOStreamTransport(limits, bytes)));
        } catch (TException | RuntimeException e) {
            throw new DamagedTableException("its footer is damaged (" + e.getMessage() + ")", e);
        }
        if (footer.isSetEncryption_algorithm()) {
            throw new IOException("its columns are encrypted");
        }
        return footer;
    }

    Path file() {
        return file;
    }

    TableSchema schema() {
        return schema;
    }

    String writtenBy() {
        return footer.created_by == null ? "" : footer.created_by;
    }

    /** Rows that lie together, with their columns by number; {@code first} counts the rows of the file before them. */
    record Group(long first, long rows, Map<Integer, ColumnChunk> columns) {}

    /**
     * Where some columns lie.
     *
     * @throws IOException if one does not lie in the file, or is packed in a way that is not read
     */
    List<Group> groups(List<TableColumn> columns) throws IOException {
        List<Group> groups = new ArrayList<>();
        long first = 0;
        for (RowGroup group : footer.row_groups) {
            Map<Integer, ColumnChunk> chunks = new HashMap<>();
            for (TableColumn column : columns) {
                if (column.number() >= group.columns.size()) {
                    throw new DamagedTableException("a group of rows lacks a column of the schema", null);
                }
                chunks.put(column.number(), chunk(group.columns.get(column.number())));
            }
            if (group.num_rows < 0) {
                throw new DamagedTableException("a group claims " + group.num_rows + " rows", null);
            }
            groups.add(new Group(first, group.num_rows, chunks));
            first += group.num_rows;
        }
        return groups;
    }

    private ColumnChunk chunk(org.apache.parquet.format.ColumnChunk stored) throws IOException {
        ColumnMetaData column = stored.meta_data;
        if (stored.isSetFile_path() || column == null) {
            throw new IOException("its columns lie in other files, which is not read");
        }
        PageCompression.require(column.codec);
        boolean dictionary = column.isSetDictionary_page_offset()
                && column.dictionary_page_offset > 0
                && column.dictionary_page_offset < column.data_page_offset;
        long start = dictionary ? column.dictionary_page_offset : column.data_page_offset;
        long length = column.total_compressed_size;
        if (start < MARK_BYTES || length < 0 || start > footerStart - length || column.num_values < 0) {
            throw new DamagedTableException("a column claims to lie where the file has no data", null);
        }
        return new ColumnChunk(start, length, column.codec, column.num_values);
    }
}
