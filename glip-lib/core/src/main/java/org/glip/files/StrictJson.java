package org.glip.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/**
 * Parses JSON by the letter of RFC 8259: no comments, single quotes, NaN or text after the document, as Gson's strict
 * mode has it; nor a name twice in one object, of which Gson would keep the last. Nested at most as deep as Gson allows
 * (255).
 */
final class StrictJson {
    /** The advice of Gson's messages to allow what the standard does not. */
    private static final String ADVICE = "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON";

    private static final int EXCERPT = 200;

    private StrictJson() {}

    static JsonElement parse(String text, String origin) throws JsonException {
        JsonReader reader = reader(new StringReader(text));
        try {
            JsonElement element = next(reader);
            requireEnd(reader);
            return element;
        } catch (IOException | JsonParseException e) {
            throw malformed(origin, e);
        }
    }

    /** As {@link Json#stream}. */
    static boolean stream(Path file, String list, Json.ElementSink sink) throws IOException {
        boolean found = false;
        try (JsonReader json = reader(TextFile.reader(file))) {
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new JsonException(file + " is not a JSON object");
            }
            json.beginObject();
            while (json.hasNext()) {
                if (!json.nextName().equals(list)) {
                    json.skipValue();
                    continue;
                }
                if (found || json.peek() != JsonToken.BEGIN_ARRAY) {
                    throw new JsonException(file + ": \"" + list + "\" must be one list");
                }
                found = true;
                json.beginArray();
                for (int index = 0; json.hasNext(); index++) {
                    sink.accept(next(json), index);
                }
                json.endArray();
            }
            json.endObject();
            requireEnd(json);
            return found;
        } catch (MalformedJsonException | EOFException | CharacterCodingException | JsonParseException e) {
            throw malformed(file.toString(), e);
        }
    }

    static JsonException malformed(String origin, Exception cause) {
        if (cause instanceof WrongEncodingException) {
            return new JsonException(cause.getMessage());
        }
        return new JsonException(origin + " is not JSON, or damaged: "
                + (cause instanceof CharacterCodingException ? "it is not UTF-8" : reason(cause)));
    }

    private static void requireEnd(JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new MalformedJsonException("text after the document's end at " + reader.getPath());
        }
    }

    private static JsonReader reader(Reader text) {
        JsonReader reader = new JsonReader(text);
        reader.setStrictness(Strictness.STRICT);
        return reader;
    }

    private static JsonElement next(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            default -> JsonParser.parseReader(reader);
        };
    }

    private static JsonObject object(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new MalformedJsonException(
                        "\"" + name + "\" stands twice in one object, path " + reader.getPath());
            }
            object.add(name, next(reader));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray array(JsonReader reader) throws IOException {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(next(reader));
        }
        reader.endArray();
        return array;
    }

    /**
     * What Gson found, in words of a reader of JSON, without the name of its exception and the address of its manual.
     */
    private static String reason(Exception e) {
        String message = Reasons.of(e.getCause() instanceof Exception cause ? cause : e);
        return excerpt(message.lines().findFirst().orElse("unknown reason").replace(ADVICE, "unexpected text"));
    }

    /** The beginning of a text that may be as long as a file. */
    static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "...";
    }
}
