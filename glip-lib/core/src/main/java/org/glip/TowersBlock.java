package org.glip;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.glip.model.ClipModel;
import org.glip.model.TextTower;

/**
 * Both towers behind one DJL block, so that one loaded model serves predictors of pictures and of texts. Which tower is
 * meant the first input tells: pixels are floating-point numbers, ids are integers.
 */
final class TowersBlock extends AbstractBlock {
    private final ClipModel model;

    TowersBlock(ClipModel model) {
        super((byte) 1);
        this.model = addChildBlock("clip", model);
        // What a block is told when it is initialised, and by which DJL's tools try it out: the inputs of the image
        // tower.
        int side = model.config().vision().imageSize();
        inputNames = List.of("pixels", "kept");
        inputShapes = new Shape[] {
            new Shape(1, 3, side, side),
            new Shape(1, model.config().vision().grid().patches())
        };
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return tower(inputs.head().getDataType()).forward(store, inputs, training, params);
    }

    TextTower text() {
        return model.text();
    }

    private Block tower(DataType first) {
        return first.isFloating() ? model.visual() : model.text();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        throw new IllegalStateException("the model comes with its weights");
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), model.config().embedding())};
    }
}
