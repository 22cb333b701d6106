package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.Batch;
import org.glip.engine.Autograd;
import org.glip.engine.Operators;
import org.glip.mask.PatchMask;
import org.glip.model.CaptionEncoder;
import org.glip.model.ClipModel;
import org.glip.model.ModelInputs;

/**
 * The forward and backward pass of one step of contrastive training (paper, section 3; CLIP's symmetric loss).
 *
 * <p>A batch may be cut into micro-batches to save memory. The loss still compares every picture with every caption of the batch:
 * features are first computed without recording, the loss is differentiated by them, and each micro-batch is then computed
 * again and differentiated from its share of those gradients (gradient caching). The result is the same but for rounding,
 * since masks depend on the sample and not on the batch.
 */
final class ContrastiveStep {
    private final ClipModel model;
    private final Operators operators;
    private final PatchMask mask;
    private final long seed;
    private final int microBatch;
    private final ParameterStore store;
    private final CaptionEncoder captions;
    private final List<NDArray> parameters;
    private final List<NDArray> towers;

    /** @param microBatch samples that are computed at once, at least 1; the batch size or more means all */
    ContrastiveStep(
            ClipModel model, Operators operators, PatchMask mask, long seed, int microBatch, NDManager manager) {
        this.model = model;
        this.operators = operators;
        this.mask = mask.requireGrid(model.config().vision().grid());
        this.seed = seed;
        this.microBatch = microBatch;
        this.store = new ParameterStore(manager, false);
        this.captions = new CaptionEncoder(model.text(), store);
        this.parameters = List.copyOf(model.tensors().values());
        this.towers = parameters.subList(1, parameters.size());
    }

    /**
     * What a step found.
     *
     * @param loss the contrastive loss
     * @param gradients of the loss by the model's tensors, in their order
     */
    record Gradients(float loss, List<NDArray> gradients) {}

    /**
     * Computes the loss of a batch and its gradients.
     *
     * @param batch pairs
     * @param step the training step, part of the key of the masks
     * @param owner manager that the gradients belong to; all else that the pass makes is freed
     * @return loss and gradients
     */
    Gradients run(Batch batch, long step, NDManager owner) {
        try (NDManager manager = owner.newSubManager();
                Autograd.Recording recording = Autograd.record()) {
            Gradients found = batch.size() <= microBatch ? whole(batch, step, manager) : cached(batch, step, manager);
            found.gradients().forEach(gradient -> gradient.attach(owner));
            return found;
        }
    }

    private Gradients whole(Batch batch, long step, NDManager manager) {
        NDList features = features(batch, step, 0, batch.size(), true, manager);
        NDArray loss = operators.call("contrastive_loss", true, features.get(0), features.get(1), model.logitScale());
        return new Gradients(loss.getFloat(), operators.gradients(List.of(loss), List.of(loss.onesLike()), parameters));
    }

    private Gradients cached(Batch batch, long step, NDManager manager) {
        NDList images = new NDList();
        NDList texts = new NDList();
        for (int first = 0; first < batch.size(); first += microBatch) {
            int count = Math.min(microBatch, batch.size() - first);
            try (NDManager pass = manager.newSubManager()) {
                NDList features = features(batch, step, first, count, false, pass);
                images.add(leafCopy(features.get(0), manager));
                texts.add(leafCopy(features.get(1), manager));
            }
        }
        NDArray image = leaf(NDArrays.concat(images, 0));
        NDArray text = leaf(NDArrays.concat(texts, 0));
        NDArray loss = operators.call("contrastive_loss", true, image, text, model.logitScale());
        List<NDArray> upstream =
                operators.gradients(List.of(loss), List.of(loss.onesLike()), List.of(model.logitScale(), image, text));
        List<NDArray> sums = new ArrayList<>();
        for (int first = 0; first < batch.size(); first += microBatch) {
            int count = Math.min(microBatch, batch.size() - first);
            NDIndex rows = new NDIndex("{}:{}", first, first + count);
            try (NDManager pass = manager.newSubManager()) {
                NDList features = features(batch, step, first, count, true, pass);
                List<NDArray> share =
                        List.of(upstream.get(1).get(rows), upstream.get(2).get(rows));
                List<NDArray> found = operators.gradients(features, share, towers);
                if (sums.isEmpty()) {
                    found.forEach(gradient -> gradient.attach(manager));
                    sums.addAll(found);
                } else {
                    operators.add(sums, found);
                }
            }
        }
        // The logit scale comes first among the model's tensors; the towers never see it.
        sums.add(0, upstream.get(0));
        return new Gradients(loss.getFloat(), sums);
    }

    /** Features of some of a batch's pairs: images (count,E) and texts (count,E). */
    private NDList features(Batch batch, long step, int first, int count, boolean training, NDManager manager) {
        NDArray pixels = ModelInputs.pixels(manager, batch.pixels(), first, count, batch.imageSize());
        NDArray kept = ModelInputs.kept(manager, mask, seed, step, batch.firstSampleIndex() + first, count);
        NDArray image = model.visual()
                .forward(store, new NDList(pixels, kept), training)
                .singletonOrThrow();
        NDArray text = captions.encode(manager, batch.tokens(), batch.contextLength(), first, count, training);
        return new NDList(image, text);
    }

    /** An ordinary tensor with the numbers of one that was made in inference mode and may not be differentiated. */
    private static NDArray leafCopy(NDArray inference, NDManager manager) {
        return manager.create(inference.toFloatArray(), inference.getShape());
    }

    private static NDArray leaf(NDArray tensor) {
        tensor.setRequiresGradient(true);
        return tensor;
    }
}
