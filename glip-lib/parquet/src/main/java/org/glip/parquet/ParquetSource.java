package org.glip.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;

/** Parquet files as one data set; what {@link ParquetPairs} opens. */
final class ParquetSource implements SampleSource {
    private static final List<String> IMAGES = List.of("image", "jpg", "png", "filepath", "image_path");
    private static final List<String> CAPTIONS = List.of("caption", "text", "title", "captions");

    private final List<Path> files;
    private final List<TableGroup> groups = new ArrayList<>();
    private final long rows;

    ParquetSource(List<Path> files, ParquetPairs.Columns columns) throws IOException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no Parquet file is named");
        }
        this.files = List.copyOf(files);
        for (Path file : files) {
            ParquetTable table = new ParquetTable(file);
            try {
                add(table, columns);
            } catch (RuntimeException e) {
                throw new IOException("Data file " + file + " cannot be read: its footer is damaged (" + e + ")", e);
            } catch (IOException e) {
                throw new IOException("Data file " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
        this.rows = groups.stream().mapToLong(group -> group.place().rows()).sum();
    }

    private void add(ParquetTable table, ParquetPairs.Columns columns) throws IOException {
        List<String> names = table.schema().names();
        TableSchema.Pictures pictures = table.schema().pictures(column(columns.image(), IMAGES, names));
        TableColumn captions = table.schema().captions(column(columns.caption(), CAPTIONS, names));
        List<TableColumn> needed = Stream.of(pictures.bytes(), pictures.path(), captions)
                .flatMap(Stream::ofNullable)
                .toList();
        for (ParquetTable.Group group : table.groups(needed)) {
            groups.add(new TableGroup(table.file(), group, pictures, captions, table.writtenBy()));
        }
    }

    /** The column that was asked for, or the first usual one that is there; else the error names those that are. */
    private static String column(@Nullable String asked, List<String> usual, List<String> names) {
        return asked != null
                ? asked
                : usual.stream().filter(names::contains).findFirst().orElse(usual.get(0));
    }

    @Override
    public Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return order.shuffled(new Rows(order.indices(groups.size(), epoch), skipped), epoch);
    }

    /** Counts the rows, those without picture or caption included. */
    @Override
    public long countSamples() {
        return rows;
    }

    @Override
    public String describe() {
        return rows + " rows of " + files.get(0) + (files.size() == 1 ? "" : " to " + files.get(files.size() - 1));
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(file.getFileName()).append(' ').append(Files.size(file)).append('\n');
        }
        return Optional.of(DigestUtils.sha256Hex(text.toString()));
    }

    /** One group of rows after the other; one is open at a time. */
    private final class Rows implements Pass {
        private final int[] order;
        private final SkipLog skipped;
        private int position;
        private @Nullable RowGroupReader reader;
        private @Nullable ImageTextSample upcoming;

        Rows(int[] order, SkipLog skipped) {
            this.order = order;
            this.skipped = skipped;
        }

        @Override
        public boolean hasNext() {
            while (upcoming == null) {
                try {
                    if (reader == null || !reader.hasNext()) {
                        close();
                        if (position == order.length) {
                            return false;
                        }
                        reader = new RowGroupReader(groups.get(order[position++]), skipped);
                    } else {
                        upcoming = reader.next();
                    }
                } catch (IOException | RuntimeException e) {
                    leave(e);
                }
            }
            return true;
        }

        /** What is damaged ends its group of rows, which is counted; the next one lies elsewhere in the file. */
        private void leave(Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ClosedByInterruptException interrupted) {
                    throw new UncheckedIOException(interrupted);
                }
            }
            TableGroup group = groups.get(order[position - 1]);
            skipped.skip(
                    Reason.DAMAGED_SHARD,
                    group.file() + ", rows from " + group.place().first() + " on",
                    e instanceof UncheckedIOException wrapped
                            ? String.valueOf(wrapped.getCause().getMessage())
                            : String.valueOf(e.getMessage()));
            try {
                close();
            } catch (IOException closing) {
                throw new UncheckedIOException(closing);
            }
        }

        @Override
        public ImageTextSample next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more samples");
            }
            ImageTextSample sample = upcoming;
            upcoming = null;
            return sample;
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }
    }
}
