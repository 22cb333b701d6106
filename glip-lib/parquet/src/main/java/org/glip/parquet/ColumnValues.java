package org.glip.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** The byte strings of a column for a group of rows, row by row. */
final class ColumnValues {
    private final ColumnReader reader;
    private final long values;
    private final int presentAt;
    private long taken;

    ColumnValues(FileChannel file, ColumnChunk chunk, MessageType column, String writtenBy) {
        ColumnDescriptor descriptor = column.getColumns().get(0);
        PageReadStore pages = new PageReadStore() {
            @Override
            public PageReader getPageReader(ColumnDescriptor any) {
                return new ColumnPages(file, chunk);
            }

            @Override
            public long getRowCount() {
                return chunk.values();
            }
        };
        this.values = chunk.values();
        this.presentAt = descriptor.getMaxDefinitionLevel();
        this.reader = new ColumnReadStoreImpl(pages, new Unused(descriptor.getPath().length), column, writtenBy)
                .getColumnReader(descriptor);
    }

    /** The values of the next row, without those that are missing: none or one, or several of a list. */
    List<byte[]> next() throws IOException {
        if (taken == values) {
            throw new DamagedTableException("a column ends before its group of rows", null);
        }
        List<byte[]> row = new ArrayList<>(1);
        do {
            if (reader.getCurrentDefinitionLevel() == presentAt) {
                row.add(reader.getBinary().getBytes());
            }
            reader.consume();
            taken++;
        } while (taken < values && reader.getCurrentRepetitionLevel() > 0);
        return row;
    }

    /** Parquet's reader wants to know where it could put values; they are taken one by one instead. */
    private static final class Unused extends GroupConverter {
        private final int depth;

        Unused(int depth) {
            this.depth = depth;
        }

        @Override
        public Converter getConverter(int field) {
            return depth == 1 ? new PrimitiveConverter() {} : new Unused(depth - 1);
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
    }
}
