package org.glip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.glip.files.Resources;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;

/**
 * The model that comes with the library, laid out in a temporary folder that closing removes. Its card, in the same
 * package of the jar, says what it knows and how it was made.
 */
final class PretrainedModel implements AutoCloseable {
    private static final String RESOURCES = "pretrained/";
    private static final List<String> FILES = List.of(ModelFolder.WEIGHTS, ModelFolder.CONFIG, ModelFolder.PROMPTS);

    private final Path folder;

    private PretrainedModel(Path folder) {
        this.folder = folder;
    }

    /** Lays it out; no model may be loaded from there once this is closed. */
    static PretrainedModel unpack() throws IOException {
        PretrainedModel model = new PretrainedModel(Files.createTempDirectory("glip-pretrained"));
        try {
            for (String name : FILES) {
                try (InputStream bytes = Resources.open(Clip.class, RESOURCES + name)) {
                    Files.copy(bytes, model.folder.resolve(name));
                }
            }
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    static ClipConfig config() {
        return ClipConfig.parse(
                Resources.text(Clip.class, RESOURCES + ModelFolder.CONFIG), "the model that comes with the library");
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        PathUtils.deleteDirectory(folder);
    }
}
