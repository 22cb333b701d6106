package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.files.Json;

/** The small foreground library that is committed to the repository and lies on the class path. */
final class MiniForegrounds {
    private static final String FOLDER = "scenes-mini/";

    private MiniForegrounds() {}

    /** The catalogue that was committed with it, which holds the checksums of all its parts. */
    static JsonObject recipe() throws IOException {
        String name = FOLDER + Catalog.FILE;
        return Json.parse(new String(ScenesResources.read(name), StandardCharsets.UTF_8), name)
                .raw();
    }

    /** Writes it into a folder, unless it is there. */
    static void unpack(Path folder) throws IOException {
        JsonObject recipe = recipe();
        PreparedFolder.prepare(folder, recipe, temporary -> {
            for (String file : recipe.getAsJsonObject("files").keySet()) {
                Files.write(temporary.resolve(file), ScenesResources.read(FOLDER + file));
            }
            return new JsonObject();
        });
    }
}
