package org.glip;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.model.ClipConfig;
import org.glip.model.TextTower;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;

/**
 * Texts to L2-normalised features by DJL's {@code Predictor}, one or a batch; the features are those of {@link Clip}.
 *
 * <pre>{@code
 * try (ZooModel<String, float[]> model = ClipTextTranslator.criteria(Path.of("runs/glip")).loadModel();
 *         Predictor<String, float[]> predictor = model.newPredictor()) {
 *     List<float[]> features = predictor.batchPredict(List.of("a photo of a cat", "a photo of a dog"));
 * }
 * }</pre>
 *
 * <p>Immutable; predictors of several threads may share it.
 */
public final class ClipTextTranslator implements Translator<String, float[]> {
    private final ClipTokenizer tokenizer = ClipTokenizer.load();
    private final int context;

    /**
     * A translator for models of a configuration.
     *
     * @param config of the model
     */
    public ClipTextTranslator(ClipConfig config) {
        context = config.text().contextLength();
    }

    /**
     * Returns what DJL needs to load a model as a {@code ZooModel} of texts.
     *
     * @param modelOrRun as in {@link Clip#open}
     * @return the criteria; {@code toBuilder()} adds to them, a device for example
     * @throws IOException where there is no model or its configuration cannot be read
     * @throws IllegalArgumentException where the configuration asks for what this library does not build
     */
    public static Criteria<String, float[]> criteria(Path modelOrRun) throws IOException {
        return ModelCriteria.of(modelOrRun, String.class, ClipTextTranslator::new);
    }

    /** Returns the text tower's inputs for one text, a batch of one. */
    @Override
    public NDList processInput(TranslatorContext translation, String text) {
        return batchProcessInput(translation, List.of(text));
    }

    /**
     * Returns the text tower's inputs: the texts packed without padding, which one text after the other could not be.
     */
    @Override
    public NDList batchProcessInput(TranslatorContext translation, List<String> texts) {
        List<CaptionTokens> tokens =
                texts.stream().map(text -> tokenizer.tokenize(text, context)).toList();
        return tower(translation.getBlock()).inputs(translation.getNDManager(), tokens);
    }

    private static TextTower tower(Block block) {
        if (block instanceof TowersBlock towers) {
            return towers.text();
        }
        if (block instanceof TextTower tower) {
            return tower;
        }
        throw new IllegalArgumentException("the predictor's model has no text tower, but a "
                + block.getClass().getSimpleName()
                + ": load it by ClipTextTranslator.criteria or ClipImageTranslator.criteria");
    }

    @Override
    public float[] processOutput(TranslatorContext translation, NDList features) {
        return ClipImageTranslator.normalised(features);
    }
}
