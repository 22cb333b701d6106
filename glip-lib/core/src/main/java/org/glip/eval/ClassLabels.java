package org.glip.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.glip.data.SampleMetadata;

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
        return classOf(value.getAsJsonPrimitive())
                .orElseThrow(() -> new IllegalArgumentException("picture " + row + " (" + key + ") is of class " + value
                        + ", which is none of the " + names.size() + " classes: their numbers are 0 to "
                        + (names.size() - 1) + ", their names such as \"" + names.get(0) + "\""));
    }

    private OptionalInt classOf(JsonPrimitive value) {
        String text = value.getAsString().strip();
        Integer named = value.isNumber() ? null : numbers.get(text);
        if (named != null) {
            return OptionalInt.of(named);
        }
        if (WHOLE.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (number < names.size()) {
                return OptionalInt.of((int) number);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Looks whether samples have a cls member beside the field that says something else.
     *
     * @param metadata of the samples
     * @param labels their classes by the field
     * @param keys their names
     * @return one sentence about all that do; nothing if none does
     */
    Optional<String> contradicted(List<JsonObject> metadata, int[] labels, List<String> keys) {
        int[] rows = IntStream.range(0, labels.length)
                .filter(row -> metadata.get(row).get(SampleMetadata.CLS) instanceof JsonPrimitive cls
                        && classOf(cls).orElse(labels[row]) != labels[row])
                .toArray();
        if (rows.length == 0) {
            return Optional.empty();
        }
        return Optional.of(
                rows.length + " of " + labels.length + " pictures have a .cls member that names another class"
                        + " than '" + field + "' in their .json, such as " + keys.get(rows[0]) + " ("
                        + names.get(labels[rows[0]])
                        + "): '" + field + "' counts; --label-field " + SampleMetadata.CLS + " takes the other");
    }
}
