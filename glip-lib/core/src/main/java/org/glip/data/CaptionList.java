package org.glip.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Several captions of one picture, as COCO and Flickr30k have them: a sample's metadata list them under {@value #FIELD}. */
public final class CaptionList {
    /** The metadata field: an array of texts, the sample's own caption first. */
    public static final String FIELD = "captions";

    private CaptionList() {}

    /**
     * {@return metadata of a sample with these captions}
     *
     * @param captions the texts, in their order
     */
    public static JsonObject of(List<String> captions) {
        JsonObject metadata = new JsonObject();
        put(metadata, captions);
        return metadata;
    }

    static void put(JsonObject metadata, List<String> captions) {
        JsonArray list = new JsonArray();
        captions.forEach(list::add);
        metadata.add(FIELD, list);
    }

    /**
     * {@return whether the metadata list captions}
     *
     * @param metadata of a sample
     */
    public static boolean isIn(JsonObject metadata) {
        return metadata.get(FIELD) instanceof JsonArray list && !list.isEmpty();
    }

    /**
     * The captions that the metadata list.
     *
     * @param metadata of a sample
     * @return the texts in their order
     * @throws IllegalArgumentException if there is no such list, or it holds something other than texts
     */
    public static List<String> in(JsonObject metadata) {
        if (!isIn(metadata)) {
            throw new IllegalArgumentException("the metadata have no list '" + FIELD + "'");
        }
        List<String> captions = new ArrayList<>();
        for (JsonElement caption : metadata.getAsJsonArray(FIELD)) {
            if (!caption.isJsonPrimitive() || !caption.getAsJsonPrimitive().isString()) {
                throw new IllegalArgumentException("'" + FIELD + "' holds " + caption + ", which is no text");
            }
            captions.add(caption.getAsString());
        }
        return captions;
    }
}
