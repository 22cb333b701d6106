package org.glip.scenes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** JSON as Scenes reads and writes it. */
final class Json {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Json() {}

    /**
     * Parses a document.
     *
     * @param name what messages call it
     * @throws IOException if it is no JSON
     */
    static JsonElement parse(byte[] document, String name) throws IOException {
        try {
            return JsonParser.parseString(new String(document, StandardCharsets.UTF_8));
        } catch (JsonParseException e) {
            throw new IOException(name + " is not JSON: " + e.getMessage(), e);
        }
    }

    static List<String> strings(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }

    static JsonArray array(Collection<String> strings) {
        JsonArray array = new JsonArray();
        strings.forEach(array::add);
        return array;
    }

    /** Writes a document for people, too: indented, with a line's end at the end. */
    static void write(Path file, JsonElement document) throws IOException {
        Files.writeString(file, PRETTY.toJson(document) + "\n");
    }
}
