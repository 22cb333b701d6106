package org.glip.results;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object of a result file, checked as they are read. */
final class JsonFields {
    private final Path file;
    private final String place;
    private final JsonObject object;

    /** The whole content of a file. */
    JsonFields(Path file, JsonObject object) {
        this(file, "", object);
    }

    private JsonFields(Path file, String place, JsonObject object) {
        this.file = file;
        this.place = place;
        this.object = object;
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** The names of all fields, in their order. */
    List<String> names() {
        return List.copyOf(object.keySet());
    }

    JsonFields object(String name) throws ResultFileException {
        if (object.get(name) instanceof JsonObject inner) {
            return new JsonFields(file, place + name + ".", inner);
        }
        throw wrong(name, "an object");
    }

    String text(String name) throws ResultFileException {
        JsonPrimitive value = primitive(object.get(name));
        if (value == null || !value.isString()) {
            throw wrong(name, "a text");
        }
        return value.getAsString();
    }

    double number(String name) throws ResultFileException {
        JsonPrimitive value = primitive(object.get(name));
        if (value == null || !value.isNumber() || !Double.isFinite(value.getAsDouble())) {
            throw wrong(name, "a finite number");
        }
        return value.getAsDouble();
    }

    long integer(String name) throws ResultFileException {
        JsonPrimitive value = primitive(object.get(name));
        try {
            if (value != null && value.isNumber()) {
                return value.getAsBigDecimal().longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(name, "a whole number");
        }
        throw wrong(name, "a whole number");
    }

    /** All fields as texts, in their order. */
    Map<String, String> texts() throws ResultFileException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : object.keySet()) {
            texts.put(name, text(name));
        }
        return texts;
    }

    /** All fields as numbers, in their order. */
    Map<String, Double> numbers() throws ResultFileException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : object.keySet()) {
            numbers.put(name, number(name));
        }
        return numbers;
    }

    private static @Nullable JsonPrimitive primitive(@Nullable JsonElement element) {
        return element instanceof JsonPrimitive value ? value : null;
    }

    private ResultFileException wrong(String name, String expected) {
        JsonElement found = object.get(name);
        return new ResultFileException(
                file,
                "\"" + place + name + "\" must be " + expected + ", but "
                        + (found == null ? "is missing" : "is " + found));
    }
}
