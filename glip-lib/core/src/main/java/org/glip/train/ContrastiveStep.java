package org.glip.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.glip.data.Batch;
import org.glip.engine.Autograd;
import org.glip.engine.HostCopy;
import org.glip.engine.Lanes;
import org.glip.engine.Operators;
import org.glip.engine.ProcessGroup;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipModel;
import org.glip.model.TextTower;
import org.glip.model.UsedTokens;

/**
 * The forward and backward pass of one step of contrastive training (CLIP's symmetric loss).
 *
 * <p>A batch may be cut into micro-batches to save memory. The loss still compares every picture with every caption of
 * the batch: features are first computed without recording, the loss is differentiated by them, and each micro-batch is
 * then computed again and differentiated from its share of those gradients (gradient caching). The result is the same
 * but for rounding, since masks depend on the sample and not on the batch.
 *
 * <p>Several ranks share a batch in the same way: each computes the features of its rows, all compute the whole loss
 * of all features, and each goes back from its rows of the loss's gradients; what comes out is summed. So ranks are to
 * the result what as many micro-batches are, for two of them to the last bit.
 *
 * <p>A batch that a small model computes at once is cut as well, to save time: {@link SmallModel} says when and why.
 */
final class ContrastiveStep implements AutoCloseable {
    private final ClipModel model;
    private final Operators operators;
    private final MaskSampler mask;
    private final long seed;
    private final int microBatch;
    private final ProcessGroup ranks;
    private final boolean small;

    /** Whether the loss is read after the gradients are taken: a GPU would stand still while it is read before. */
    private final boolean readsLate;

    private final Lanes lanes;
    private final NDManager manager;
    private final Map<String, NDArray> visual = new LinkedHashMap<>();
    private final Map<String, NDArray> text = new LinkedHashMap<>();

    /** Has the weights that are learned. Gradients of the two towers may come at the same time, from two threads. */
    interface Learner {
        /**
         * Is told the loss (), before the gradients, where it is read only after them: they are to be taken for none
         * where it is no number.
         */
        default void begin(NDArray loss) {}

        /**
         * Brings rows of the token embedding up to date.
         *
         * @param rows their numbers, ascending, each once
         * @param manager owner of the result
         * @return the rows (U,D), as a tensor that can be differentiated by
         */
        NDArray tokenRows(int[] rows, NDManager manager);

        /** Takes the gradients of some of the model's tensors, by name; they are freed when it returns. */
        void learn(Map<String, NDArray> gradients);

        /** Takes the gradient (U,D) of rows of the token embedding; the others' are zero. */
        void learnTokenRows(int[] rows, NDArray gradient);

        /** Reads the loss (), after all gradients: a GPU is waited for here, and nowhere else in a step. */
        default float end(NDArray loss) {
            return HostCopy.number(loss);
        }
    }

    /** A step of a process that trains alone. */
    ContrastiveStep(
            ClipModel model, Operators operators, MaskSampler mask, long seed, int microBatch, NDManager parent) {
        this(model, operators, mask, seed, microBatch, ProcessGroup.alone(), parent, false);
    }

    /**
     * @param microBatch samples that are computed at once, at least 1; the batch size or more means all
     * @param readsLate whether the loss is read after the gradients are taken
     */
    ContrastiveStep(
            ClipModel model,
            Operators operators,
            MaskSampler mask,
            long seed,
            int microBatch,
            ProcessGroup ranks,
            NDManager parent,
            boolean readsLate) {
        this.readsLate = readsLate;
        this.model = model;
        this.operators = operators;
        this.mask = mask.requireGrid(model.config().vision().grid());
        this.seed = seed;
        this.microBatch = microBatch;
        this.manager = parent.newSubManager();
        this.ranks = ranks;
        this.small = SmallModel.is(model);
        this.lanes = small ? Lanes.open() : Lanes.none();
        model.tensors().forEach((name, tensor) -> {
            if (!name.equals(ClipModel.LOGIT_SCALE)) {
                (name.startsWith("visual.") ? visual : text).put(name, tensor);
            }
        });
    }

