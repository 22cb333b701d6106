package org.glip.mask;

import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The JSON of masks in checkpoints and in the provenance of models. It stands at the type itself and not at its users:
 * without it Gson would write the components of whichever record is there, and no name.
 */
final class MaskJson implements JsonSerializer<Mask>, JsonDeserializer<Mask> {
    private static final String KIND = "kind";
    private static final String RATIO = "ratio";
    private static final String SIGMA = "sigma";
    private static final String LAST_SIGMA = "lastSigma";
    private static final String MAP = "map";

    @Override
    public JsonElement serialize(Mask mask, Type type, JsonSerializationContext context) {
        JsonObject json = new JsonObject();
        json.addProperty(KIND, mask.name().toUpperCase(Locale.ROOT));
        json.addProperty(RATIO, mask.ratio());
        json.addProperty(SIGMA, mask instanceof Mask.Gaussian gaussian ? gaussian.sigma() : 0.0);
        if (mask instanceof AnnealedMask annealed) {
            json.addProperty(SIGMA, annealed.firstSigma());
            json.addProperty(LAST_SIGMA, annealed.lastSigma());
        } else if (mask instanceof MapMask map) {
            json.add(MAP, context.serialize(map.map()));
        }
        return json;
    }

    /**
     * @throws JsonParseException if a field is missing or of another type, or they describe no mask
     */
    @Override
    public Mask deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
        if (!(json instanceof JsonObject object)
                || !(object.get(KIND) instanceof JsonPrimitive kind && kind.isString())
                || !(object.get(RATIO) instanceof JsonPrimitive ratio && ratio.isNumber())
                || !(object.get(SIGMA) instanceof JsonPrimitive sigma && sigma.isNumber())) {
            throw new JsonParseException("A mask must be an object of the text \"kind\" and the numbers \"ratio\" and"
                    + " \"sigma\", not " + json);
        }
        try {
            return switch (kind.getAsString().toLowerCase(Locale.ROOT)) {
                case AnnealedMask.NAME -> new AnnealedMask(ratio.getAsDouble(), sigma.getAsDouble(), lastSigma(object));
                case MapMask.NAME -> new MapMask(ratio.getAsDouble(), map(object, context));
                default -> Mask.ofFields(kind.getAsString(), ratio.getAsDouble(), sigma.getAsDouble());
            };
        } catch (IllegalArgumentException e) {
            throw new JsonParseException(e.getMessage(), e);
        }
    }

    private static double lastSigma(JsonObject object) {
        if (!(object.get(LAST_SIGMA) instanceof JsonPrimitive sigma && sigma.isNumber())) {
            throw new JsonParseException("An annealed mask needs the number \"lastSigma\", not " + object);
        }
        return sigma.getAsDouble();
    }

    private static List<List<Double>> map(JsonObject object, JsonDeserializationContext context) {
        double[][] rows = context.deserialize(object.get(MAP), double[][].class);
        if (rows == null) {
            throw new JsonParseException("A mask by a map needs its \"map\"");
        }
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }
}
