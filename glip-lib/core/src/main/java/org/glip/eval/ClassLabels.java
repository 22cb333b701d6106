package org.glip.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The classes of a data set, and how its samples tell their own. Immutable. */
public final class ClassLabels {
    /** 3, "3", "+3" as Python reads it, and the 3.0 of tables that hold numbers as floats. */
    private static final Pattern WHOLE = Pattern.compile("\\+?\\d{1,9}(\\.0+)?");

    private final List<String> names;
    private final String field;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * Names classes, and says where samples tell theirs.
     *
     * @param names the classes in the order of their numbers; of equal names the first counts
     * @param field the metadata field that holds a class name or a class number, as a number or as a text
     */
    public ClassLabels(List<String> names, String field) {
        this.names = List.copyOf(names);
        this.field = field;
        for (int i = 0; i < names.size(); i++) {
            numbers.putIfAbsent(names.get(i), i);
        }
    }

    /** {@return the classes in the order of their numbers} */
    public List<String> names() {
        return names;
    }

    /** {@return the metadata field with the class} */
    public String field() {
        return field;
    }

    /**
     * Returns the class of one sample.
     *
     * @param metadata of the sample
     * @param row the sample's number, for messages
     * @param key the sample's name, for messages
     * @return its class number
     * @throws IllegalArgumentException where it lacks the field or names no class; the sample is named
     */
    public int number(JsonObject metadata, long row, String key) {
        JsonElement value = metadata.get(field);
        if (value == null || !value.isJsonPrimitive()) {
            throw new IllegalArgumentException("picture " + row + " (" + key + ") has no metadata field '" + field
                    + "' with its class"
                    + (metadata.isEmpty() ? "" : ", only " + metadata.keySet())
                    + "; in a shard a .cls member with its number will do");
        }
        String text = value.getAsString().strip();
        Integer named = value.getAsJsonPrimitive().isNumber() ? null : numbers.get(text);
        if (named != null) {
            return named;
        }
        if (WHOLE.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (number < names.size()) {
                return (int) number;
            }
        }
        throw new IllegalArgumentException("picture " + row + " (" + key + ") is of class " + value
                + ", which is none of the " + names.size() + " classes: their numbers are 0 to " + (names.size() - 1)
                + ", their names such as \"" + names.get(0) + "\"");
    }
}
