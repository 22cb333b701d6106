package org.glip.model.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.files.Json;

/**
 * The header of a safetensors file, checked: what it says about the data agrees with the length of the file before
 * anything is allocated on its word.
 *
 * @param tensors name to entry, in the order of the header
 * @param metadata free texts
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
    /** The most a header may take, as the format's own library limits it. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    /** Each becomes an object in memory of many times its length in the file. */
    private static final int MOST_VALUES = 2_000_000;

    private static final String METADATA = "__metadata__";

    /** One tensor: {@code begin} and {@code end} count from the first byte after the header. */
    record Entry(StoredWeights.NumberFormat type, long[] shape, long begin, long end) {}

    /**
     * Parses and checks a header.
     *
     * @param json the header's bytes
     * @param dataBytes how many bytes follow the header in the file
     */
    static SafetensorsHeader parse(ByteBuffer json, long dataBytes) throws IOException {
        requireFewValues(json);
        JsonObject object;
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
            object = Json.parse(text, "its header").raw();
        } catch (CharacterCodingException e) {
            throw new IOException("its header is not UTF-8", e);
        }
        Map<String, Entry> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(field.getValue(), metadata);
            } else {
                tensors.put(field.getKey(), entry(field.getKey(), field.getValue()));
            }
        }
        requireCover(tensors, dataBytes);
        return new SafetensorsHeader(tensors, metadata);
    }

    private static void requireFewValues(ByteBuffer json) throws IOException {
        int values = 0;
        for (int i = json.position(); i < json.limit(); i++) {
            byte mark = json.get(i);
            if ((mark == ',' || mark == '{' || mark == '[') && ++values > MOST_VALUES) {
                throw new IOException("its header has more than " + MOST_VALUES + " values, as no model's has");
            }
        }
    }

    private static void readMetadata(JsonElement value, Map<String, String> metadata) throws IOException {
        if (value.isJsonNull()) { // as some writers have it that have nothing to say
            return;
        }
        if (!value.isJsonObject()) {
            throw new IOException("its " + METADATA + " is not an object");
        }
        for (Map.Entry<String, JsonElement> field : value.getAsJsonObject().entrySet()) {
            if (!(field.getValue() instanceof JsonPrimitive text) || !text.isString()) {
                throw new IOException("its metadata '" + field.getKey() + "' is not a text");
            }
            metadata.put(field.getKey(), text.getAsString());
        }
    }

    private static Entry entry(String name, JsonElement value) throws IOException {
        if (!(value instanceof JsonObject object)
                || !(object.get("dtype") instanceof JsonPrimitive dtype)
                || !(object.get("shape") instanceof JsonArray shape)
                || !(object.get("data_offsets") instanceof JsonArray offsets)
                || offsets.size() != 2) {
            throw new IOException("tensor '" + name + "' needs dtype, shape and two data_offsets");
        }
        StoredWeights.NumberFormat type;
        try {
            type = StoredWeights.NumberFormat.valueOf(dtype.getAsString());
        } catch (IllegalArgumentException e) {
            throw new IOException("tensor '" + name + "' has dtype " + dtype + ", which is not read here", e);
        }
        long[] dimensions = new long[shape.size()];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = whole(name, "shape", shape.get(i));
        }
        long begin = whole(name, "data_offsets", offsets.get(0));
        long end = whole(name, "data_offsets", offsets.get(1));
        requireSize(name, type, dimensions, begin, end);
        return new Entry(type, dimensions, begin, end);
    }

    private static long whole(String name, String field, JsonElement value) throws IOException {
        // The digits are looked at before any conversion: a number such as 1e999999999 must not be expanded.
        if (value instanceof JsonPrimitive number && number.isNumber()) {
            String digits = number.getAsString();
            if (digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(digits);
            }
        }
        throw new IOException(
                "tensor '" + name + "': " + field + " must hold whole numbers from 0, not " + abbreviate(value));
    }

    private static String abbreviate(JsonElement value) {
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static void requireSize(String name, StoredWeights.NumberFormat type, long[] shape, long begin, long end)
            throws IOException {
        try {
            long bytes = type.bytes();
            for (long dimension : shape) {
                bytes = Math.multiplyExact(bytes, dimension);
            }
            if (end - begin != bytes) {
                throw new IOException("tensor '" + name + "' takes " + bytes + " bytes by its shape, but its offsets "
                        + begin + " to " + end + " hold " + (end - begin));
            }
        } catch (ArithmeticException e) {
            throw new IOException("tensor '" + name + "' has a shape of more numbers than a file can hold", e);
        }
    }

    /** The tensors must follow each other without gap or overlap, to the end of the file. */
    private static void requireCover(Map<String, Entry> tensors, long dataBytes) throws IOException {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(tensors.entrySet());
        byPlace.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin)
                .thenComparingLong(e -> e.getValue().end));
        long position = 0;
        for (Map.Entry<String, Entry> tensor : byPlace) {
            if (tensor.getValue().begin != position) {
                throw new IOException("tensor '" + tensor.getKey() + "' begins at byte " + tensor.getValue().begin
                        + " where " + position + " is due: gap or overlap");
            }
            position = tensor.getValue().end;
        }
        if (position != dataBytes) {
            throw new IOException("its header describes " + position + " bytes of data, the file holds " + dataBytes
                    + (dataBytes < position ? ": the download or the copy ended early" : ""));
        }
    }
}
