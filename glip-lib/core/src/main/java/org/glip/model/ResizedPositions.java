package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.model.weights.StoredWeights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stored weights whose position embeddings are resized as they are read: those of the image tower to another grid, so
 * that a model trained on small pictures goes on at full size (RECLIP, unmasked tuning at another size), bicubic with
 * antialiasing, the class token's row as it is (open_clip's {@code resize_pos_embed}); those of the text tower to
 * another context, linearly (its {@code resize_text_pos_embed}).
 */
final class ResizedPositions implements StoredWeights {
    private static final Logger LOGGER = LoggerFactory.getLogger(ResizedPositions.class);
    private static final String IMAGE = "visual.positional_embedding";
    private static final String TEXT = "positional_embedding";

    private final StoredWeights stored;
    private final String name;
    private final Shape shape;
    private final Resizing resizing;

    /** From the positions that are stored to those that are wanted. */
    @FunctionalInterface
    private interface Resizing {
        NDArray resize(Operators operators, NDArray positions);
    }

    private ResizedPositions(StoredWeights stored, String name, Shape shape, Resizing resizing) {
        this.stored = stored;
        this.name = name;
        this.shape = shape;
        this.resizing = resizing;
    }

    /** The weights as they are where the lengths agree (or are none to resize), else resized on reading. */
    static StoredWeights forModel(StoredWeights stored, ClipConfig config) {
        return forText(forImages(stored, config), config);
    }

    private static StoredWeights forImages(StoredWeights stored, ClipConfig config) {
        Shape found = stored.shapes().get(IMAGE);
        int side = config.vision().grid().side();
        Shape wanted = new Shape(side * (long) side + 1, config.vision().width());
        if (!isOfAnotherLength(found, wanted)) {
            return stored;
        }
        long root = Math.round(Math.sqrt(found.get(0) - 1.0));
        if (root < 1 || root * root != found.get(0) - 1) { // not those of a square grid
            return stored;
        }
        return new ResizedPositions(stored, IMAGE, wanted, (operators, all) -> {
            NDArray size = all.getManager().create((long) side);
            NDArray patches = operators.call("resize_positions", false, all.get(new NDIndex("1:")), size);
            return all.get(new NDIndex("0:1")).concat(patches);
        });
    }

    private static StoredWeights forText(StoredWeights stored, ClipConfig config) {
        Shape found = stored.shapes().get(TEXT);
        long length = config.text().contextLength();
        Shape wanted = new Shape(length, config.text().width());
        if (!isOfAnotherLength(found, wanted)) {
            return stored;
        }
        LOGGER.warn(
                "{}: the position embeddings of its texts are resized from {} tokens to {}, linearly as open_clip does",
                stored.origin(),
                found.get(0),
                length);
        return new ResizedPositions(
                stored,
                TEXT,
                wanted,
                // A copy, since what an operator gives without gradients cannot become a parameter that has some.
                (operators, all) -> operators
                        .call(
                                "resize_text_positions",
                                false,
                                all,
                                all.getManager().create(length))
                        .duplicate());
    }

    private static boolean isOfAnotherLength(Shape found, Shape wanted) {
        return found != null
                && !found.equals(wanted)
                && found.dimension() == 2
                && found.get(0) > 0
                && found.get(1) == wanted.get(1);
    }

    @Override
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>(stored.shapes());
        shapes.put(name, shape);
        return shapes;
    }

    @Override
    public String origin() {
        return stored.origin();
    }

    @Override
    public NDArray tensor(NDManager manager, String wanted, Shape wantedShape) {
        if (!wanted.equals(name)) {
            return stored.tensor(manager, wanted, wantedShape);
        }
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (NDManager scratch = manager.newSubManager();
                Operators operators = Operators.compile(scratch, settings)) {
            NDArray all = stored.tensor(scratch, name, stored.shapes().get(name));
            NDArray resized = resizing.resize(operators, all);
            resized.attach(manager);
            return resized;
        }
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
