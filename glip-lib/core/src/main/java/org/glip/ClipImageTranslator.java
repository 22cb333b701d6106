package org.glip;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.engine.HostCopy;
import org.glip.eval.Features;
import org.glip.model.ClipConfig;

/**
 * Pictures to L2-normalised features by DJL's {@code Predictor}, one or a batch.
 *
 * <pre>{@code
 * try (ZooModel<Image, float[]> model = ClipImageTranslator.criteria(Path.of("runs/glip")).loadModel();
 *         Predictor<Image, float[]> predictor = model.newPredictor()) {
 *     float[] feature = predictor.predict(ImageFactory.getInstance().fromFile(Path.of("photo.jpg")));
 * }
 * }</pre>
 *
 * <p>A loaded model has both towers: {@code model.newPredictor(new ClipTextTranslator(...))} embeds texts with it. The
 * features are those of {@link Clip}, as far as the image factory decodes files to the same pixels. Immutable;
 * predictors of several threads may share it.
 */
public final class ClipImageTranslator implements Translator<Image, float[]> {
    private final Preprocessing preprocessing;
    private final int side;
    private final int patches;

    /**
     * A translator for models of a configuration.
     *
     * @param config of the model
     */
    public ClipImageTranslator(ClipConfig config) {
        preprocessing = Preprocessing.of(config);
        side = config.vision().imageSize();
        patches = config.vision().grid().patches();
    }

    /**
     * Returns what DJL needs to load a model as a {@code ZooModel} of pictures.
     *
     * @param modelOrRun as in {@link Clip#open}
     * @return the criteria; {@code toBuilder()} adds to them, a device for example
     * @throws IOException where there is no model or its configuration cannot be read
     * @throws IllegalArgumentException where the configuration asks for what this library does not build
     */
    public static Criteria<Image, float[]> criteria(Path modelOrRun) throws IOException {
        return ModelCriteria.of(modelOrRun, Image.class, ClipImageTranslator::new);
    }

    /** Gives pixels (3,S,S) and the numbers of all patches (k): the picture is not masked. */
    @Override
    public NDList processInput(TranslatorContext context, Image image) throws IOException {
        float[] pixels = preprocessing.pixels(Picture.of(image).read());
        NDManager manager = context.getNDManager();
        NDArray kept = manager.arange(0, patches, 1, DataType.INT64);
        return new NDList(manager.create(pixels, new Shape(3, side, side)), kept);
    }

    /**
     * Gives the inputs of several pictures.
     *
     * @throws IllegalArgumentException if there is none
     */
    @Override
    public NDList batchProcessInput(TranslatorContext context, List<Image> images) throws Exception {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("there is no picture to embed");
        }
        return Translator.super.batchProcessInput(context, images);
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList features) {
        return normalised(features);
    }

    /** The feature of one picture or text, to norm 1 in the arithmetic of {@link Clip}. */
    static float[] normalised(NDList features) {
        float[] raw = HostCopy.floats(features.singletonOrThrow());
        return Features.normalised(1, raw.length, raw).values();
    }
}
