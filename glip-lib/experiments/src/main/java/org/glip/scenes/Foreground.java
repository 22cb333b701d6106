package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.glip.data.ImageTextSample;
import org.glip.files.Json;
import org.glip.files.JsonFields;

/**
 * A drawing of the foreground library: an object on a transparent square that it fills.
 *
 * @param key names it within its style
 * @param concept what it shows
 * @param style who drew it
 * @param png the picture, {@link Drawing#FOREGROUND_SIDE} pixels a side, with alpha
 * @param origin for messages
 */
record Foreground(String key, Concept concept, String style, byte[] png, String origin) {
    /** Whether it is in the style that no training picture shows. */
    boolean heldOut() {
        return style.equals(ForegroundSource.HELD_OUT_STYLE);
    }

    /** As a sample of a webdataset shard; everything known about the concept is in the metadata. */
    ImageTextSample toSample(String licence) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("label", concept.label());
        metadata.add("tags", Json.array(concept.tags()));
        metadata.addProperty("group", concept.group());
        metadata.addProperty("subgroup", concept.subgroup());
        metadata.addProperty("concept", concept.id());
        metadata.addProperty("conceptGroup", concept.groupKey());
        metadata.addProperty("fold", concept.fold());
        metadata.addProperty("style", style);
        metadata.addProperty("license", licence);
        return new ImageTextSample(key, png, concept.label(), metadata, origin);
    }

    /**
     * The reverse of {@link #toSample}.
     *
     * @throws IOException naming the sample, if its metadata are not those of a foreground
     */
    static Foreground of(ImageTextSample sample) throws IOException {
        JsonFields metadata = Json.of(sample.metadata(), "the metadata of foreground " + sample.origin());
        Concept concept = new Concept(
                metadata.text("concept"),
                metadata.text("label"),
                metadata.texts("tags"),
                metadata.text("subgroup"),
                metadata.text("group"));
        return new Foreground(sample.key(), concept, metadata.text("style"), sample.image(), sample.origin());
    }
}