    /**
     * Takes a step in a process that trains alone.
     *
     * @throws IllegalArgumentException where a caption does not fit the text tower
     */
    float run(Batch batch, long step, Learner learner) {
        model.text().requireFit(batch.tokens());
        return run(batch, UsedTokens.of(batch.tokens()), step, learner);
    }

    /**
     * Computes the loss of a batch, and hands out its gradients: those of the logit scale, of the image tower, and of
     * the text tower. The learner may change a tower's weights at once, since nothing computed later reads them; so
     * the gradients of a large model never lie in memory together, unless several ranks sum them up.
     *
     * @param batch pairs; of several ranks, this one's
     * @param captions theirs, which fit the text tower, over the tokens that any rank uses
     * @param step the training step, part of the key of the masks
     * @param learner gives rows of the token embedding, and takes gradients
     * @return the loss of all pairs
     * @throws DivergedException where the loss is no number; the learner has been given no gradients then, or was told
     *     before them
     */
    float run(Batch batch, UsedTokens captions, long step, Learner learner) {
        try (NDManager pass = manager.newSubManager();
                Autograd.Recording recording = Autograd.record();
                Lanes.Work side = lanes.begin()) {
            NDArray rows = learner.tokenRows(captions.rows(), pass);
            text.put(TextTower.TOKEN_EMBEDDING, rows);
            Weights weights = new Weights(model.text(), rows);
            TowerPass images = pass(images(batch, step, weights, pass), side);
            TowerPass texts = pass(texts(captions, weights, pass), side);
            if (!ranks.isAlone()) {
                return amongRanks(new Towers(images, texts), captions, step, learner, pass, side);
            }
            NDArray image = images.features();
            NDArray caption = texts.features();
            Loss loss = side.start(() -> loss(image, caption, step)).get();
            begin(loss, learner);
            learner.learn(Map.of(ClipModel.LOGIT_SCALE, loss.upstream.get(0)));
            Supplier<List<NDArray>> ofImages = images.backward(loss.upstream.get(1));
            Supplier<List<NDArray>> ofTexts = texts.backward(loss.upstream.get(2));
            Supplier<Boolean> imagesLearned =
                    side.start(() -> hand(visual.keySet(), ofImages.get(), captions, learner));
            Supplier<Boolean> textsLearned = side.start(() -> hand(text.keySet(), ofTexts.get(), captions, learner));
            imagesLearned.get();
            textsLearned.get();
            return end(loss, learner, step);
        }
    }

    private void begin(Loss loss, Learner learner) {
        if (readsLate) {
            learner.begin(loss.value);
        }
    }

    private float end(Loss loss, Learner learner, long step) {
        float value = learner.end(loss.value);
        requireFinite(value, step);
        return value;
    }

    private static void requireFinite(float loss, long step) {
        if (!Float.isFinite(loss)) {
            throw new DivergedException("the loss is " + loss + " at step " + (step + 1)
                    + ": lower the learning rate or lengthen the warm-up");
        }
    }

    /** Both at work on a batch. */
    private record Towers(TowerPass images, TowerPass texts) {}

    /**
     * The image tower's gradients travel while the text tower's are computed. Nothing is learned before all sums are
     * there: a rank that is lost until then leaves the state of the step before.
     */
    private float amongRanks(
            Towers towers, UsedTokens captions, long step, Learner learner, NDManager pass, Lanes.Work side) {
        NDArray images = ofAllRanks(towers.images.features(), pass);
        NDArray texts = ofAllRanks(towers.texts.features(), pass);
        Loss loss = side.start(() -> loss(images, texts, step)).get();
        int count = captions.captions().size();
        TowerPass.Part own = new TowerPass.Part(ranks.rank() * count, count);
        Supplier<List<NDArray>> ofImages = side.start(towers.images.backward(own.of(loss.upstream.get(1))));
        Supplier<List<NDArray>> ofTexts = side.start(towers.texts.backward(own.of(loss.upstream.get(2))));
        GradientSum imageSum = GradientSum.start(ofImages.get(), ranks, pass);
        GradientSum textSum = GradientSum.start(ofTexts.get(), ranks, pass);
        List<NDArray> imageGradients = imageSum.await();
        List<NDArray> textGradients = textSum.await();
        begin(loss, learner);
        learner.learn(Map.of(ClipModel.LOGIT_SCALE, loss.upstream.get(0)));
        hand(visual.keySet(), imageGradients, captions, learner);
        hand(text.keySet(), textGradients, captions, learner);
        return end(loss, learner, step);
    }

