package org.glip.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Set;

/**
 * open_clip's model JSON. A field is honoured, or stands at the value that asks for nothing, or is refused by name: never
 * ignored.
 */
final class ClipConfigJson {
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final Set<String> TOP = Set.of("embed_dim", "quick_gelu", "vision_cfg", "text_cfg");
    private static final Set<String> VISION =
            Set.of("image_size", "patch_size", "width", "layers", "head_width", "mlp_ratio", "pool_type", "no_ln_pre");
    private static final Set<String> TEXT =
            Set.of("context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio");

    /** Fields that are understood only at the value that asks for nothing special; null is such a value for any field. */
    private static final Map<String, JsonPrimitive> NEUTRAL = Map.ofEntries(
            Map.entry("patch_dropout", new JsonPrimitive(0)),
            Map.entry("attentional_pool", new JsonPrimitive(false)),
            Map.entry("pos_embed_type", new JsonPrimitive("learnable")),
            Map.entry("final_ln_after_pool", new JsonPrimitive(false)),
            Map.entry("output_tokens", new JsonPrimitive(false)),
            Map.entry("embed_cls", new JsonPrimitive(false)),
            Map.entry("pad_id", new JsonPrimitive(0)),
            Map.entry("no_causal_mask", new JsonPrimitive(false)),
            Map.entry("pool_type", new JsonPrimitive("argmax")),
            Map.entry("proj_type", new JsonPrimitive("linear")),
            Map.entry("proj_bias", new JsonPrimitive(false)),
            Map.entry("custom_text", new JsonPrimitive(false)));

    private ClipConfigJson() {}

    static ClipConfig parse(String text, String origin) {
        try {
            JsonElement json = JsonParser.parseString(text);
            if (!json.isJsonObject()) {
                throw new IllegalArgumentException("a JSON object is expected");
            }
            JsonObject file = json.getAsJsonObject();
            // the form of the model hub's open_clip_config.json, or the model's own JSON alone
            JsonObject top = file.has("model_cfg") ? object(file, "model_cfg") : file;
            refuseUnknown(top, "", TOP);
            ClipConfig config = new ClipConfig(
                    integer(top, "", "embed_dim", null),
                    bool(top, "", "quick_gelu", false),
                    vision(object(top, "vision_cfg")),
                    text(object(top, "text_cfg")));
            if (file.has("model_cfg") && !isAbsent(file, "preprocess_cfg")) {
                PreprocessingJson.check(
                        object(file, "preprocess_cfg"), config.vision().imageSize());
            }
            return config;
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException("model configuration " + origin + ": " + e.getMessage(), e);
        }
    }

    private static VisionConfig vision(JsonObject json) {
        String part = "vision_cfg.";
        refuseUnknown(json, part, VISION);
        String pool = string(json, part, "pool_type", "tok");
        VisionConfig.Pooling pooling =
                switch (pool) {
                    case "tok" -> VisionConfig.Pooling.CLASS_TOKEN;
                    case "avg" -> VisionConfig.Pooling.AVERAGE;
                    default ->
                        throw new IllegalArgumentException(
                                part + "pool_type '" + pool + "' is not built: use tok or avg");
                };
        return new VisionConfig(
                integer(json, part, "image_size", 224),
                integer(json, part, "patch_size", 16),
                integer(json, part, "width", 768),
                integer(json, part, "layers", 12),
                integer(json, part, "head_width", 64),
                number(json, part, "mlp_ratio", 4),
                pooling,
                !bool(json, part, "no_ln_pre", false));
    }

    private static TextConfig text(JsonObject json) {
        String part = "text_cfg.";
        refuseUnknown(json, part, TEXT);
        return new TextConfig(
                integer(json, part, "context_length", 77),
                integer(json, part, "vocab_size", 49408),
                integer(json, part, "width", 512),
                integer(json, part, "heads", 8),
                integer(json, part, "layers", 12),
                number(json, part, "mlp_ratio", 4));
    }

