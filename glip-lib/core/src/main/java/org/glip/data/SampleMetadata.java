package org.glip.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sample's metadata say besides its caption: the class of the picture, its number under {@value #CLASS} and its
 * name under {@value #LABEL}; several classes, as in PASCAL VOC, under {@value #CLASSES}; or several captions, as COCO
 * and Flickr30k have them, under {@value #CAPTIONS}.
 */
public final class SampleMetadata {
    /** Field of the class number, from 0. */
    public static final String CLASS = "class";

    /** Field of the class name. */
    public static final String LABEL = "label";

    /** Kind of the member of a shard that holds a class, and the field that it is put into. */
    public static final String CLS = "cls";

    /** Field of the captions: an array of texts, the sample's own caption first. */
    public static final String CAPTIONS = "captions";

    /** Field of the class numbers of a picture that may have several: an array. */
    public static final String CLASSES = "classes";

    /** Field of the numbers of the classes that a picture shows, but hardly to be made out: an array. */
    public static final String DIFFICULT = "difficult";

    private SampleMetadata() {}

    /**
     * Returns the metadata of a picture that may have several classes.
     *
     * @param numbers the classes, from 0; perhaps none
     * @param difficult classes that it shows too, but hardly to be made out
     * @return both lists
     */
    public static JsonObject ofClasses(List<Integer> numbers, List<Integer> difficult) {
        JsonObject metadata = new JsonObject();
        metadata.add(CLASSES, array(numbers));
        metadata.add(DIFFICULT, array(difficult));
        return metadata;
    }

    private static JsonArray array(List<Integer> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    /**
     * Returns the metadata of a sample of a class.
     *
     * @param number the class, from 0
     * @param classNames the names of all classes
     * @return number and name
     */
    public static JsonObject ofClass(int number, List<String> classNames) {
        JsonObject metadata = new JsonObject();
        putClass(metadata, number, classNames);
        return metadata;
    }

    /**
     * Returns the metadata of a sample with several captions.
     *
     * @param captions the texts, the sample's own caption first
     * @return the list of them
     */
    public static JsonObject ofCaptions(List<String> captions) {
        JsonObject metadata = new JsonObject();
        putCaptions(metadata, captions);
        return metadata;
    }

    static void putClass(JsonObject metadata, int number, List<String> classNames) {
        metadata.addProperty(LABEL, classNames.get(number));
        metadata.addProperty(CLASS, number);
    }

    /** Puts what a cls member says where metadata have a label, unless these have one. */
    static void putLabel(JsonObject metadata, String text) {
        JsonPrimitive label =
                text.matches("\\d{1,9}") ? new JsonPrimitive(Integer.valueOf(text)) : new JsonPrimitive(text);
        metadata.add(CLS, label);
        if (!(metadata.get(LABEL) instanceof JsonPrimitive)) {
            metadata.add(LABEL, label);
        }
    }

    /** The label of a sample, a name or a number; null if it has none. */
    static @Nullable String label(JsonObject metadata) {
        for (String field : List.of(LABEL, CLASS, CLS)) {
            if (metadata.get(field) instanceof JsonPrimitive label) {
                return label.getAsString().strip();
            }
        }
        return null;
    }

    static void putCaptions(JsonObject metadata, List<String> captions) {
        JsonArray list = new JsonArray();
        captions.forEach(list::add);
        metadata.add(CAPTIONS, list);
    }

    /** The texts of a field that holds one or a list, without white space around them and without blank ones. */
    static List<String> texts(@Nullable JsonElement field) {
        List<JsonElement> elements =
                field instanceof JsonArray list ? list.asList() : field == null ? List.of() : List.of(field);
        return elements.stream()
                .filter(element -> element instanceof JsonPrimitive text && text.isString())
                .map(element -> element.getAsString().strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * {@return whether the metadata list captions}
     *
     * @param metadata of a sample
     */
    public static boolean hasCaptions(JsonObject metadata) {
        return metadata.get(CAPTIONS) instanceof JsonArray list && !list.isEmpty();
    }

    /**
     * Returns the captions that the metadata list.
     *
     * @param metadata of a sample
     * @return the texts in their order
     * @throws IllegalArgumentException if there is no such list, or it holds something other than texts
     */
    public static List<String> captions(JsonObject metadata) {
        if (!hasCaptions(metadata)) {
            throw new IllegalArgumentException("the metadata have no list '" + CAPTIONS + "'");
        }
        List<String> captions = new ArrayList<>();
        for (JsonElement caption : metadata.getAsJsonArray(CAPTIONS)) {
            if (!caption.isJsonPrimitive() || !caption.getAsJsonPrimitive().isString()) {
                throw new IllegalArgumentException("'" + CAPTIONS + "' holds " + caption + ", which is no text");
            }
            captions.add(caption.getAsString());
        }
        return captions;
    }
}
