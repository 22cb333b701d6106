package org.glip.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.glip.image.PreprocessConfig;

/**
 * open_clip's model JSON. A field is honoured, or stands at the value that asks for nothing, or is refused by name:
 * never ignored.
 */
final class ClipConfigJson {
    private static final String MODEL = "model_cfg";
    private static final String PREPROCESSING = "preprocess_cfg";
    private static final Set<String> TOP = Set.of("embed_dim", "quick_gelu", "vision_cfg", "text_cfg");

    /** Without the object around it, the preprocessing stands beside the model's own fields. */
    private static final Set<String> PLAIN_TOP =
            Set.of("embed_dim", "quick_gelu", "vision_cfg", "text_cfg", PREPROCESSING);

    private static final Set<String> STRAY =
            Set.of("image_mean", "image_std", "mean", "std", "interpolation", "resize_mode", "fill_color");

    private static final Set<String> VISION =
            Set.of("image_size", "patch_size", "width", "layers", "head_width", "mlp_ratio", "pool_type", "no_ln_pre");
    private static final Set<String> TEXT =
            Set.of("context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio");

    /**
     * Fields that are understood only at the value that asks for nothing special; null is such a value for any field.
     */
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
            JsonFields file = Json.parse(text, "model configuration " + origin);
            // the form of the model hub's open_clip_config.json, or the model's own JSON alone
            refuseForeign(file);
            JsonFields top = file.has(MODEL) ? file.object(MODEL) : file;
            refuseStray(file);
            refuseUnknown(top, "", file.has(MODEL) ? TOP : PLAIN_TOP);
            if (isAbsent(top, "embed_dim")) {
                throw new IllegalArgumentException("field embed_dim is missing");
            }
            ClipConfig config = new ClipConfig(
                    top.integer("embed_dim"),
                    !isAbsent(top, "quick_gelu") && top.truth("quick_gelu"),
                    vision(top.object("vision_cfg")),
                    text(top.object("text_cfg")));
            return isAbsent(file, PREPROCESSING)
                    ? config
                    : config.withPreprocessing(PreprocessingJson.parse(
                            file.object(PREPROCESSING).raw(),
                            OptionalInt.of(config.vision().imageSize())));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("model configuration " + origin + ": " + e.getMessage(), e);
        }
    }

    /** What looks like preprocessing and is not read there, by open_clip either. */
    private static void refuseStray(JsonFields file) {
        for (String name : file.has(MODEL) ? file.raw().keySet() : Set.<String>of()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!name.equals(PREPROCESSING) && (lower.startsWith("preprocess") || STRAY.contains(lower))) {
                throw new IllegalArgumentException("field " + name + " beside " + MODEL + " is not read, by open_clip"
                        + " either: how pictures are prepared stands in " + PREPROCESSING
                        + " (mean, std, interpolation, resize_mode)");
            }
        }
    }

    /** Reads the preprocessing alone, beside whatever model. */
    static PreprocessConfig preprocessing(Path file) throws IOException {
        try {
            JsonFields fields = Json.read(file);
            return isAbsent(fields, PREPROCESSING)
                    ? PreprocessConfig.clip()
                    : PreprocessingJson.parse(fields.object(PREPROCESSING).raw(), OptionalInt.empty());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("model configuration " + file + ": " + e.getMessage(), e);
        }
    }

    private static ClipConfig.Vision vision(JsonFields json) throws JsonException {
        refuseUnknown(json, "vision_cfg.", VISION);
        String pool = isAbsent(json, "pool_type") ? "tok" : json.text("pool_type");
        ClipConfig.Vision.Pooling pooling =
                switch (pool) {
                    case "tok" -> ClipConfig.Vision.Pooling.CLASS_TOKEN;
                    case "avg" -> ClipConfig.Vision.Pooling.AVERAGE;
                    default ->
                        throw new IllegalArgumentException(
                                "vision_cfg.pool_type '" + pool + "' is not built: use tok or avg");
                };
        return new ClipConfig.Vision(
                integer(json, "image_size", 224),
                integer(json, "patch_size", 16),
                integer(json, "width", 768),
                integer(json, "layers", 12),
                integer(json, "head_width", 64),
                number(json, "mlp_ratio", 4),
                pooling,
                isAbsent(json, "no_ln_pre") || !json.truth("no_ln_pre"));
    }

    private static ClipConfig.Text text(JsonFields json) throws JsonException {
        refuseUnknown(json, "text_cfg.", TEXT);
        return new ClipConfig.Text(
                integer(json, "context_length", 77),
                integer(json, "vocab_size", 49408),
                integer(json, "width", 512),
                integer(json, "heads", 8),
                integer(json, "layers", 12),
                number(json, "mlp_ratio", 4));
    }

    /** Configurations of other libraries, which have fields by the dozen and none of ours. */
    private static void refuseForeign(JsonFields file) {
        String library = file.has("model_type") || file.has("transformers_version")
                ? "transformers"
                : file.has("architecture") && !file.has("vision_cfg") ? "timm" : "";
        if (!library.isEmpty() && !file.has(MODEL)) {
            throw new IllegalArgumentException("this is the configuration of " + library + " ("
                    + file.raw().get(library.equals("timm") ? "architecture" : "model_type")
                    + "), not open_clip's, and weights in the form of " + library
                    + " are not read: take the same model in"
                    + " open_clip's form (on model hubs the repositories with an " + ModelFolder.CONFIG
                    + "); where the weights are in that form, give their configuration, too");
        }
    }

    private static void refuseUnknown(JsonFields json, String part, Set<String> honoured) {
        for (Map.Entry<String, JsonElement> field : json.raw().entrySet()) {
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

    private static int integer(JsonFields json, String name, int otherwise) throws JsonException {
        return isAbsent(json, name) ? otherwise : json.integer(name);
    }

    private static double number(JsonFields json, String name, double otherwise) throws JsonException {
        return isAbsent(json, name) ? otherwise : json.number(name);
    }

    /** open_clip's files have null where nothing is set. */
    private static boolean isAbsent(JsonFields json, String name) {
        return !json.has(name) || json.raw().get(name).isJsonNull();
    }

    /** The form that open_clip reads from a folder ({@code local-dir:}) and from the model hub. */
    static String write(ClipConfig config) {
        return Json.pretty(json(config));
    }

    static String writeHub(ClipConfig config) {
        JsonObject file = new JsonObject();
        file.add(MODEL, json(config));
        file.add(
                PREPROCESSING,
                PreprocessingJson.write(config.preprocessing(), config.vision().imageSize()));
        return Json.pretty(file);
    }

    private static JsonObject json(ClipConfig config) {
        ClipConfig.Vision v = config.vision();
        JsonObject vision = new JsonObject();
        vision.addProperty("image_size", v.imageSize());
        vision.addProperty("layers", v.layers());
        vision.addProperty("width", v.width());
        vision.addProperty("head_width", v.headWidth());
        vision.addProperty("patch_size", v.patchSize());
        vision.addProperty("mlp_ratio", v.mlpRatio());
        vision.addProperty("pool_type", v.pooling() == ClipConfig.Vision.Pooling.AVERAGE ? "avg" : "tok");
        vision.addProperty("no_ln_pre", !v.normBefore());
        ClipConfig.Text t = config.text();
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
