package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.data.Batch;
import org.glip.engine.Autograd;
import org.glip.engine.Operators;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipModel;

/**
 * The forward and backward pass of one step of contrastive training (CLIP's symmetric loss).
 *
 * <p>A batch may be cut into micro-batches to save memory. The loss still compares every picture with every caption of
 * the batch: features are first computed without recording, the loss is differentiated by them, and each micro-batch is
 * then computed again and differentiated from its share of those gradients (gradient caching). The result is the same
 * but for rounding, since masks depend on the sample and not on the batch.
 */
final class ContrastiveStep {
    private final ClipModel model;
    private final Operators operators;
    private final MaskSampler mask;
    private final long seed;
    private final int microBatch;
    private final ParameterStore store;
    private final Map<String, NDArray> visual = new LinkedHashMap<>();
    private final Map<String, NDArray> text = new LinkedHashMap<>();

    /** Takes the gradients of some of the model's tensors, by name; they are freed when it returns. */
    @FunctionalInterface
    interface GradientConsumer {
        void accept(Map<String, NDArray> gradients);
    }

    /** @param microBatch samples that are computed at once, at least 1; the batch size or more means all */
    ContrastiveStep(
            ClipModel model, Operators operators, MaskSampler mask, long seed, int microBatch, NDManager manager) {
        this.model = model;
        this.operators = operators;
        this.mask = mask.requireGrid(model.config().vision().grid());
        this.seed = seed;
        this.microBatch = microBatch;
        this.store = new ParameterStore(manager, false);
        model.tensors().forEach((name, tensor) -> {
            if (!name.equals(ClipModel.LOGIT_SCALE)) {
                (name.startsWith("visual.") ? visual : text).put(name, tensor);
            }
        });
    }

    /**
     * Computes the loss of a batch, and hands out its gradients: those of the logit scale, of the image tower, and of
     * the text tower. The consumer may change a tower's weights at once, since nothing computed later reads them; so
     * the gradients of the whole model never lie in memory together.
     *
     * @param batch pairs
     * @param step the training step, part of the key of the masks
     * @param owner manager whose sub-manager holds what the pass makes
     * @param consumer called three times
     * @return the loss
     * @throws DivergedException where the loss is no number; the consumer has not been called then
     */
    float run(Batch batch, long step, NDManager owner, GradientConsumer consumer) {
        try (NDManager manager = owner.newSubManager();
                Autograd.Recording recording = Autograd.record()) {
            Part all = new Part(0, batch.size());
            boolean whole = batch.size() <= microBatch;
            NDArray image = whole ? images(batch, step, all, true, manager) : imageLeaves(batch, step, manager);
            NDArray caption = whole ? texts(batch, all, true, manager) : textLeaves(batch, manager);
            NDArray loss = operators.call("contrastive_loss", true, image, caption, model.logitScale());
            float value = loss.getFloat();
            if (!Float.isFinite(value)) {
                throw new DivergedException("the loss is " + value + " at step " + (step + 1)
                        + ": lower the learning rate or lengthen the warm-up");
            }
            List<NDArray> upstream = operators.gradients(
                    List.of(loss), List.of(loss.onesLike()), List.of(model.logitScale(), image, caption));
            consumer.accept(Map.of(ClipModel.LOGIT_SCALE, upstream.get(0)));
            if (whole) {
                hand(visual, gradients(image, upstream.get(1), visual), consumer);
                hand(text, gradients(caption, upstream.get(2), text), consumer);
            } else {
                Encoder images = (part, pass) -> images(batch, step, part, true, pass);
                hand(visual, sum(images, batch.size(), upstream.get(1), visual, manager), consumer);
                Encoder texts = (part, pass) -> texts(batch, part, true, pass);
                hand(text, sum(texts, batch.size(), upstream.get(2), text, manager), consumer);
            }
            return value;
        }
    }

    /** Some of a batch's pairs. */
    private record Part(int first, int count) {
        <T> List<T> of(List<T> batch) {
            return batch.subList(first, first + count);
        }
    }

    /** Computes a tower's features of a part, to be differentiated. */
    private interface Encoder {
        NDArray encode(Part part, NDManager manager);
    }

    private List<NDArray> gradients(NDArray features, NDArray upstream, Map<String, NDArray> tower) {
        return operators.gradients(List.of(features), List.of(upstream), List.copyOf(tower.values()));
    }

    private static void hand(Map<String, NDArray> tower, List<NDArray> gradients, GradientConsumer consumer) {
        Map<String, NDArray> named = new LinkedHashMap<>();
        tower.keySet().forEach(name -> named.put(name, gradients.get(named.size())));
        consumer.accept(named);
        gradients.forEach(NDArray::close);
    }

    /** Computes each micro-batch's features again, and adds up the gradients that follow from the features' own. */
    private List<NDArray> sum(
            Encoder encoder, int count, NDArray upstream, Map<String, NDArray> tower, NDManager manager) {
        List<NDArray> sums = new ArrayList<>();
        for (Part part : parts(count)) {
            try (NDManager pass = manager.newSubManager()) {
                NDArray share = upstream.get(new NDIndex("{}:{}", part.first, part.first + part.count));
                List<NDArray> found = gradients(encoder.encode(part, pass), share, tower);
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
    }

    private List<Part> parts(int count) {
        return IntStream.iterate(0, first -> first < count, first -> first + microBatch)
                .mapToObj(first -> new Part(first, Math.min(microBatch, count - first)))
                .toList();
    }

    private NDArray imageLeaves(Batch batch, long step, NDManager manager) {
        return leaves(batch.size(), (part, pass) -> images(batch, step, part, false, pass), manager);
    }

    private NDArray textLeaves(Batch batch, NDManager manager) {
        return leaves(batch.size(), (part, pass) -> texts(batch, part, false, pass), manager);
    }

    /**
     * All features, computed without recording, as a tensor that the loss can be differentiated by. Tensors made in
     * inference mode never can be; what is made of them outside it, as here by putting them together, is an ordinary
     * tensor.
     */
    private NDArray leaves(int count, Encoder encoder, NDManager manager) {
        NDList features = new NDList();
        for (Part part : parts(count)) {
            try (NDManager pass = manager.newSubManager()) {
                NDArray some = encoder.encode(part, pass);
                some.attach(manager);
                features.add(some);
            }
        }
        NDArray all = NDArrays.concat(features, 0);
        features.forEach(NDArray::close);
        all.setRequiresGradient(true);
        return all;
    }

    /** The image tower's features (count,E) of a part. */
    private NDArray images(Batch batch, long step, Part part, boolean training, NDManager manager) {
        NDList pictures = model.visual()
                .inputs(manager, part.of(batch.pixels()), mask, seed, step, batch.firstSampleIndex() + part.first);
        return model.visual().forward(store, pictures, training).singletonOrThrow();
    }

    /** The text tower's features (count,E) of a part. */
    private NDArray texts(Batch batch, Part part, boolean training, NDManager manager) {
        NDList captions = model.text().inputs(manager, part.of(batch.tokens()));
        return model.text().forward(store, captions, training).singletonOrThrow();
    }
}