    private static void refuseUnknown(JsonObject json, String part, Set<String> honoured) {
        for (Map.Entry<String, JsonElement> field : json.entrySet()) {
            if (honoured.contains(field.getKey()) || field.getValue().isJsonNull()) {
                continue;
            }
            JsonPrimitive neutral = NEUTRAL.get(field.getKey());
            if (neutral == null) {
                throw new IllegalArgumentException(
                        "field " + part + field.getKey() + " is not supported by this library");
            }
            if (!neutral.equals(field.getValue())) {
                throw new IllegalArgumentException("field " + part + field.getKey() + " = " + field.getValue()
                        + " is not supported by this library: only " + neutral);
            }
        }
    }

    private static JsonObject object(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null || !value.isJsonObject()) {
            throw new IllegalArgumentException("field " + name + " is missing or not an object");
        }
        return value.getAsJsonObject();
    }

    private static int integer(
            JsonObject json, String part, String name, @org.jspecify.annotations.Nullable Integer otherwise) {
        if (isAbsent(json, name)) {
            if (otherwise == null) {
                throw new IllegalArgumentException("field " + part + name + " is missing");
            }
            return otherwise;
        }
        double value = number(json, part, name, 0);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "field " + part + name + " must be a whole number, not " + json.get(name));
        }
        return (int) value;
    }

    private static double number(JsonObject json, String part, String name, double otherwise) {
        if (isAbsent(json, name)) {
            return otherwise;
        }
        if (json.get(name) instanceof JsonPrimitive value && value.isNumber()) {
            return value.getAsDouble();
        }
        throw new IllegalArgumentException("field " + part + name + " must be a number, not " + json.get(name));
    }

    private static boolean bool(JsonObject json, String part, String name, boolean otherwise) {
        if (isAbsent(json, name)) {
            return otherwise;
        }
        if (json.get(name) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw new IllegalArgumentException("field " + part + name + " must be true or false, not " + json.get(name));
    }

    private static String string(JsonObject json, String part, String name, String otherwise) {
        if (isAbsent(json, name)) {
            return otherwise;
        }
        if (json.get(name) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw new IllegalArgumentException("field " + part + name + " must be a text, not " + json.get(name));
    }

    private static boolean isAbsent(JsonObject json, String name) {
        return !json.has(name) || json.get(name).isJsonNull();
    }

    /** The form that open_clip reads from a folder ({@code local-dir:}) and from the model hub. */
    static String write(ClipConfig config) {
        return PRETTY.toJson(json(config)) + "\n";
    }

    static String writeHub(ClipConfig config) {
        JsonObject file = new JsonObject();
        file.add("model_cfg", json(config));
        return PRETTY.toJson(file) + "\n";
    }

    private static JsonObject json(ClipConfig config) {
        VisionConfig v = config.vision();
        JsonObject vision = new JsonObject();
        vision.addProperty("image_size", v.imageSize());
        vision.addProperty("layers", v.layers());
        vision.addProperty("width", v.width());
        vision.addProperty("head_width", v.headWidth());
        vision.addProperty("patch_size", v.patchSize());
        vision.addProperty("mlp_ratio", v.mlpRatio());
        vision.addProperty("pool_type", v.pooling() == VisionConfig.Pooling.AVERAGE ? "avg" : "tok");
        vision.addProperty("no_ln_pre", !v.normBefore());
        TextConfig t = config.text();
        JsonObject text = new JsonObject();
        text.addProperty("context_length", t.contextLength());
        text.addProperty("vocab_size", t.vocabularySize());
        text.addProperty("width", t.width());
        text.addProperty("heads", t.heads());
        text.addProperty("layers", t.layers());
        text.addProperty("mlp_ratio", t.mlpRatio());
        JsonObject top = new JsonObject();
        top.addProperty("embed_dim", config.embedding());
        top.addProperty("quick_gelu", config.quickGelu());
        top.add("vision_cfg", vision);
        top.add("text_cfg", text);
        return top;
    }
}
