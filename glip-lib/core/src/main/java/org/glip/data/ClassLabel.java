package org.glip.data;

import com.google.gson.JsonObject;
import java.util.List;

/** How a sample's metadata say its class: the number under {@value #NUMBER}, the name under {@value #NAME}. */
public final class ClassLabel {
    /** Field of the class number, from 0. */
    public static final String NUMBER = "class";

    /** Field of the class name. */
    public static final String NAME = "label";

    private ClassLabel() {}

    /**
     * Metadata of a sample of a class.
     *
     * @param number the class
     * @param classNames the names of all classes
     * @return both fields
     */
    public static JsonObject of(int number, List<String> classNames) {
        JsonObject metadata = new JsonObject();
        put(metadata, number, classNames);
        return metadata;
    }

    static void put(JsonObject metadata, int number, List<String> classNames) {
        metadata.addProperty(NAME, classNames.get(number));
        metadata.addProperty(NUMBER, number);
    }
}
