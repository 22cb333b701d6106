package org.glip.experiment;

import java.io.IOException;
import java.util.Map;
import org.glip.data.SampleSource;
import org.glip.engine.Precision;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.train.StageConfig;

/**
 * How long and how each method of a comparison is trained. All methods share one plan, so that the mask is all that
 * differs.
 */
public sealed interface Plan permits SamplePlan, EpochPlan {
    /**
     * Returns the plan for version 2 of Scenes, chosen on its validation split ({@code docs/recipe.md}): the {@code
     * tiny-wide} model, batches of 64, learning rate 5e-4, tuning at a tenth of it for a twelfth of the samples.
     *
     * @param samples pairs seen in pre-training
     * @param precision number format of matrix products
     * @return the plan
     */
    static SamplePlan forScenes(int samples, Precision precision) {
        return SamplePlan.forScenes(samples, precision);
    }

    /**
     * Returns the plan that results on version 1 of Scenes were made by: the {@code tiny} model, batches of 128,
     * learning rate 1e-3 (chosen on the validation fold among 5e-4, 1e-3 and 3e-3), tuning at a tenth of it for a
     * twelfth of the samples.
     *
     * @param samples pairs seen in pre-training
     * @param precision number format of matrix products
     * @return the plan
     */
    static SamplePlan ofSamples(int samples, Precision precision) {
        return SamplePlan.usual(samples, precision);
    }

    /**
     * Returns the paper's recipe: 30 epochs in batches of 1280 at a learning rate of 1e-3 after 10,000 steps of
     * warm-up, then one epoch without a mask in batches of 640 at 1e-5.
     *
     * @param model the model, in the paper ViT-B/16
     * @param precision number format of matrix products
     * @return the plan
     */
    static EpochPlan paper(ClipConfig model, Precision precision) {
        return EpochPlan.paper(model, precision);
    }

    /** {@return the model as it is tuned and tested} */
    ClipConfig model();

    /** {@return number format of matrix products} */
    Precision precision();

    /** {@return threads that decode pictures} */
    int workers();

    /** {@return the pairs in the shuffle buffer} */
    int shuffle();

    /**
     * {@return what is made of a picture in training}
     *
     * @param imageSize side of the model's pictures, in pixels
     */
    ImageTransform transform(int imageSize);

    /**
     * Returns the settings of both stages.
     *
     * @param mask of the pre-training
     * @param pairs what is trained on; counted where the length of a stage depends on it
     * @param seed of weights, order and masks
     * @return the settings by stage
     * @throws IOException where the pairs cannot be counted
     */
    Map<Stage, StageConfig> stages(Mask mask, SampleSource pairs, long seed) throws IOException;

    /** {@return whether new position embeddings start as {@link org.glip.model.PositionWaves}} */
    default boolean positionWaves() {
        return false;
    }

    /** {@return whether a run is long enough to be worth checkpoints, so that it goes on where it was interrupted} */
    boolean keepsCheckpoints();

    /** {@return what tells its runs from those of other plans in file names; empty if nothing does} */
    String fileName();

    /**
     * {@return what changes nothing but the last digits of a run, by name, for those who make it again}
     */
    default Map<String, String> details() {
        return Map.of();
    }

    /** {@return the settings by name, for the provenance} */
    Map<String, String> settings();
}
