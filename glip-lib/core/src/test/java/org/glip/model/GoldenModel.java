package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.glip.engine.Torch;
import org.glip.engine.Upload;
import org.glip.model.weights.SafetensorsFile;

/** A model of src/test/python/make_model_golden.py with the inputs that open_clip was given and what it computed. */
public final class GoldenModel implements AutoCloseable {
    private final NDManager manager = Torch.newManager();
    private final ClipModel model;
    private final SafetensorsFile expected;

    public GoldenModel(String name) throws IOException {
        Path folder = path("open_clip/" + name);
        model = ModelFolder.load(folder, manager);
        expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
    }

    public static Path path(String resource) {
        URL url = Objects.requireNonNull(GoldenModel.class.getResource(resource), resource);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    NDManager manager() {
        return manager;
    }

    ClipModel model() {
        return model;
    }

    public float[] expected(String name) throws IOException {
        return expected.floats(name);
    }

    public int[] integers(String name) throws IOException {
        float[] values = expected.floats(name);
        int[] integers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            integers[i] = (int) values[i];
        }
        return integers;
    }

    public int pairs() {
        return (int) expected.shapes().get("tokens").get(0);
    }

    /** Every patch of every picture, or those that the golden file keeps; (B,k) */
    NDArray kept(boolean all) throws IOException {
        int count = pairs();
        if (all) {
            return ModelInputs.kept(
                    Upload.plain(),
                    manager,
                    org.glip.mask.Mask.none().on(model.config().vision().grid()),
                    0,
                    0,
                    0,
                    count);
        }
        int[] kept = integers("kept");
        long[] longs = java.util.Arrays.stream(kept).asLongStream().toArray();
        return manager.create(longs, new Shape(count, kept.length / count));
    }

    @Override
    public void close() throws IOException {
        expected.close();
        model.close();
        manager.close();
    }
}
