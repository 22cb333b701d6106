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

/**
 * Stored weights whose image position embeddings are resized to another grid, so that a model trained on small pictures
 * goes on at full size (RECLIP, unmasked tuning at another size). Bicubic with antialiasing, the class token's row as
 * it is (open_clip's {@code resize_pos_embed}).
 */
final class ResizedPositions implements StoredWeights {
    private static final String POSITIONS = "visual.positional_embedding";

    private final StoredWeights stored;
    private final Shape shape;
    private final int side;

    private ResizedPositions(StoredWeights stored, Shape shape, int side) {
        this.stored = stored;
        this.shape = shape;
        this.side = side;
    }

    /** The weights as they are where the grids agree (or do not look like square grids), else resized on reading. */
    static StoredWeights forModel(StoredWeights stored, ClipConfig config) {
        Shape found = stored.shapes().get(POSITIONS);
        int side = config.vision().grid().side();
        Shape wanted = new Shape(side * (long) side + 1, config.vision().width());
        if (found == null || found.equals(wanted) || found.dimension() != 2 || found.get(1) != wanted.get(1)) {
            return stored;
        }
        long root = Math.round(Math.sqrt(found.get(0) - 1.0));
        return root * root == found.get(0) - 1 ? new ResizedPositions(stored, wanted, side) : stored;
    }

    @Override
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>(stored.shapes());
        shapes.put(POSITIONS, shape);
        return shapes;
    }

    @Override
    public String origin() {
        return stored.origin();
    }

    @Override
    public NDArray tensor(NDManager manager, String name, Shape wanted) {
        if (!name.equals(POSITIONS)) {
            return stored.tensor(manager, name, wanted);
        }
        OperatorSettings settings = new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR);
        try (NDManager scratch = manager.newSubManager();
                Operators operators = Operators.compile(scratch, settings)) {
            NDArray all = stored.tensor(scratch, POSITIONS, stored.shapes().get(POSITIONS));
            NDArray patches =
                    operators.call("resize_positions", false, all.get(new NDIndex("1:")), scratch.create((long) side));
            NDArray resized = all.get(new NDIndex("0:1")).concat(patches);
            resized.attach(manager);
            return resized;
        }
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
