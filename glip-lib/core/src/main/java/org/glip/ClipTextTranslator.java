package org.glip;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;
import org.glip.model.ClipConfig;
import org.glip.model.ModelInputs;
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
     * @param config of the model
     */
    public ClipTextTranslator(ClipConfig config) {
        context = config.text().contextLength();
    }

    /**
     * What DJL needs to load a model as a {@code ZooModel} of texts.
     *
     * @param modelOrRun as in {@link Clip#open}
     * @return the criteria; {@code toBuilder()} adds to them, a device for example
     * @throws IOException where there is no model or its configuration cannot be read
     * @throws IllegalArgumentException where the configuration asks for what this library does not build
     */
    public static Criteria<String, float[]> criteria(Path modelOrRun) throws IOException {
        return ModelCriteria.of(modelOrRun, String.class, ClipTextTranslator::new);
    }

    /** Gives ids (C) and the place of the end-of-text token (). */
    @Override
    public NDList processInput(TranslatorContext translation, String text) {
        NDManager manager = translation.getNDManager();
        int[] tokens = tokenizer.tokenize(text, context);
        return new NDList(
                manager.create(tokens).toType(ai.djl.ndarray.types.DataType.INT64, false),
                ModelInputs.ends(manager, tokens, context, 0).squeeze(0));
    }

    @Override
    public float[] processOutput(TranslatorContext translation, NDList features) {
        return ClipImageTranslator.normalised(features);
    }
}
