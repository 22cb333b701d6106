package org.glip.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.BatchLoader;
import org.glip.data.CountedBatches;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.data.SkipCounts;
import org.glip.engine.ProcessGroup;
import org.glip.mask.Mask;
import org.glip.parts.Part;
import org.glip.parts.PartFile;
import org.glip.parts.PartSet;
import org.glip.parts.RunIdentity;
import org.glip.parts.Section;
import org.glip.text.ClipTokenizer;

/**
 * The features of data sets' pictures: computed at once, or in parts that are put together afterwards, or by several
 * processes side by side; to the same bits.
 *
 * @param embedder of the model
 * @param loading batches of how many, in the model's size; not shuffled
 * @param view what is shown of each picture
 */
public record PictureEmbedding(Embedder embedder, LoaderConfig loading, View view) {
    /**
     * What the model sees of a picture.
     *
     * @param mask what it does not see
     * @param seed of the masks
     * @param draws masks a picture, whose features are averaged
     */
    public record View(Mask mask, long seed, int draws) {}

    /**
     * The pictures of a set, and what is not among them.
     *
     * @param pictures with their features
     * @param skipped how many samples were left out, and why
     */
    public record Found(EmbeddedSet pictures, SkipCounts skipped) {}

    /** Is told how far the work is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Pictures are done.
         *
         * @param set the name of their set
         * @param done how many of it
         */
        void update(String set, long done);
    }

    /**
     * Embeds all pictures of a set.
     *
     * @param name of the set
     * @param source the set
     * @param progress told how many are done
     * @return their features
     * @throws java.io.UncheckedIOException where the source is broken, or has no picture that can be used
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Found whole(String name, SampleSource source, Progress progress) {
        try (BatchLoader loader = BatchLoader.singleEpoch(source, ClipTokenizer.load(), loading)) {
            CountedBatches batches = new CountedBatches(loader, done -> progress.update(name, done));
            EmbeddedSet pictures = embedder.images(batches, view.mask, view.seed, view.draws);
            return new Found(pictures, new SkipCounts(loader.skipped().counts()));
        }
    }

    /**
     * Embeds a part of the pictures of each set and writes the part's file, all or nothing. From the files of all parts
     * {@link #merged} reads what {@link #whole} gives.
     *
     * @param out the file that all parts together become, beside which that of this part appears
     * @param sets the sets by name; shards with a {@link org.glip.data.DataIndex}
     * @param part which part of each
     * @param run what it is a part of
     * @param progress told how many are done
     * @throws IOException where a source is broken, or the file cannot be written; it may come as
     *     {@link java.io.UncheckedIOException}
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public void writePart(Path out, Map<String, SampleSource> sets, Part part, RunIdentity run, Progress progress)
            throws IOException {
        Map<String, PartPictures> works = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, SampleSource> set : sets.entrySet()) {
                works.put(set.getKey(), pictures(set.getValue(), part));
            }
            List<Section> sections = new ArrayList<>();
            works.forEach((name, work) -> sections.add(work.section(name, progress)));
            PartFile.write(part.file(out), part, run, sections);
        } finally {
            works.values().forEach(PartPictures::close);
        }
    }

    private PartPictures pictures(SampleSource source, Part part) throws IOException {
        return new PartPictures(this, source, part.of(source.countSamples(), loading.batchSize()));
    }

    /**
     * Reads what the parts found of a set.
     *
     * @param name of the set
     * @param source the set, as the parts had it
     * @param parts the files of all parts
     * @return the pictures, as {@link #whole} gives them
     * @throws IOException where a file is damaged, or the parts have no picture
     */
    public static Found merged(String name, SampleSource source, PartSet parts) throws IOException {
        GatheredPictures gathered = new GatheredPictures(source);
        parts.forEach(file -> gathered.add(name, file));
        return gathered.found();
    }

    /**
     * Embeds the pictures of a set in several processes, each a part of them; to be called by all.
     *
     * @param name of the set
     * @param source the set; shards with a {@link org.glip.data.DataIndex}
     * @param ranks the processes
     * @param progress told how many are done here
     * @return on every rank all pictures, as {@link #whole} gives them
     * @throws IOException where a source is broken, or has no picture that can be used; it may come as
     *     {@link java.io.UncheckedIOException}
     * @throws org.glip.engine.LostRankException where another process has ended or says nothing
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Found ranked(String name, SampleSource source, ProcessGroup ranks, Progress progress) throws IOException {
        long samples = source.countSamples();
        long rounds = 0;
        for (Part part : Part.all(ranks.size())) {
            rounds = Math.max(rounds, part.of(samples, loading.batchSize()).batches(loading.batchSize()));
        }
        List<GatheredPictures> gathered = new ArrayList<>();
        for (int rank = 0; rank < ranks.size(); rank++) {
            gathered.add(new GatheredPictures(source));
        }
        try (PartPictures own = pictures(source, new Part(ranks.rank() + 1, ranks.size()))) {
            long done = 0;
            for (long round = 0; round < rounds; round++) {
                EmbeddedSet batch = own.next();
                done += batch == null ? 0 : batch.keys().size();
                progress.update(name, done);
                List<String> told = ranks.tell(batch == null ? "" : SampleLines.encoded(batch));
                for (int rank = 0; rank < told.size(); rank++) {
                    gathered.get(rank).add(told.get(rank));
                }
            }
            List<String> skipped = ranks.tell(own.skipped().toJson().toString());
            for (int rank = 0; rank < skipped.size(); rank++) {
                gathered.get(0).addSkipped(skipped.get(rank));
            }
        }
        gathered.stream().skip(1).forEach(gathered.get(0)::add);
        return gathered.get(0).found();
    }
}
