package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.glip.files.Json;

/**
 * A prepared Scenes data set.
 *
 * <p>{@link #open} makes it if it is not there yet, which takes minutes the first time and nothing afterwards. Under
 * the data root lie {@code downloads/} (by {@code data-scripts/fetch-scenes.sh}), {@code scenes/VERSION/foregrounds/}
 * and, for each configuration, {@code scenes/VERSION/PRESET/}: shards {@code train-00000.tar} and so on,
 * {@code labels.json}, {@code catalog.json}, {@code LICENSES.md}. A folder appears only when it is complete; two
 * programs that prepare the same data wait for one another.
 */
public final class Scenes {
    private static final int MAX_THREADS = 8;

    private final Path folder;
    private final ScenesConfig config;
    private final Composer composer;

    private Scenes(Path folder, ScenesConfig config, Composer composer) {
        this.folder = folder;
        this.config = config;
        this.composer = composer;
    }

    /** Opens a configuration made from the same drawings. */
    @FunctionalInterface
    private interface Composer {
        Scenes open(ScenesConfig config, ScenesProgress progress) throws IOException;
    }

    /**
     * Like {@link #open(Path, ScenesConfig, ScenesProgress)}, without telling anybody how far it is.
     *
     * @param dataRoot the folder that was given to {@code data-scripts/fetch-scenes.sh}
     * @param config what to compose
     * @return the data set
     * @throws IOException if a file cannot be read
     */
    public static Scenes open(Path dataRoot, ScenesConfig config) throws IOException {
        return open(dataRoot, config, ScenesProgress.NONE);
    }

    /**
     * Opens the data set made from the fetched packages.
     *
     * @param dataRoot the folder that was given to {@code data-scripts/fetch-scenes.sh}
     * @param config what to compose
     * @param progress told how far it is
     * @return the data set
     * @throws IOException if a package is missing or damaged and the data are not prepared yet; the message says what
     *     to run
     */
    public static Scenes open(Path dataRoot, ScenesConfig config, ScenesProgress progress) throws IOException {
        return open(dataRoot, config, progress, threads());
    }

    static Scenes open(Path dataRoot, ScenesConfig config, ScenesProgress progress, int threads) throws IOException {
        Path home = dataRoot.resolve("scenes").resolve(config.version().id());
        JsonObject recipe = ForegroundPreparation.recipe(config.version());
        return compose(home, config, recipe, progress, threads, foregrounds -> {
            Path downloads = dataRoot.resolve("downloads");
            new ForegroundPreparation(config.version(), downloads, threads, progress).prepare(foregrounds);
        });
    }

    /**
     * Like {@link #openMini(Path, ScenesConfig, ScenesProgress)}, without telling anybody how far it is.
     *
     * @param dataRoot a folder to compose in
     * @param config what to compose
     * @return the data set
     * @throws IOException if a file cannot be read
     */
    public static Scenes openMini(Path dataRoot, ScenesConfig config) throws IOException {
        return openMini(dataRoot, config, ScenesProgress.NONE);
    }

    /**
     * Opens the small data set made from the drawings that the library carries with it: 64 concepts in five styles, no
     * network, seconds. It is for tests and first tries; nothing can be concluded from what a model learns on it.
     *
     * @param dataRoot a folder to compose in
     * @param config what to compose
     * @param progress told how far it is
     * @return the data set
     * @throws IOException if a file cannot be read
     */
    public static Scenes openMini(Path dataRoot, ScenesConfig config, ScenesProgress progress) throws IOException {
        return openMini(dataRoot, config, progress, threads());
    }

    static Scenes openMini(Path dataRoot, ScenesConfig config, ScenesProgress progress, int threads)
            throws IOException {
        Path home = dataRoot.resolve("scenes").resolve(config.version().id() + "-mini");
        return compose(home, config, MiniForegrounds.recipe(), progress, threads, MiniForegrounds::unpack);
    }

    /** Makes the foreground library at a place, if it is not there. */
    @FunctionalInterface
    private interface ForegroundMaker {
        void makeAt(Path folder) throws IOException;
    }

    private static Scenes compose(
            Path home,
            ScenesConfig config,
            JsonObject foregroundRecipe,
            ScenesProgress progress,
            int threads,
            ForegroundMaker foregroundMaker)
            throws IOException {
        Path folder = home.resolve(config.folderName());
        ScenesPreparation preparation = new ScenesPreparation(config, threads, progress);
        PreparedFolder.prepare(folder, preparation.recipe(foregroundRecipe), temporary -> {
            Path foregrounds = home.resolve("foregrounds");
            foregroundMaker.makeAt(foregrounds);
            return preparation.make(ForegroundLibrary.read(foregrounds), temporary);
        });
        return new Scenes(
                folder,
                config,
                (other, watcher) -> compose(home, other, foregroundRecipe, watcher, threads, foregroundMaker));
    }

    private static int threads() {
        return Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Returns the same drawings under another preset, for testing only: its test pictures are those that {@link #open}
     * gives for that preset, but of training pictures it has a single one, so that it is made in seconds.
     *
     * @param preset where the objects lie
     * @param progress told while it is made
     * @return the data; this object if it is of that preset already
     * @throws IOException if it cannot be made
     */
    public Scenes forTesting(ScenesPreset preset, ScenesProgress progress) throws IOException {
        return preset == config.preset()
                ? this
                : composer.open(config.withPreset(preset).withTrainSamples(1), progress);
    }

    @Override
    public String toString() {
        return "Scenes " + config.preset() + " in " + folder;
    }

    /** {@return what it was made with} */
    public ScenesConfig config() {
        return config;
    }

    /** {@return where it lies} */
    public Path folder() {
        return folder;
    }

    /**
     * {@return the training shards, in order}
     *
     * @throws IOException if a file cannot be read
     */
    public List<Path> train() throws IOException {
        return shards(ScenesSplit.TRAIN);
    }

    /**
     * {@return the shards of a split, in order; empty if the split has no samples}
     *
     * @param split which part
     * @throws IOException if a file cannot be read
     */
    public List<Path> shards(ScenesSplit split) throws IOException {
        String prefix = split.id() + "-";
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(prefix) && name.endsWith(".tar");
                    })
                    .sorted()
                    .toList();
        }
    }

    /**
     * {@return how many samples a split has}
     *
     * @param split which part
     * @throws IOException if a file cannot be read
     */
    public int samples(ScenesSplit split) throws IOException {
        return Catalog.read(folder).object("counts").integer(split.id());
    }

    /**
     * {@return the classes of a split}
     *
     * @param split which part
     * @throws IOException if a file cannot be read
     */
    public ScenesLabels labels(ScenesSplit split) throws IOException {
        return ScenesLabels.of(
                Json.read(folder.resolve(ScenesPreparation.LABELS)).object(split.id()));
    }

    /**
     * {@return the class names of zero-shot classification} In version 1 all labels of the test, from version 2 on all
     * that training shows, of which a few have no test picture.
     *
     * @throws IOException if a file cannot be read
     */
    public List<String> classNames() throws IOException {
        return labels(config.version() == ScenesVersion.V1 ? ScenesSplit.TEST_STYLE : ScenesSplit.TRAIN)
                .labels();
    }

    /**
     * {@return all that determines the data, for the provenance of results}
     *
     * @throws IOException if a file cannot be read
     */
    public JsonObject recipe() throws IOException {
        return Catalog.read(folder).object("recipe").raw();
    }
}
