package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.glip.model.weights.StoredWeights;

/**
 * CLIP: an image tower, a text tower and a learned logit scale (open_clip's {@code CLIP}).
 *
 * <p>A DJL block. Inputs: pixels (B,3,S,S) and kept (B,k), see {@link ImageTower}, then what {@link TextTower#inputs}
 * makes of B captions; outputs: image features (B,E), text features (B,E), neither normalised, and the logarithm of the
 * logit scale (). {@link #getParameters()} has open_clip's names.
 */
public final class ClipModel extends AbstractBlock implements AutoCloseable {
    /** ln(1/0.07), where the logarithm of the logit scale starts. */
    public static final double INITIAL_LOGIT_SCALE = Math.log(1 / 0.07);

    /** The name of the logarithm of the logit scale among the {@linkplain #tensors() tensors}. */
    public static final String LOGIT_SCALE = "logit_scale";

    /** Pixels and kept; the inputs of the text tower follow. */
    private static final int IMAGE_INPUTS = 2;

    private final ClipConfig config;
    private final ImageTower visual;
    private final TextTower text;

    private ClipModel(ClipConfig config, long seed) {
        super((byte) 1);
        this.config = config;
        addParameter(Parameter.builder()
                .setName(LOGIT_SCALE)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape())
                .optInitializer(new Init.Constant((float) INITIAL_LOGIT_SCALE).bind(seed, LOGIT_SCALE))
                .build());
        visual = addChildBlock("visual", new ImageTower(config.vision(), config.embedding(), config.quickGelu(), seed));
        text = addChildBlock("text", new TextTower(config.text(), config.embedding(), config.quickGelu(), seed));
    }

    /**
     * Makes a model with new weights, which are a function of the configuration and the seed.
     *
     * @param config the model
     * @param seed of the initial weights
     * @param manager owner of the weights; its device is where the model lives
     * @return the model
     */
    public static ClipModel create(ClipConfig config, long seed, NDManager manager) {
        ClipModel model = new ClipModel(config, seed);
        model.initialize(manager, DataType.FLOAT32, model.exampleInputs());
        return model;
    }

    /**
     * Makes a model from stored weights.
     *
     * @param config the model
     * @param weights tensors in open_clip's names; each parameter must be there, in its shape, and nothing else
     * @param manager owner of the weights
     * @return the model
     * @throws IllegalArgumentException where tensors are missing, left over or of another shape; they are listed
     */
    public static ClipModel load(ClipConfig config, StoredWeights weights, NDManager manager) {
        ClipModel model = new ClipModel(config, 0);
        ParameterList parameters = model.getParameters();
        weights.requireMatch(parameters);
        for (Pair<String, Parameter> parameter : parameters) {
            parameter
                    .getValue()
                    .setInitializer((owner, shape, type) -> weights.tensor(owner, parameter.getKey(), shape));
        }
        model.initialize(manager, DataType.FLOAT32, model.exampleInputs());
        return model;
    }

    private Shape[] exampleInputs() {
        int side = config.vision().imageSize();
        Stream<Shape> image = Stream.of(
                new Shape(1, 3, side, side), new Shape(1, config.vision().grid().patches()));
        Stream<Shape> caption =
                Stream.of(PackedCaptions.shapesOfOne(config.text().contextLength()));
        return Stream.concat(image, caption).toArray(Shape[]::new);
    }

    /**
     * Returns the configuration.
     *
     * @return the model's configuration
     */
    public ClipConfig config() {
        return config;
    }

    /**
     * Returns the image tower.
     *
     * @return the image tower, a block of its own
     */
    public ImageTower visual() {
        return visual;
    }

    /**
     * Returns the text tower.
     *
     * @return the text tower, a block of its own
     */
    public TextTower text() {
        return text;
    }

    /**
     * Returns the logarithm of the logit scale.
     *
     * @return the parameter's tensor, shape ()
     */
    public NDArray logitScale() {
        return getDirectParameters().get(LOGIT_SCALE).getArray();
    }

    /**
     * Chooses how both towers compute, from the next call on.
     *
     * @param execution precision and matrix route
     */
    public void use(Execution execution) {
        visual.use(execution);
        text.use(execution);
    }

    /**
     * Returns every tensor under open_clip's name, in the order of its state dict.
     *
     * @return name to tensor; the tensors are the live weights
     */
    public Map<String, NDArray> tensors() {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        for (Pair<String, Parameter> parameter : getParameters()) {
            tensors.put(parameter.getKey(), parameter.getValue().getArray());
        }
        return tensors;
    }

    @Override
    public ParameterList getParameters() {
        ParameterList all = new ParameterList();
        all.addAll(getDirectParameters());
        all.addAll(text.getDirectParameters());
        for (Pair<String, Parameter> parameter : visual.getDirectParameters()) {
            all.add("visual." + parameter.getKey(), parameter.getValue());
        }
        return all;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        visual.initialize(manager, dataType, Arrays.copyOf(inputShapes, IMAGE_INPUTS));
        text.initialize(manager, dataType, Arrays.copyOfRange(inputShapes, IMAGE_INPUTS, inputShapes.length));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray image = visual.forward(store, new NDList(inputs.subList(0, IMAGE_INPUTS)), training, params)
                .singletonOrThrow();
        NDArray caption = text.forward(store, inputs.subNDList(IMAGE_INPUTS), training, params)
                .singletonOrThrow();
        return new NDList(image, caption, logitScale());
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape features = new Shape(inputShapes[0].get(0), config.embedding());
        return new Shape[] {features, features, new Shape()};
    }

    /** {@return what it is made of, a line for each tower, and how many weights they have} */
    @Override
    public String toString() {
        ClipConfig.Vision vision = config.vision();
        ClipConfig.Text words = config.text();
        ModelSize size = ModelSize.of(config);
        return String.format(
                Locale.ROOT,
                "CLIP of %,d weights, features of %d numbers%n"
                        + "  image tower: pictures (3, %d, %d), %s of %d px, %d blocks of width %d, %,d weights%n"
                        + "  text tower: up to %d of %,d tokens, %d blocks of width %d, %,d weights%n"
                        + "  logit scale",
                size.total(),
                config.embedding(),
                vision.imageSize(),
                vision.imageSize(),
                vision.grid(),
                vision.patchSize(),
                vision.layers(),
                vision.width(),
                size.image(),
                words.contextLength(),
                words.vocabularySize(),
                words.layers(),
                words.width(),
                size.text());
    }

    /** Frees the weights. */
    @Override
    public void close() {
        visual.clear();
        text.clear();
        logitScale().close();
    }
}
