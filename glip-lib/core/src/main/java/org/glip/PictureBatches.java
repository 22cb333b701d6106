package org.glip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.glip.image.DecodingMemory;
import org.glip.image.EncodedPicture;
import org.jspecify.annotations.Nullable;

/**
 * Takes pictures a batch at a time, so that however many there are, the pixels of one batch are in memory. Those of a
 * batch are decoded on all cores.
 */
final class PictureBatches {
    /** Enough to keep the cores busy; 19 MB of pixels at 224 x 224. */
    static final int MOST = 32;

    private final Iterator<Picture> pictures;
    private final Preprocessing preprocessing;
    private final DecodingMemory memory = DecodingMemory.ofTheHeap();
    private final List<Picture> batch = new ArrayList<>();
    private final float @Nullable [][] pixels = new float[MOST][];
    private final @Nullable IOException[] failures = new IOException[MOST];

    PictureBatches(Iterator<Picture> pictures, Preprocessing preprocessing) {
        this.pictures = pictures;
        this.preprocessing = preprocessing;
    }

    /** Decodes the next batch; false if no picture is left. */
    boolean next() {
        batch.clear();
        while (batch.size() < MOST && pictures.hasNext()) {
            batch.add(pictures.next());
        }
        IntStream.range(0, batch.size()).parallel().forEach(this::decode);
        return !batch.isEmpty();
    }

    private void decode(int place) {
        Picture picture = batch.get(place);
        pixels[place] = null;
        failures[place] = null;
        try {
            EncodedPicture encoded = picture.open();
            try (DecodingMemory.Room room = memory.roomFor(encoded)) {
                pixels[place] = preprocessing.pixels(encoded.decode());
            }
        } catch (IOException e) {
            failures[place] = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a picture is decoded");
        } catch (RuntimeException e) {
            throw new IllegalStateException(picture.name() + " could not be prepared: " + e, e);
        }
    }

    /** Returns the pixels (3,S,S) of those pictures of the batch that could be read. */
    List<float[]> pixels() {
        return Arrays.stream(pixels, 0, batch.size()).filter(Objects::nonNull).toList();
    }

    /**
     * Tells what became of each picture of the batch.
     *
     * @param results for those that could be read, in order
     * @throws IOException if the listener wants a failure to end the work
     */
    <R> void tell(List<R> results, Picture.Listener<R> listener) throws IOException {
        Iterator<R> next = results.iterator();
        for (int i = 0; i < batch.size(); i++) {
            IOException failure = failures[i];
            if (failure == null) {
                listener.done(batch.get(i), next.next());
            } else {
                listener.failed(batch.get(i), failure);
            }
        }
    }
}
