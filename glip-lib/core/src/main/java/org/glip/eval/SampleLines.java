package org.glip.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Embedded pictures as JSON, to be stored or told. */
final class SampleLines {
    static final String KEY = "key";
    static final String CAPTION = "caption";
    static final String METADATA = "metadata";

    /** Of what is told: the features, and an object for each picture. */
    static final String FEATURES = "features";

    static final String SAMPLES = "samples";

    private SampleLines() {}

    /** What is known of each picture beside its features. */
    static List<JsonObject> of(EmbeddedSet set) {
        List<JsonObject> lines = new ArrayList<>();
        for (int i = 0; i < set.keys().size(); i++) {
            JsonObject line = new JsonObject();
            line.addProperty(KEY, set.keys().get(i));
            line.addProperty(CAPTION, set.captions().get(i));
            line.add(METADATA, set.metadata().get(i));
            lines.add(line);
        }
        return lines;
    }

    /** Pictures with their features, bit for bit. */
    static String encoded(EmbeddedSet set) {
        float[] values = set.images().values();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        JsonObject told = new JsonObject();
        told.addProperty(FEATURES, Base64.getEncoder().encodeToString(bytes.array()));
        JsonArray samples = new JsonArray();
        of(set).forEach(samples::add);
        told.add(SAMPLES, samples);
        return told.toString();
    }

    /** The features of what {@link #encoded} gave. */
    static float[] features(String encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
