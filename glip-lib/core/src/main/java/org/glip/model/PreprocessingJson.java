package org.glip.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;

/**
 * The {@code preprocess_cfg} of open_clip's JSON. Pictures are prepared in one way here, which is open_clip's default;
 * a model that was trained to another is refused, since its features would be wrong without a word.
 */
final class PreprocessingJson {
    private static final double ROUNDING = 1e-6;
    private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] STD = {0.26862954, 0.26130258, 0.27577711};
    private static final Map<String, String> WORDS =
            Map.of("mode", "RGB", "interpolation", "bicubic", "resize_mode", "shortest");

    private PreprocessingJson() {}

    /**
     * Refuses what is not done.
     *
     * @param json the object, in which any field may be absent or null
     * @param imageSize the model's
     * @throws IllegalArgumentException for a field that asks for something else; it is named
     */
    static void check(JsonObject json, int imageSize) {
        for (Map.Entry<String, JsonElement> field : json.entrySet()) {
            String name = field.getKey();
            JsonElement value = field.getValue();
            if (value.isJsonNull() || name.equals("fill_color")) { // the colour of bars, which "shortest" never has
                continue;
            }
            switch (name) {
                case "mean" -> require(name, value, near(value, MEAN), MEAN);
                case "std" -> require(name, value, near(value, STD), STD);
                case "size" -> require(name, value, isSize(value, imageSize), new double[] {imageSize});
                default -> {
                    String word = WORDS.get(name);
                    if (word == null) {
                        throw new IllegalArgumentException(
                                "field preprocess_cfg." + name + " is not supported by this library");
                    }
                    if (!value.equals(new JsonPrimitive(word))) {
                        throw unsupported(name, value, "\"" + word + "\"");
                    }
                }
            }
        }
    }

    private static void require(String name, JsonElement value, boolean met, double[] only) {
        if (!met) {
            throw unsupported(name, value, java.util.Arrays.toString(only));
        }
    }

    private static IllegalArgumentException unsupported(String name, JsonElement value, String only) {
        return new IllegalArgumentException(
                "field preprocess_cfg." + name + " = " + value + " is not supported by this library: only " + only);
    }

    private static boolean near(JsonElement value, double[] expected) {
        if (!(value instanceof JsonArray numbers) || numbers.size() != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!isNear(numbers.get(i), expected[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNear(JsonElement value, double expected) {
        return value instanceof JsonPrimitive number
                && number.isNumber()
                && Math.abs(number.getAsDouble() - expected) < ROUNDING;
    }

    /** One side, or both. */
    private static boolean isSize(JsonElement value, int imageSize) {
        return value instanceof JsonArray ? near(value, new double[] {imageSize, imageSize}) : isNear(value, imageSize);
    }
}
