package org.glip;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The model of src/test/python/make_front_door_golden.py, and what open_clip computed with it. */
final class FrontDoor {
    private static final String RESOURCES = "/org/glip/front_door/";

    private FrontDoor() {}

    /** What open_clip gave; the probabilities are a row a picture, in the order of the labels. */
    record Expected(
            Map<String, float[]> pictures,
            List<TextFeature> texts,
            double logit_scale,
            List<String> labels,
            List<String> templates,
            Map<String, double[][]> probabilities) {}

    record TextFeature(String text, float[] feature) {}

    static Expected expected() {
        try (Reader reader = new InputStreamReader(open("expected.json"), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, Expected.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks the model into a folder. */
    static Path model(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream config = open("open_clip_config.json");
                InputStream weights = new GZIPInputStream(open("model.safetensors.gz"))) {
            Files.copy(config, folder.resolve("open_clip_config.json"));
            Files.copy(weights, folder.resolve("model.safetensors"));
        }
        return folder;
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(FrontDoor.class.getResourceAsStream(RESOURCES + name), name);
    }

    /** One of the pictures that open_clip was given. */
    static Path picture(String name) {
        try {
            return Path.of(Objects.requireNonNull(FrontDoor.class.getResource("/org/glip/image/sources/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of them, in the order of the expected rows. */
    static List<Picture> pictures() {
        return Picture.files(
                expected().pictures().keySet().stream().map(FrontDoor::picture).toList());
    }
}