    /** The features of all pairs, which the loss can be differentiated by. */
    private NDArray ofAllRanks(NDArray own, NDManager pass) {
        try (NDArray plain = own.stopGradient()) {
            NDArray all = ranks.gather(plain, pass);
            all.setRequiresGradient(true);
            return all;
        }
    }

    /**
     * @param value the loss (), where it was computed
     * @param upstream its gradients by the logit scale and by the features of pictures and captions
     */
    private record Loss(NDArray value, List<NDArray> upstream) {}

    private Loss loss(NDArray image, NDArray caption, long step) {
        try (Autograd.Recording recording = Autograd.record()) {
            NDArray loss = operators.call(ContrastiveLoss.OPERATOR, true, image, caption, model.logitScale());
            if (!readsLate) {
                requireFinite(HostCopy.number(loss), step);
            }
            return new Loss(
                    loss,
                    operators.gradients(
                            List.of(loss), List.of(loss.onesLike()), List.of(model.logitScale(), image, caption)));
        }
    }

    private TowerPass.Work images(Batch batch, long step, Weights weights, NDManager pass) {
        return new TowerPass.Work(
                model.visual(),
                weights,
                List.copyOf(visual.values()),
                (part, owner) -> model.visual()
                        .inputs(
                                owner,
                                part.of(batch.pixels()),
                                mask,
                                seed,
                                step,
                                batch.firstSampleIndex() + part.first()),
                batch.size(),
                operators,
                pass);
    }

    private TowerPass.Work texts(UsedTokens captions, Weights weights, NDManager pass) {
        return new TowerPass.Work(
                model.text(),
                weights,
                List.copyOf(text.values()),
                (part, owner) -> model.text().inputs(owner, part.of(captions.captions())),
                captions.captions().size(),
                operators,
                pass);
    }

    private TowerPass pass(TowerPass.Work work, Lanes.Work side) {
        boolean isAsCut = small && !ranks.isAlone(); // what a micro-batch gives, to the last bit
        if (work.batch() > microBatch || isAsCut) {
            return new TowerPass.Cached(work, Math.min(microBatch, work.batch()));
        }
        return small ? new TowerPass.Pieces(work, SmallModel.pieces(work.batch()), side) : new TowerPass.Whole(work);
    }

    /**
     * The weights themselves, with some rows of the token embedding in place of all; unlike the engine's own store, for
     * several threads.
     */
    private static final class Weights extends ParameterStore {
        private final Parameter embedding;
        private final NDArray rows;

        Weights(TextTower tower, NDArray rows) {
            this.embedding = tower.getDirectParameters().get(TextTower.TOKEN_EMBEDDING);
            this.rows = rows;
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter == embedding ? rows : parameter.getArray();
        }
    }

    private static boolean hand(Iterable<String> names, List<NDArray> gradients, UsedTokens captions, Learner learner) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        names.forEach(name -> named.put(name, gradients.get(named.size())));
        NDArray rows = named.remove(TextTower.TOKEN_EMBEDDING);
        learner.learn(named);
        if (rows != null) {
            learner.learnTokenRows(captions.rows(), rows);
        }
        gradients.forEach(NDArray::close);
        return true;
    }

    /** Frees what belongs to the step; the model stays. */
    @Override
    public void close() {
        lanes.close();
        manager.close();
    }
}
