package org.glip.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, checked as they are read. One that is missing or of another kind is a
 * {@link JsonException} that names file and field, such as
 * {@code run.json: "mask.sigma" must be a finite number, but is null}.
 */
public final class JsonFields {
    private final String origin;
    private final String place;
    private final JsonObject object;

    /**
     * @param origin what messages call the whole document
     * @param object the document
     */
    JsonFields(String origin, JsonObject object) {
        this(origin, "", object);
    }

    private JsonFields(String origin, String place, JsonObject object) {
        this.origin = origin;
        this.place = place;
        this.object = object;
    }

    /**
     * Returns whether there is a field, be it null.
     *
     * @param name the field
     * @return whether it is there
     */
    public boolean has(String name) {
        return object.has(name);
    }

    /**
     * Returns the names of all fields, in their order.
     *
     * @return the names
     */
    public Set<String> names() {
        return object.keySet();
    }

    /**
     * Returns the object itself, for whoever copies or compares it.
     *
     * @return the object, not a copy
     */
    public JsonObject raw() {
        return object;
    }

    /**
     * Reads an object.
     *
     * @param name the field
     * @return its value
     * @throws JsonException if it is missing or of another kind
     */
    public JsonFields object(String name) throws JsonException {
        if (object.get(name) instanceof JsonObject inner) {
            return new JsonFields(origin, place + name + ".", inner);
        }
        throw wrong(name, "an object");
    }

    /**
     * Reads a list of objects.
     *
     * @param name the field
     * @return the objects in their order
     * @throws JsonException if it is missing or of another kind
     */
    public List<JsonFields> objects(String name) throws JsonException {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonElement element : array(name, "a list of objects")) {
            if (!(element instanceof JsonObject inner)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new JsonFields(origin, place + name + "[" + objects.size() + "].", inner));
        }
        return objects;
    }

    /**
     * Reads a text.
     *
     * @param name the field
     * @return its value
     * @throws JsonException if it is missing or of another kind
     */
    public String text(String name) throws JsonException {
        if (object.get(name) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw wrong(name, "a text");
    }

    /**
     * Reads a list of texts.
     *
     * @param name the field
     * @return the texts in their order
     * @throws JsonException if it is missing or of another kind
     */
    public List<String> texts(String name) throws JsonException {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name, "a list of texts")) {
            if (!(element instanceof JsonPrimitive value) || !value.isString()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(value.getAsString());
        }
        return texts;
    }

    /**
     * Reads a finite number.
     *
     * @param name the field
     * @return its value
     * @throws JsonException if it is missing, of another kind, or too large
     */
    public double number(String name) throws JsonException {
        JsonPrimitive value = numeric(name);
        if (value == null || !Double.isFinite(value.getAsDouble())) {
            throw wrong(name, "a finite number");
        }
        return value.getAsDouble();
    }

    /**
     * Reads a whole number.
     *
     * @param name the field
     * @return its value
     * @throws JsonException if it is missing, of another kind, not whole, or not in the range of a long
     */
    public long whole(String name) throws JsonException {
        JsonPrimitive value = numeric(name);
        if (value == null) {
            throw wrong(name, "a whole number");
        }
        try {
            return value.getAsBigDecimal().longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw wrong(name, "a whole number");
        }
    }

    /**
     * Reads a whole number in the range of an int.
     *
     * @param name the field
     * @return its value
     * @throws JsonException if it is missing, of another kind, not whole, or out of range
     */
    public int integer(String name) throws JsonException {
        long value = whole(name);
        if (value != (int) value) {
            throw wrong(name, "a whole number of at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /**
     * Reads a truth value.
     *
     * @param name the field
     * @return its value
     * @throws JsonException if it is missing or of another kind
     */
    public boolean truth(String name) throws JsonException {
        if (object.get(name) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw wrong(name, "true or false");
    }

    /**
     * Reads all fields as texts.
     *
     * @return field to text, in their order
     * @throws JsonException if one is of another kind
     */
    public Map<String, String> allTexts() throws JsonException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : names()) {
            texts.put(name, text(name));
        }
        return texts;
    }

    /**
     * Reads all fields as finite numbers.
     *
     * @return field to number, in their order
     * @throws JsonException if one is of another kind
     */
    public Map<String, Double> allNumbers() throws JsonException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String name : names()) {
            numbers.put(name, number(name));
        }
        return numbers;
    }

    private @Nullable JsonPrimitive numeric(String name) {
        return object.get(name) instanceof JsonPrimitive value && value.isNumber() ? value : null;
    }

    private JsonArray array(String name, String expected) throws JsonException {
        if (object.get(name) instanceof JsonArray array) {
            return array;
        }
        throw wrong(name, expected);
    }

    private JsonException wrong(String name, String expected) {
        JsonElement found = object.get(name);
        return new JsonException(origin + ": \"" + place + name + "\" must be " + expected + ", but "
                + (found == null ? "is missing" : "is " + StrictJson.excerpt(found.toString())));
    }
}
