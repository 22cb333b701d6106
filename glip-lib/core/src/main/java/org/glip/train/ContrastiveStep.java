package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.glip.data.Batch;
import org.glip.engine.Autograd;
import org.glip.engine.Lanes;
import org.glip.engine.Operators;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipModel;
import org.glip.model.TextTower;

/**
 * The forward and backward pass of one step of contrastive training (CLIP's symmetric loss).
 *
 * <p>A batch may be cut into micro-batches to save memory. The loss still compares every picture with every caption of
 * the batch: features are first computed without recording, the loss is differentiated by them, and each micro-batch is
 * then computed again and differentiated from its share of those gradients (gradient caching). The result is the same
 * but for rounding, since masks depend on the sample and not on the batch.
 *
 * <p>With a small model, a batch that is computed at once is cut as well, into pieces that {@link Lanes} compute side by
 * side; nothing is computed twice then.
 */
final class ContrastiveStep implements AutoCloseable {
    private final ClipModel model;
    private final Operators operators;
    private final MaskSampler mask;
    private final long seed;
    private final int microBatch;
    private final Pieces pieces;
    private final Lanes lanes;
    private final NDManager manager;
    private final List<TowerWeights> visual = new ArrayList<>();
    private final List<TowerWeights> text = new ArrayList<>();

    /** Has the weights that are learned. */
    interface Learner {
        /**
         * Brings rows of the token embedding up to date.
         *
         * @param rows their numbers, ascending, each once
         * @param manager owner of the result
         * @return the rows (U,D)
         */
        NDArray tokenRows(int[] rows, NDManager manager);

        /** Takes the gradients of some of the model's tensors, by name; they are freed when it returns. */
        void learn(Map<String, NDArray> gradients);

        /** Takes the gradient (U,D) of rows of the token embedding; the others' are zero. */
        void learnTokenRows(int[] rows, NDArray gradient);
    }

    /** @param microBatch samples that are computed at once, at least 1; the batch size or more means all */
    ContrastiveStep(
            ClipModel model, Operators operators, MaskSampler mask, long seed, int microBatch, NDManager parent) {
        this.model = model;
        this.operators = operators;
        this.mask = mask.requireGrid(model.config().vision().grid());
        this.seed = seed;
        this.microBatch = microBatch;
        this.manager = parent.newSubManager();
        this.pieces = Pieces.of(model);
        this.lanes = pieces.most() > 1 ? Lanes.open() : Lanes.none();
        for (int i = 0; i < pieces.most(); i++) {
            visual.add(TowerWeights.of(model.visual(), manager));
            text.add(TowerWeights.of(model.text(), manager));
        }
    }

    /**
     * Computes the loss of a batch, and hands out its gradients: those of the logit scale, of the image tower, and of
     * the text tower. The learner may change a tower's weights at once, since nothing computed later reads them; so
     * the gradients of the whole model never lie in memory together.
     *
     * @param batch pairs
     * @param step the training step, part of the key of the masks
     * @param learner gives rows of the token embedding, and takes gradients
     * @return the loss
     * @throws DivergedException where the loss is no number; the learner has been given no gradients then
     */
    float run(Batch batch, long step, Learner learner) {
        model.text().requireFit(batch.tokens());
        try (NDManager pass = manager.newSubManager();
                Autograd.Recording recording = Autograd.record();
                Lanes.Work work = lanes.begin()) {
            UsedTokens captions = UsedTokens.of(batch.tokens());
            try (NDArray rows = learner.tokenRows(captions.rows(), pass)) {
                text.forEach(weights -> weights.put(TextTower.TOKEN_EMBEDDING, rows, pass));
            }
            Encoder images = (part, weights, training, owner) -> {
                NDList pictures = model.visual()
                        .inputs(
                                owner,
                                part.of(batch.pixels()),
                                mask,
                                seed,
                                step,
                                batch.firstSampleIndex() + part.first);
                return model.visual().forward(weights, pictures, training).singletonOrThrow();
            };
            Encoder texts = (part, weights, training, owner) -> {
                NDList inputs = model.text().inputs(owner, part.of(captions.captions()));
                return model.text().forward(weights, inputs, training).singletonOrThrow();
            };
            boolean whole = batch.size() <= microBatch;
            Pass image = whole
                    ? new AtOnce(images, visual, batch.size(), pass, work)
                    : new Cached(images, visual, batch.size(), pass);
            Pass caption = whole
                    ? new AtOnce(texts, text, batch.size(), pass, work)
                    : new Cached(texts, text, batch.size(), pass);
            NDArray imageFeatures = image.features();
            NDArray captionFeatures = caption.features();
            NDArray loss = operators.call("contrastive_loss", true, imageFeatures, captionFeatures, model.logitScale());
            float value = loss.getFloat();
            if (!Float.isFinite(value)) {
                throw new DivergedException("the loss is " + value + " at step " + (step + 1)
                        + ": lower the learning rate or lengthen the warm-up");
            }
            List<NDArray> upstream = operators.gradients(
                    List.of(loss),
                    List.of(loss.onesLike()),
                    List.of(model.logitScale(), imageFeatures, captionFeatures));
            learner.learn(Map.of(ClipModel.LOGIT_SCALE, upstream.get(0)));
            Supplier<List<NDArray>> ofImage = image.backward(upstream.get(1));
            Supplier<List<NDArray>> ofCaption = caption.backward(upstream.get(2));
            hand(visual.get(0), ofImage.get(), captions, learner);
            hand(text.get(0), ofCaption.get(), captions, learner);
            return value;
        }
    }

