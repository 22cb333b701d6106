package org.glip.scenes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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
                WholeShards.read(List.of(shard), Long.MAX_VALUE, sample -> foregrounds.add(Foreground.of(sample)));
            }
        }
        if (foregrounds.isEmpty()) {
            throw new IOException("no foreground shards in " + folder);
        }
        return new ForegroundLibrary(foregrounds);
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
