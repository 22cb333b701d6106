package org.glip.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.files.TextLines;
import org.glip.image.ImageTransform;
import org.glip.model.ClipConfig;
import org.glip.model.weights.SafetensorsFile;
import org.glip.model.weights.SafetensorsFile.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Writes the features of listed pictures and texts as safetensors: {@code image} (n, E) and {@code text} (m, E),
 * float32, rows L2-normalised and in the order of the lists. However long the lists, a batch is in memory at a time.
 *
 * @param embedder makes the features
 * @param config of the embedder's model
 * @param progress told how far it is
 */
public record FeatureFile(Embedder embedder, ClipConfig config, Progress progress) {
    /** Is told how far the work is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Rows are done.
         *
         * @param more rows done since the last call
         * @param total rows of both kinds
         */
        void add(long more, long total);
    }

    private static final int PICTURES = 32;
    private static final int TEXTS = 2048;

    /**
     * Embeds and writes.
     *
     * @param out target; it appears whole or not at all
     * @param pictures a list of picture files, a path a line, relative to the list's folder or, where nothing lies
     *     there, to the working folder; or null for none
     * @param texts a list of texts, one a line; or null for none
     * @throws IOException if a list is empty, is not UTF-8, has a blank line before its last or names a picture that
     *     cannot be read (list, line and picture are named), or the target cannot be written; a picture's failure may
     *     come as {@link java.io.UncheckedIOException}
     * @throws IllegalArgumentException if there is neither list
     */
    public void write(Path out, @Nullable Path pictures, @Nullable Path texts) throws IOException {
        if (pictures == null && texts == null) {
            throw new IllegalArgumentException("there is nothing to embed: give a list of pictures, of texts, or both");
        }
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        ImageTransform transform = config.evaluationTransform();
        try (ListedPictures batches = pictures == null ? null : new ListedPictures(pictures, transform, PICTURES);
                TextLines lines = texts == null ? null : TextLines.open(texts)) {
            long images = countLines(pictures);
            long total = images + countLines(texts);
            if (batches != null) {
                matrices.put("image", new Matrix(images, config.embedding(), () -> images(batches, total)));
            }
            if (lines != null) {
                matrices.put("text", new Matrix(total - images, config.embedding(), () -> texts(lines, total)));
            }
            SafetensorsFile.writeMatrices(out, matrices, Map.of());
        }
    }

    /** The file's header comes first and needs the number; an extra pass over a list costs nothing beside the model. */
    private static long countLines(@Nullable Path list) throws IOException {
        long count = 0;
        if (list == null) {
            return count;
        }
        try (TextLines lines = TextLines.open(list)) {
            while (lines.nextEntry() != null) {
                count++;
            }
        }
        if (count == 0) {
            throw new IOException("the list " + list + " is empty");
        }
        return count;
    }

    private float @Nullable [] images(ListedPictures batches, long total) {
        if (!batches.hasNext()) {
            return null;
        }
        return done(embedder.images(List.of(batches.next()).iterator()).images(), total);
    }

    private float @Nullable [] texts(TextLines lines, long total) throws IOException {
        List<String> some = new ArrayList<>();
        while (some.size() < TEXTS) {
            String line = lines.nextEntry();
            if (line == null) {
                break;
            }
            some.add(line);
        }
        return some.isEmpty() ? null : done(embedder.texts(some), total);
    }

    private float[] done(Features features, long total) {
        progress.add(features.count(), total);
        return features.values();
    }
}
