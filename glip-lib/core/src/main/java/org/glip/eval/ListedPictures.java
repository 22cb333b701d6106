package org.glip.eval;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.glip.data.Batch;
import org.glip.data.SampleRange;
import org.glip.data.StreamPosition;
import org.glip.files.FileNames;
import org.glip.files.Reasons;
import org.glip.files.TextLines;
import org.glip.image.DecodingMemory;
import org.glip.image.EncodedPicture;
import org.glip.image.ImageDecoder;
import org.glip.image.ImageTransform;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that a list names, a path a line, in batches and in the order of the list. Paths are relative to the
 * list's folder, or, where nothing lies there, to the working folder.
 *
 * <p>Nothing is skipped, since row i of the features must be picture i: {@link #hasNext} throws
 * {@link UncheckedIOException} for a picture that cannot be read, naming it and the line. Pictures are decoded on all
 * cores; one batch is in memory at a time.
 */
final class ListedPictures implements Iterator<Batch>, Closeable {
    private final Path list;
    private final TextLines lines;
    private final ImageTransform transform;
    private final int batchSize;
    private final DecodingMemory memory = DecodingMemory.ofTheHeap();
    private final long end;
    private long delivered;
    private @Nullable Batch upcoming;

    /** A line of the list. */
    private record Entry(Path file, String place) {}

    /** @param range the pictures wanted, of whole batches */
    ListedPictures(Path list, ImageTransform transform, int batchSize, SampleRange range) throws IOException {
        this.list = list;
        this.transform = transform;
        this.batchSize = batchSize;
        this.lines = TextLines.open(list);
        this.end = range.end();
        while (delivered < range.first() && lines.nextEntry() != null) {
            delivered++;
        }
    }

    @Override
    public boolean hasNext() {
        if (upcoming == null) {
            try {
                upcoming = load(nextEntries());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        return upcoming != null;
    }

    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more pictures");
        }
        Batch batch = upcoming;
        upcoming = null;
        return batch;
    }

    private List<Entry> nextEntries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < batchSize && delivered + entries.size() < end) {
            String line = lines.nextEntry();
            if (line == null) {
                break;
            }
            entries.add(new Entry(FileNames.find(list, FileNames.check(line, lines.place())), lines.place()));
        }
        return entries;
    }

    private @Nullable Batch load(List<Entry> entries) {
        if (entries.isEmpty()) {
            return null;
        }
        int n = entries.size();
        List<float[]> pixels = entries.parallelStream().map(this::pixels).toList();
        long first = delivered;
        delivered += n;
        return new Batch(
                first,
                n,
                transform.outputSize(),
                pixels,
                List.of(),
                entries.stream().map(entry -> entry.file.toString()).toList(),
                Collections.nCopies(n, ""),
                Collections.nCopies(n, new JsonObject()),
                0,
                new StreamPosition(0, delivered, delivered));
    }

    private float[] pixels(Entry entry) {
        float[] pixels = new float[3 * transform.outputSize() * transform.outputSize()];
        try {
            EncodedPicture picture = ImageDecoder.open(Files.readAllBytes(entry.file), entry.file.toString());
            try (DecodingMemory.Room room = memory.roomFor(picture)) {
                transform.apply(picture.decode(), new SplittableRandom(0), pixels, 0);
            }
            return pixels;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a picture is decoded");
        } catch (NoSuchFileException e) {
            throw failure(entry, new IOException("there is no file " + entry.file, e));
        } catch (IOException e) {
            throw failure(entry, e);
        }
    }

    private static UncheckedIOException failure(Entry entry, IOException cause) {
        String message = entry.place + ": " + Reasons.of(cause);
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
