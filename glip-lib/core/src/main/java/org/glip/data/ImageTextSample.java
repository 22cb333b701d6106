package org.glip.data;

import com.google.gson.JsonObject;

/**
 * One picture with its caption, as it lies in a data set: the picture is still an encoded file.
 *
 * <p>Arrays and metadata are shared, not copied; nobody changes them. Two samples are therefore equal only if they
 * share the array of the picture.
 *
 * @param key the name of the sample within its source, such as {@code 000000123}
 * @param image the bytes of a JPEG, PNG, WebP or GIF file
 * @param caption the text, without white space at either end, not empty
 * @param metadata whatever else the source says about the sample; empty if nothing
 * @param origin where the sample came from, for messages, such as {@code cc3m-00000.tar!000000123}
 */
public record ImageTextSample(String key, byte[] image, String caption, JsonObject metadata, String origin) {
    /** A larger file is no sample; it is left out before it is read. */
    static final long MAX_FILE_BYTES = 256L << 20;

    /**
     * {@return a sample that is made in memory: no metadata, and the key is its origin}
     *
     * @param key the name of the sample
     * @param image the bytes of a JPEG, PNG, WebP or GIF file
     * @param caption its text
     */
    public static ImageTextSample of(String key, byte[] image, String caption) {
        return new ImageTextSample(key, image, caption, new JsonObject(), key);
    }
}
