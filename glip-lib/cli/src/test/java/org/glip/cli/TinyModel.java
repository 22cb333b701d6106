package org.glip.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;

/** The least model, with random weights, as a folder. */
final class TinyModel {
    private TinyModel() {}

    static Path write(Path folder) throws IOException {
        Path model = folder.resolve("model");
        try (NDManager manager = Torch.newManager();
                ClipModel clip = ClipModel.create(ClipConfig.read(TinyData.model(folder)), 3, manager)) {
            ModelFolder.write(model, clip, Map.of());
        }
        return model;
    }

    /** The lines that a run wrote. */
    static List<String> lines(CommandRun run) {
        return run.out().lines().toList();
    }
}