    private static void hand(TowerWeights tower, List<NDArray> gradients, UsedTokens captions, Learner learner) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        tower.byName().keySet().forEach(name -> named.put(name, gradients.get(named.size())));
        NDArray rows = named.remove(TextTower.TOKEN_EMBEDDING);
        learner.learn(named);
        if (rows != null) {
            learner.learnTokenRows(captions.rows(), rows);
        }
        gradients.forEach(NDArray::close);
    }

    /** Some of a batch's pairs. */
    private record Part(int first, int count) {
        <T> List<T> of(List<T> batch) {
            return batch.subList(first, first + count);
        }

        NDArray of(NDArray batch) {
            return batch.get(new NDIndex("{}:{}", first, first + count));
        }

        static List<Part> of(int batch, int size) {
            return IntStream.iterate(0, first -> first < batch, first -> first + size)
                    .mapToObj(first -> new Part(first, Math.min(size, batch - first)))
                    .toList();
        }
    }

    /** Computes a tower's features (count,E) of a part. */
    private interface Encoder {
        NDArray encode(Part part, TowerWeights weights, boolean training, NDManager manager);
    }

    /** A tower's way there and back. */
    private interface Pass {
        /** All features, which the loss can be differentiated by. */
        NDArray features();

        /** From the loss's gradient by the features to that by the weights, in the tower's order. */
        Supplier<List<NDArray>> backward(NDArray upstream);
    }

    /** Puts parts together to a tensor that the loss can be differentiated by. */
    private static NDArray leaf(NDList features, NDManager manager) {
        NDArray all = NDArrays.concat(features, 0);
        NDArray leaf = all.stopGradient();
        leaf.attach(manager);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private List<NDArray> gradients(NDArray features, NDArray upstream, TowerWeights weights) {
        return operators.gradients(
                List.of(features),
                List.of(upstream),
                List.copyOf(weights.byName().values()));
    }

    /** All parts stay in memory from the way there to the way back. */
    private final class AtOnce implements Pass {
        private final List<Part> parts;
        private final List<TowerWeights> weights;
        private final NDManager manager;
        private final Lanes.Work work;
        private final List<Supplier<NDArray>> encoded = new ArrayList<>();
        private final NDList features = new NDList();

        AtOnce(Encoder encoder, List<TowerWeights> weights, int count, NDManager manager, Lanes.Work work) {
            this.parts = Part.of(count, pieces.size(count));
            this.weights = weights;
            this.manager = manager;
            this.work = work;
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                TowerWeights own = weights.get(i);
                encoded.add(work.start(() -> {
                    try (Autograd.Recording recording = Autograd.record()) {
                        return encoder.encode(part, own, true, manager);
                    }
                }));
            }
        }

        @Override
        public NDArray features() {
            encoded.forEach(part -> features.add(part.get()));
            return leaf(features, manager);
        }

        @Override
        public Supplier<List<NDArray>> backward(NDArray upstream) {
            List<Supplier<List<NDArray>>> found = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                NDArray share = parts.get(i).of(upstream);
                NDArray part = features.get(i);
                TowerWeights own = weights.get(i);
                found.add(work.start(() -> gradients(part, share, own)));
            }
            return () -> {
                List<NDArray> sums = found.get(0).get();
                for (Supplier<List<NDArray>> more : found.subList(1, found.size())) {
                    operators.add(sums, more.get());
                }
                return sums;
            };
        }
    }

    /** Micro-batches, one in memory at a time, each computed twice. */
    private final class Cached implements Pass {
        private final Encoder encoder;
        private final List<Part> parts;
        private final TowerWeights weights;
        private final NDManager manager;

        Cached(Encoder encoder, List<TowerWeights> weights, int count, NDManager manager) {
            this.encoder = encoder;
            this.parts = Part.of(count, microBatch);
            this.weights = weights.get(0);
            this.manager = manager;
        }

        /**
         * All features, computed without recording. Tensors made in inference mode never can be differentiated by; what
         * is made of them outside it, as here by putting them together, is an ordinary tensor.
         */
        @Override
        public NDArray features() {
            NDList features = new NDList();
            for (Part part : parts) {
                try (NDManager pass = manager.newSubManager()) {
                    NDArray some = encoder.encode(part, weights, false, pass);
                    some.attach(manager);
                    features.add(some);
                }
            }
            NDArray all = leaf(features, manager);
            features.forEach(NDArray::close);
            return all;
        }

        /** Computes each micro-batch's features again, and adds up the gradients that follow from the features' own. */
        @Override
        public Supplier<List<NDArray>> backward(NDArray upstream) {
            return () -> {
                List<NDArray> sums = new ArrayList<>();
                for (Part part : parts) {
                    try (NDManager pass = manager.newSubManager()) {
                        NDArray share = part.of(upstream);
                        List<NDArray> found = gradients(encoder.encode(part, weights, true, pass), share, weights);
                        share.close();
                        if (sums.isEmpty()) {
                            found.forEach(gradient -> gradient.attach(manager));
                            sums.addAll(found);
                        } else {
                            operators.add(sums, found);
                        }
                    }
                }
                return sums;
            };
        }
    }

    /** Frees what belongs to the step; the model stays. */
    @Override
    public void close() {
        lanes.close();
        manager.close();
    }
}
