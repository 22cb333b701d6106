package org.glip.scenes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;

/** The prepared drawings of all styles; the pictures are kept as PNG files, about 100 MB for the whole library. */
final class ForegroundLibrary {
    private final List<Foreground> foregrounds;

    private ForegroundLibrary(List<Foreground> foregrounds) {
        this.foregrounds = List.copyOf(foregrounds);
    }

    /**
     * Reads a folder that {@link ForegroundPreparation} made, or the committed subset. A style whose shard is not there
     * is absent.
     *
     * @throws IOException if a shard is damaged, or there is none
     */
    static ForegroundLibrary read(Path folder) throws IOException {
        List<Foreground> foregrounds = new ArrayList<>();
        for (ForegroundSource source : ForegroundSource.ALL) {
            Path shard = folder.resolve(source.style() + ".tar");
            if (Files.exists(shard)) {
                readShard(shard, foregrounds);
            }
        }
        if (foregrounds.isEmpty()) {
            throw new IOException("no foreground shards in " + folder);
        }
        return new ForegroundLibrary(foregrounds);
    }

    private static void readShard(Path shard, List<Foreground> foregrounds) throws IOException {
        SkipLog skipped = new SkipLog();
        try (SampleSource.Pass reader = SampleSource.shards(List.of(shard)).open(skipped)) {
            while (reader.hasNext()) {
                foregrounds.add(Foreground.of(reader.next()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (skipped.count() > 0) {
            throw new IOException(shard + " is damaged: " + skipped.summary());
        }
    }

    /** All drawings, style by style. */
    List<Foreground> all() {
        return foregrounds;
    }

    /** The styles that are there. */
    Set<String> styles() {
        return foregrounds.stream().map(Foreground::style).collect(Collectors.toSet());
    }
}
