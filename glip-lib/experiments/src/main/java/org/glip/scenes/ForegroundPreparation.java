package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.WebDatasetWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the foreground library from the fetched packages: a webdataset shard for each style, {@code catalog.json},
 * {@code LICENSES.md}. A drawing that shows no known concept, another skin tone than the default, or nothing is left
 * out and counted.
 */
final class ForegroundPreparation {
    private static final Logger LOG = LoggerFactory.getLogger(ForegroundPreparation.class);

    private final ScenesVersion version;
    private final Path downloads;
    private final Map<String, PinnedPackage> packages;
    private final OrderedParallel parallel;
    private final ScenesProgress progress;

    /**
     * @param version whose styles
     * @param downloads the folder that {@code data-scripts/fetch-scenes.sh} filled
     * @param threads how many draw; the result does not depend on it
     */
    ForegroundPreparation(ScenesVersion version, Path downloads, int threads, ScenesProgress progress)
            throws IOException {
        this.version = version;
        this.downloads = downloads;
        this.packages = PinnedPackage.of(version).stream().collect(Collectors.toMap(PinnedPackage::name, p -> p));
        this.parallel = new OrderedParallel(threads);
        this.progress = progress;
    }

    /** What determines the library: the version of the recipe and the sums of the packages. */
    static JsonObject recipe(ScenesVersion version) throws IOException {
        JsonObject sums = new JsonObject();
        for (PinnedPackage pinned : PinnedPackage.of(version)) {
            sums.addProperty(pinned.name() + "@" + pinned.version(), pinned.sha256());
        }
        JsonObject recipe = new JsonObject();
        recipe.addProperty("version", version.id());
        recipe.add("packages", sums);
        return recipe;
    }

    /**
     * Makes the library unless it is there.
     *
     * @param folder where it is to be
     * @throws IOException if a package is missing, damaged or not as expected; the message names it
     */
    void prepare(Path folder) throws IOException {
        PreparedFolder.prepare(folder, recipe(version), this::make);
    }

    private JsonObject make(Path folder) throws IOException {
        // All packages are checked before the long work begins.
        Map<String, Path> archives = new HashMap<>();
        for (PinnedPackage pinned : packages.values()) {
            archives.put(pinned.name(), pinned.verifiedIn(downloads));
        }
        ConceptTable concepts = ConceptTable.read(archives.get(ForegroundSource.LABELS_PACKAGE));
        JsonObject counts = new JsonObject();
        for (ForegroundSource source : ForegroundSource.of(version)) {
            StyleDrawings style = StyleDrawings.read(source, archives.get(source.packageName()), concepts);
            counts.add(source.style(), write(source, style, folder.resolve(source.style() + ".tar")));
        }
        ScenesLicences.write(folder, counts.keySet());
        return counts;
    }

    private JsonObject write(ForegroundSource source, StyleDrawings style, Path shard) throws IOException {
        List<Drawing> drawings = style.drawings();
        Map<String, Integer> drawn = new HashMap<>();
        Set<String> seen = new HashSet<>();
        int[] leftOut = new int[2]; // nothing to be seen; one concept's picture twice
        try (WebDatasetWriter writer = new WebDatasetWriter(shard)) {
            parallel.run(drawings.size(), index -> draw(drawings.get(index)), (index, png) -> {
                progress.update("drawings: " + source.style(), index + 1L, drawings.size());
                Concept concept = drawings.get(index).concept();
                if (png.isEmpty()) {
                    leftOut[0]++;
                } else if (!seen.add(concept.id() + DigestUtils.sha256Hex(png.get()))) {
                    leftOut[1]++;
                } else {
                    int number = drawn.merge(concept.id(), 1, Integer::sum);
                    String key = concept.id().toLowerCase(Locale.ROOT) + (number > 1 ? "_" + number : "");
                    writer.write(
                            new Foreground(key, concept, source.style(), png.get(), key).toSample(source.licence()));
                }
            });
            writer.commit();
        }
        JsonObject counts = new JsonObject();
        counts.addProperty("drawings", seen.size());
        counts.addProperty("concepts", drawn.size());
        counts.addProperty("otherSkinTones", style.otherTones());
        counts.addProperty("unmatched", style.unmatched());
        counts.addProperty("withdrawn", style.hidden());
        counts.addProperty("undrawable", leftOut[0]);
        counts.addProperty("repeated", leftOut[1]);
        return counts;
    }

    /** The drawing as PNG; empty, and logged, if it cannot be drawn or shows nothing. */
    private static Optional<byte[]> draw(Drawing drawing) throws IOException {
        ArgbImage foreground;
        try {
            foreground = drawing.toForeground();
        } catch (IOException e) {
            LOG.warn("left out: {}", e.getMessage());
            return Optional.empty();
        }
        if (foreground == null) {
            LOG.warn("left out: {} shows nothing", drawing.name());
            return Optional.empty();
        }
        return Optional.of(foreground.encodePng());
    }
}
