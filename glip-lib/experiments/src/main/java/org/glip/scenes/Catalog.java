package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.glip.files.Json;
import org.glip.files.JsonFields;

/**
 * The file {@code catalog.json} of a prepared folder: the recipe (all that determines the content), counts, and the
 * size and SHA-256 of every other file.
 */
final class Catalog {
    static final String FILE = "catalog.json";

    private Catalog() {}

    /** Lists the files of a folder and writes its catalogue. */
    static void write(Path folder, JsonObject recipe, JsonObject counts) throws IOException {
        List<Path> files;
        try (Stream<Path> listing = Files.list(folder)) {
            files = listing.sorted().toList();
        }
        JsonObject entries = new JsonObject();
        for (Path file : files) {
            JsonObject entry = new JsonObject();
            entry.addProperty("bytes", Files.size(file));
            entry.addProperty("sha256", new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file));
            entries.add(file.getFileName().toString(), entry);
        }
        JsonObject catalog = new JsonObject();
        catalog.add("recipe", recipe);
        catalog.add("counts", counts);
        catalog.add("files", entries);
        Files.writeString(folder.resolve(FILE), Json.pretty(catalog));
    }

    /**
     * Whether a folder was made by this recipe and its files are still there in full size. Their content is not read:
     * that would cost as much as it saves.
     */
    static boolean isCurrent(Path folder, JsonObject recipe) {
        try {
            JsonFields catalog = read(folder);
            if (!recipe.equals(catalog.raw().get("recipe"))) {
                return false;
            }
            JsonFields files = catalog.object("files");
            for (String name : files.names()) {
                Path file = folder.resolve(name);
                if (!Files.isRegularFile(file)
                        || Files.size(file) != files.object(name).whole("bytes")) {
                    return false;
                }
            }
            return true;
        } catch (IOException | InvalidPathException e) {
            return false; // no catalogue, or none that can be read: the folder is made anew
        }
    }

    /** The catalogue of a folder. */
    static JsonFields read(Path folder) throws IOException {
        return Json.read(folder.resolve(FILE));
    }
}
