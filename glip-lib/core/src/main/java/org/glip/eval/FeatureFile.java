package org.glip.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.glip.data.SampleRange;
import org.glip.files.TextLines;
import org.glip.model.ClipConfig;
import org.glip.model.weights.SafetensorsFile;
import org.glip.model.weights.SafetensorsFile.Matrix;
import org.glip.model.weights.SafetensorsFile.RowSource;
import org.glip.parts.Part;
import org.glip.parts.PartFile;
import org.glip.parts.PartSet;
import org.glip.parts.RunIdentity;
import org.glip.parts.Section;
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

    private static final String IMAGE = "image";
    private static final String TEXT = "text";
    private static final int PICTURES = 32;

    /** As many as are computed at once several times over, so that each time has the same texts in any part. */
    private static final int TEXTS = 4 * Embedder.TEXTS;

    /**
     * What is listed.
     *
     * @param pictures a list of picture files, a path a line, relative to the list's folder or, where nothing lies
     *     there, to the working folder; or null for none
     * @param texts a list of texts, one a line; or null for none
     */
    public record Lists(@Nullable Path pictures, @Nullable Path texts) {
        /**
         * Checks that there is a list.
         *
         * @throws IllegalArgumentException if there is neither
         */
        public Lists {
            if (pictures == null && texts == null) {
                throw new IllegalArgumentException(
                        "there is nothing to embed: give a list of pictures, of texts, or both");
            }
        }

        /**
         * {@return the SHA-256 of each list, by name, for a {@link RunIdentity}}
         *
         * @throws IOException if a list cannot be read
         */
        public Map<String, String> digests() throws IOException {
            Map<String, String> digests = new LinkedHashMap<>();
            digests.put("list of pictures (SHA-256)", digest(pictures));
            digests.put("list of texts (SHA-256)", digest(texts));
            return digests;
        }

        private static String digest(@Nullable Path list) throws IOException {
            if (list == null) {
                return "none";
            }
            try (TextLines lines = TextLines.open(list)) { // its failures are told as everywhere
                return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(list);
            }
        }
    }

    /**
     * Embeds and writes.
     *
     * @param out target; it appears whole or not at all
     * @param lists what to embed
     * @throws IOException if a list is empty, is not UTF-8, has a blank line before its last or names a picture that
     *     cannot be read (list, line and picture are named), or the target cannot be written; a picture's failure may
     *     come as {@link java.io.UncheckedIOException}
     */
    public void write(Path out, Lists lists) throws IOException {
        Counts counts = Counts.of(lists);
        try (ListedPictures pictures = pictures(lists, new SampleRange(0, counts.pictures));
                TextLines texts = lists.texts == null ? null : TextLines.open(lists.texts)) {
            Map<String, Matrix> matrices = new LinkedHashMap<>();
            if (pictures != null) {
                RowSource rows = () -> images(pictures, counts.total());
                matrices.put(IMAGE, new Matrix(counts.pictures, config.embedding(), rows));
            }
            if (texts != null) {
                RowSource rows = texts(texts, counts.texts, counts.total());
                matrices.put(TEXT, new Matrix(counts.texts, config.embedding(), rows));
            }
            SafetensorsFile.writeMatrices(out, matrices, Map.of());
        }
    }

    /**
     * Embeds a part of the lists and writes the part's file, all or nothing. {@link #merge} makes of all parts, to the
     * last bit, what {@link #write} makes at once.
     *
     * @param out the target of all parts, beside which that of this part appears
     * @param lists what all parts embed
     * @param part which of it
     * @param run what it is a part of, with the digests of lists and model
     * @throws IOException as {@link #write}, of this part's pictures
     */
    public void writePart(Path out, Lists lists, Part part, RunIdentity run) throws IOException {
        Counts counts = Counts.of(lists);
        SampleRange some = part.of(counts.pictures, PICTURES);
        SampleRange lines = part.of(counts.texts, Embedder.TEXTS);
        long total = some.end() - some.first() + lines.end() - lines.first();
        List<Section> sections = new ArrayList<>();
        try (ListedPictures pictures = pictures(lists, some);
                TextLines texts = lists.texts == null ? null : TextLines.open(lists.texts)) {
            if (pictures != null) {
                sections.add(new Section(IMAGE, config.embedding(), () -> images(pictures, total)));
            }
            if (texts != null) {
                for (long line = 0; line < lines.first(); line++) {
                    texts.nextEntry();
                }
                sections.add(new Section(TEXT, config.embedding(), texts(texts, lines.end() - lines.first(), total)));
            }
            PartFile.write(part.file(out), part, run, sections);
        }
    }

    /**
     * Makes one file of those of all parts.
     *
     * @param out target; it appears whole or not at all
     * @param lists what the parts embedded
     * @param config of the model that embedded it
     * @param parts the parts
     * @throws IOException if a part is damaged, or the target cannot be written
     */
    public static void merge(Path out, Lists lists, ClipConfig config, PartSet parts) throws IOException {
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        if (lists.pictures != null) {
            matrices.put(IMAGE, new Matrix(parts.rows(IMAGE), config.embedding(), parts.read(IMAGE)));
        }
        if (lists.texts != null) {
            matrices.put(TEXT, new Matrix(parts.rows(TEXT), config.embedding(), parts.read(TEXT)));
        }
        SafetensorsFile.writeMatrices(out, matrices, Map.of());
    }

    private @Nullable ListedPictures pictures(Lists lists, SampleRange range) throws IOException {
        return lists.pictures == null
                ? null
                : new ListedPictures(lists.pictures, config.evaluationTransform(), PICTURES, range);
    }

    /** How many lines the lists have. */
    private record Counts(long pictures, long texts) {
        static Counts of(Lists lists) throws IOException {
            return new Counts(countLines(lists.pictures), countLines(lists.texts));
        }

        long total() {
            return pictures + texts;
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

    /** So many of the next lines. */
    private RowSource texts(TextLines lines, long count, long total) {
        long[] left = {count};
        return () -> {
            List<String> some = new ArrayList<>();
            for (; some.size() < TEXTS && left[0] > 0; left[0]--) {
                String line = lines.nextEntry();
                if (line == null) {
                    throw new IOException(lines.place() + ": the list has become shorter since its lines were counted");
                }
                some.add(line);
            }
            return some.isEmpty() ? null : done(embedder.texts(some), total);
        };
    }

    private float[] done(Features features, long total) {
        progress.add(features.count(), total);
        return features.values();
    }
}
