package org.glip.parquet;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.ImageTextSample;
import org.glip.data.ListedSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.glip.data.SkipLog.Reason;
import org.glip.files.FileNames;
import org.jspecify.annotations.Nullable;

/** Reads a group of rows as samples, one after the other. */
final class RowGroupReader implements Closeable {
    private static final int ROW_DIGITS = 9;

    private final TableGroup group;
    private final SkipLog skipped;
    private final FileChannel channel;
    private final @Nullable ColumnValues bytes;
    private final @Nullable ColumnValues paths;
    private final ColumnValues captions;
    private long row;

    RowGroupReader(TableGroup group, SkipLog skipped) throws IOException {
        this.group = group;
        this.skipped = skipped;
        this.channel = FileChannel.open(group.file());
        try {
            this.bytes = values(group.pictures().bytes());
            this.paths = values(group.pictures().path());
            this.captions = new ColumnValues(
                    channel,
                    group.place().columns().get(group.captions().number()),
                    group.captions().type(),
                    group.writtenBy());
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private @Nullable ColumnValues values(@Nullable TableColumn column) {
        return column == null
                ? null
                : new ColumnValues(
                        channel, group.place().columns().get(column.number()), column.type(), group.writtenBy());
    }

    /** Whether there is another row. */
    boolean hasNext() {
        return row < group.place().rows();
    }

    /** The sample of the next row, or null if it cannot be used, which is counted. */
    @Nullable
    ImageTextSample next() throws IOException {
        long number = group.place().first() + row++;
        byte[] picture = bytes == null ? null : first(bytes.next());
        byte[] path = paths == null ? null : first(paths.next());
        List<byte[]> texts = captions.next();
        String origin = group.file() + " row " + number;
        try {
            String name = path == null ? "" : decode(path).strip();
            return sample(number, picture, name, texts, origin);
        } catch (CharacterCodingException e) {
            skipped.skip(Reason.CAPTION_NOT_UTF8, origin, "");
            return null;
        }
    }

    private static byte @Nullable [] first(List<byte[]> values) {
        return values.isEmpty() ? null : values.get(0);
    }

    private @Nullable ImageTextSample sample(
            long number, byte @Nullable [] picture, String path, List<byte[]> texts, String origin)
            throws CharacterCodingException {
        List<String> captions = new ArrayList<>();
        for (byte[] text : texts) {
            String caption = decode(text).strip();
            if (!caption.isEmpty()) {
                captions.add(caption);
            }
        }
        JsonObject metadata = group.captions().isList() && !captions.isEmpty()
                ? SampleMetadata.ofCaptions(captions)
                : new JsonObject();
        String key = path.isEmpty() ? key(number) : path;
        if (picture == null || picture.length == 0) {
            return inFile(key, path, captions, texts.isEmpty(), metadata, origin);
        }
        if (captions.isEmpty()) {
            skipped.skip(texts.isEmpty() ? Reason.NO_CAPTION : Reason.EMPTY_CAPTION, origin, "");
            return null;
        }
        return new ImageTextSample(key, picture, captions.get(0), metadata, origin);
    }

    private @Nullable ImageTextSample inFile(
            String key, String path, List<String> captions, boolean missing, JsonObject metadata, String origin) {
        String caption = missing ? null : captions.isEmpty() ? "" : captions.get(0);
        String file = path;
        try {
            if (!path.isEmpty() && SampleSource.isUrl(path)) {
                skipped.skip(Reason.MISSING_FILE, origin, path + " is a URL: download it first");
                return null;
            }
            file = path.isEmpty()
                    ? ""
                    : FileNames.find(group.file(), FileNames.check(path, origin))
                            .toString();
        } catch (IOException e) {
            skipped.skip(Reason.MISSING_FILE, origin, String.valueOf(e.getMessage()));
            return null;
        }
        return new ListedSample(key, file, caption, metadata, origin).load(skipped);
    }

    private String key(long number) {
        Path name = group.file().getFileName();
        String stem = name.toString().replaceFirst("\\.[^.]*$", "");
        return stem + "-"
                + "0".repeat(Math.max(0, ROW_DIGITS - Long.toString(number).length())) + number;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
