package org.glip.model;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * The sentences that fit the captions of a model's training, in a file of their own beside the weights: {@code
 * {"templates": ["a photo of a {}."]}}. open_clip does not look at it.
 */
final class PromptRecord {
    private static final String TEMPLATES = "templates";

    private PromptRecord() {}

    /** Writes the record; where there is none to write, one that is there is taken away. */
    static void write(Path file, @Nullable PromptTemplates prompts) throws IOException {
        if (prompts == null) {
            Files.deleteIfExists(file);
            return;
        }
        JsonObject json = new JsonObject();
        json.add(TEMPLATES, Json.array(prompts.templates()));
        AtomicFile.writeText(file, Json.pretty(json));
    }

    /** @throws IOException where the record is damaged; file and field are named */
    static Optional<PromptTemplates> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PromptTemplates(Json.read(file).texts(TEMPLATES)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": \"" + TEMPLATES + "\": " + e.getMessage(), e);
        }
    }
}
