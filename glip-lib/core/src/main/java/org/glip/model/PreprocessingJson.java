package org.glip.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.glip.image.Interpolation;
import org.glip.image.Normalization;
import org.glip.image.PreprocessConfig;
import org.glip.image.ResizeMode;

/**
 * The {@code preprocess_cfg} of open_clip's JSON ({@code PreprocessCfg} in its {@code transform.py}). A field is
 * honoured or refused by name: never ignored, since features of pictures that are prepared otherwise would be wrong
 * without a word.
 */
final class PreprocessingJson {
    private static final String NAME = "preprocess_cfg";
    private static final String SIZE = "size";
    private static final String MODE = "mode";
    private static final String MEAN = "mean";
    private static final String STD = "std";
    private static final String INTERPOLATION = "interpolation";
    private static final String RESIZE_MODE = "resize_mode";
    private static final String FILL_COLOR = "fill_color";

    /** The random one is drawn in training only, by a library that open_clip may use there. */
    private static final Map<String, Interpolation> INTERPOLATIONS = Map.of(
            "bicubic", Interpolation.BICUBIC, "bilinear", Interpolation.BILINEAR, "random", Interpolation.BICUBIC);

    private static final Map<String, ResizeMode> RESIZE_MODES =
            Map.of("shortest", ResizeMode.SHORTEST, "longest", ResizeMode.LONGEST, "squash", ResizeMode.SQUASH);

    private PreprocessingJson() {}

    /**
     * Reads it.
     *
     * @param json the object, in which any field may be absent or null; then it is as CLIP has it
     * @param imageSize the model's, where it is to be the same
     * @return the way of preparing pictures
     * @throws IllegalArgumentException for a field that is wrong or asks for what is not done; it is named
     */
    static PreprocessConfig parse(JsonObject json, OptionalInt imageSize) {
        PreprocessConfig clip = PreprocessConfig.clip();
        float[] mean = clip.normalization().mean();
        float[] std = clip.normalization().std();
        Interpolation interpolation = clip.interpolation();
        ResizeMode resizeMode = clip.resizeMode();
        int fillColor = clip.fillColor();
        for (Map.Entry<String, JsonElement> field : json.entrySet()) {
            JsonElement value = field.getValue();
            if (value.isJsonNull() || isZero(field)) {
                continue;
            }
            switch (field.getKey()) {
                case MEAN -> mean = colours(MEAN, value);
                case STD -> std = colours(STD, value);
                case INTERPOLATION -> interpolation = chosen(INTERPOLATION, value, INTERPOLATIONS);
                case RESIZE_MODE -> resizeMode = chosen(RESIZE_MODE, value, RESIZE_MODES);
                case FILL_COLOR -> fillColor = fillColor(value);
                case MODE -> chosen(MODE, value, Map.of("RGB", true));
                case SIZE -> imageSize.ifPresent(side -> requireSize(value, side));
                default ->
                    throw new IllegalArgumentException(
                            "field " + NAME + "." + field.getKey() + " is not supported by this library");
            }
        }
        return new PreprocessConfig(normalization(mean, std), interpolation, resizeMode, fillColor);
    }

    /** open_clip asks {@code mean or OPENAI_DATASET_MEAN}: of a single number 0 is none, of three it is one. */
    private static boolean isZero(Map.Entry<String, JsonElement> field) {
        return (field.getKey().equals(MEAN) || field.getKey().equals(STD))
                && field.getValue() instanceof JsonPrimitive number
                && number.isNumber()
                && number.getAsDouble() == 0;
    }

    private static Normalization normalization(float[] mean, float[] std) {
        try {
            return new Normalization(mean, std);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fields " + NAME + "." + MEAN + " and " + NAME + "." + STD + ": " + e.getMessage(), e);
        }
    }

    private static <T> T chosen(String name, JsonElement value, Map<String, T> known) {
        T found = value instanceof JsonPrimitive word && word.isString() ? known.get(word.getAsString()) : null;
        if (found == null) {
            throw wrong(
                    name,
                    value,
                    "it must be one of " + known.keySet().stream().sorted().toList());
        }
        return found;
    }

    /** Three numbers, or one for all, alone or in a list, which torchvision broadcasts. */
    private static float[] colours(String name, JsonElement value) {
        List<Double> numbers = numbers(value);
        if (numbers.size() == 1) {
            numbers = List.of(numbers.get(0), numbers.get(0), numbers.get(0));
        }
        if (numbers.size() != 3) {
            throw wrong(name, value, "it must be three numbers, for red, green and blue");
        }
        return new float[] {
            numbers.get(0).floatValue(),
            numbers.get(1).floatValue(),
            numbers.get(2).floatValue()
        };
    }

    /** Three whole numbers from 0 to 255, or one for all. */
    private static int fillColor(JsonElement value) {
        List<Double> numbers = numbers(value);
        boolean counted = numbers.size() == 3 || numbers.size() == 1;
        if (!counted || numbers.stream().anyMatch(n -> n < 0 || n > 255 || n != Math.rint(n))) {
            throw wrong(FILL_COLOR, value, "it must be a whole number from 0 to 255, or three for red, green and blue");
        }
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
            color = color << 8 | numbers.get(numbers.size() == 1 ? 0 : channel).intValue();
        }
        return color;
    }

    /** One side, or both; there is only one for the model, so another would not be what its towers see. */
    private static void requireSize(JsonElement value, int imageSize) {
        List<Double> sides = numbers(value);
        if (sides.isEmpty() || sides.size() > 2 || sides.stream().anyMatch(side -> side != imageSize)) {
            throw wrong(SIZE, value, "the model's image_size is " + imageSize);
        }
    }

    /** The numbers of an array, or the one; none for anything else. */
    private static List<Double> numbers(JsonElement value) {
        List<Double> numbers = new ArrayList<>();
        for (JsonElement element : value instanceof JsonArray array ? array : List.of(value)) {
            if (!(element instanceof JsonPrimitive number) || !number.isNumber()) {
                return List.of();
            }
            numbers.add(number.getAsDouble());
        }
        return numbers;
    }

    private static IllegalArgumentException wrong(String name, JsonElement value, String right) {
        return new IllegalArgumentException(
                "field " + NAME + "." + name + " = " + value + " is not supported by this library: " + right);
    }

    /** Writes it whole, so that no default of a reader matters. */
    static JsonObject write(PreprocessConfig config, int imageSize) {
        JsonObject json = new JsonObject();
        json.addProperty(SIZE, imageSize);
        json.addProperty(MODE, "RGB");
        json.add(MEAN, array(config.normalization().mean()));
        json.add(STD, array(config.normalization().std()));
        json.addProperty(INTERPOLATION, config.interpolation().name().toLowerCase(Locale.ROOT));
        json.addProperty(RESIZE_MODE, config.resizeMode().name().toLowerCase(Locale.ROOT));
        json.add(FILL_COLOR, color(config.fillColor()));
        return json;
    }

    private static JsonArray array(float[] numbers) {
        JsonArray array = new JsonArray();
        for (float number : numbers) {
            array.add(number);
        }
        return array;
    }

    /** One number where it is a grey, since open_clip's own field has one. */
    private static JsonElement color(int color) {
        int red = color >> 16;
        int green = color >> 8 & 0xFF;
        int blue = color & 0xFF;
        if (red == green && green == blue) {
            return new JsonPrimitive(red);
        }
        JsonArray array = new JsonArray();
        array.add(red);
        array.add(green);
        array.add(blue);
        return array;
    }
}
