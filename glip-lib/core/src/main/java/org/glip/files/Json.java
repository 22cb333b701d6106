package org.glip.files;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Collection;

/**
 * The one way in which this library reads JSON that it or its users wrote: one document by the letter of RFC 8259,
 * without comments, NaN, a name twice in one object, or text after its end. What is wrong is a {@link JsonException}
 * that names the file.
 *
 * <p>The metadata of webdataset samples are not read here: shards are made by many tools, and one odd sample is left
 * out, not an error.
 */
public final class Json {
    /** Takes the elements of a list. */
    @FunctionalInterface
    public interface ElementSink {
        /**
         * Takes an element.
         *
         * @param element its value
         * @param index its place in the list, from 0
         * @throws IOException ends the reading
         */
        void accept(JsonElement element, int index) throws IOException;
    }

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private Json() {}

    /**
     * Reads a file that holds an object, in UTF-8.
     *
     * @param file the file
     * @return its object
     * @throws JsonException if the content is no JSON object
     * @throws IOException if the file cannot be read
     */
    public static JsonFields read(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = TextFile.reader(file)) {
            reader.transferTo(text);
            return parse(text.toString(), file.toString());
        } catch (CharacterCodingException e) {
            throw StrictJson.malformed(file.toString(), e);
        }
    }

    /**
     * Parses a text that holds an object.
     *
     * @param text the text
     * @param origin what messages call it: a file, or a part of one
     * @return the object
     * @throws JsonException if the text is no JSON object
     */
    public static JsonFields parse(String text, String origin) throws JsonException {
        return of(element(text, origin), origin);
    }

    /**
     * Parses a text that holds any JSON value.
     *
     * @param text the text
     * @param origin what messages call it
     * @return the value
     * @throws JsonException if the text is no JSON
     */
    public static JsonElement element(String text, String origin) throws JsonException {
        return StrictJson.parse(text, origin);
    }

    /**
     * Reads the elements of one list one by one, from a file too large to be held: an object in which the list is a
     * field.
     *
     * @param file the file, in UTF-8
     * @param list the field
     * @param sink takes the elements in their order
     * @return whether there is such a field
     * @throws JsonException if the content is no JSON object or the field is no list; elements before may have been
     *     taken
     * @throws IOException if the file cannot be read, or the sink refuses an element
     */
    public static boolean stream(Path file, String list, ElementSink sink) throws IOException {
        return StrictJson.stream(file, list, sink);
    }

    /**
     * Looks at a value that was read elsewhere.
     *
     * @param element an object
     * @param origin what messages call it
     * @return the object
     * @throws JsonException if it is no object
     */
    public static JsonFields of(JsonElement element, String origin) throws JsonException {
        if (element instanceof JsonObject object) {
            return new JsonFields(origin, object);
        }
        throw new JsonException(origin + " is not a JSON object");
    }

    /**
     * Returns texts as a JSON list.
     *
     * @param texts the texts
     * @return a new list of them
     */
    public static JsonArray array(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    /**
     * Returns a value as text for people, too: indented, with a line's end at the end.
     *
     * @param element the value
     * @return the text
     */
    public static String pretty(JsonElement element) {
        return PRETTY.toJson(element) + "\n";
    }
}
