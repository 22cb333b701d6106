package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.train.ContrastiveLoss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person needs who writes the training loop by hand, with DJL's collector and optimiser. */
class OwnLoopTest {
    private static final ClipConfig SMALL = new ClipConfig(
            16,
            false,
            new ClipConfig.Vision(32, 8, 32, 2, 16, 4, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(10, 50, 32, 2, 2, 4));
    private static final int PAIRS = 12;

    private final RandomPairs pairs = RandomPairs.of(SMALL, PAIRS, 5);
    private final MaskSampler mask = Mask.gaussian(0.75, 0.2).on(SMALL.vision().grid());
    private NDManager manager;
    private ClipModel model;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
        model = ClipModel.create(SMALL, 3, manager);
    }

    @AfterEach
    void close() {
        model.close();
        manager.close();
    }

    private NDArray images(NDManager owner) {
        return model.visual().features(model.visual().inputs(owner, pairs.pixels(), mask, 0, 0, 0));
    }

    private NDArray texts(NDManager owner) {
        return model.text().features(model.text().inputs(owner, pairs.captions()));
    }

    @Test
    void featuresAreThoseOfForward() {
        NDArray forward = model.visual()
                .forward(
                        new ParameterStore(manager, false),
                        model.visual().inputs(manager, pairs.pixels(), mask, 0, 0, 0),
                        false)
                .singletonOrThrow();
        assertArrayEquals(forward.toFloatArray(), images(manager).toFloatArray());
        assertEquals(new Shape(PAIRS, 16), texts(manager).getShape());
    }

    @Test
    void theLossIsTheMeanOfTwoCrossEntropies() {
        NDArray image = images(manager);
        NDArray text = texts(manager);
        NDArray cosines = image.normalize(2, 1).matMul(text.normalize(2, 1).transpose());
        NDArray logits = cosines.mul(model.logitScale().exp());
        NDArray both = logits.logSoftmax(0).add(logits.logSoftmax(1));
        float plain = both.mul(manager.eye(PAIRS)).sum().div(-2 * PAIRS).getFloat();
        assertEquals(plain, ContrastiveLoss.of(image, text, model.logitScale()).getFloat(), 1e-5);
    }

    @Test
    void alikeFeaturesCostTheLogarithmOfTheBatch() {
        NDArray alike = manager.ones(new Shape(PAIRS, 16));
        assertEquals(
                Math.log(PAIRS),
                ContrastiveLoss.of(alike, alike, model.logitScale()).getFloat(),
                1e-5);
    }

    @Test
    void aLoopWithDjlsCollectorAndOptimizerLearnsThePairs() {
        model.tensors().values().forEach(weight -> weight.setRequiresGradient(true));
        Optimizer adam =
                Optimizer.adam().optLearningRateTracker(Tracker.fixed(3e-3f)).build();
        float first = Float.NaN;
        float last = Float.NaN;
        for (int step = 0; step < 20; step++) {
            try (NDManager pass = manager.newSubManager();
                    GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray loss = ContrastiveLoss.of(images(pass), texts(pass), model.logitScale());
                gradients.backward(loss);
                model.tensors().forEach((name, weight) -> adam.update(name, weight, weight.getGradient()));
                last = loss.getFloat();
                first = step == 0 ? last : first;
            }
        }
        assertTrue(last < 0.5 * first, first + " became " + last);
    }

    @Test
    void aModelSaysWhatItIsMadeOf() {
        String said = model.toString();
        assertTrue(said.contains("image tower: pictures (3, 32, 32), 4 x 4 patches of 8 px, 2 blocks"), said);
        assertTrue(said.contains("text tower: up to 10 of 50 tokens, 2 blocks of width 32"), said);
    }

    @Test
    void featuresThatDoNotFitEachOtherAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> ContrastiveLoss.of(images(manager), manager.ones(new Shape(PAIRS, 8)), model.logitScale()));
        assertTrue(e.getMessage().contains("(12, 16)") && e.getMessage().contains("(12, 8)"), e.getMessage());
    }
}
