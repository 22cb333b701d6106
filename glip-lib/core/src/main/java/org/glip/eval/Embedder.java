package org.glip.eval;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import org.glip.data.Batch;
import org.glip.engine.HostCopy;
import org.glip.files.Interruption;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.model.ClipModel;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;

/** Pictures and texts to L2-normalised features. Reads a model, never changes it. */
public final class Embedder {
    /**
     * Numbers in the widest activation (tokens x MLP width) of the pictures computed at once on a CPU. Larger ones
     * leave the caches, and the allocator maps and clears each anew: ViT-B/16 takes 8 pictures at once.
     */
    private static final int WIDEST_ACTIVATION = 5 << 20;

    /** Texts computed at once. */
    static final int TEXTS = 512;

    private final ClipModel model;
    private final ClipTokenizer tokenizer;
    private final NDManager parent;
    private final ParameterStore store;

    /**
     * An embedder that computes with a model, which stays the caller's.
     *
     * @param model the model
     * @param tokenizer for the texts
     */
    public Embedder(ClipModel model, ClipTokenizer tokenizer) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.parent = model.logitScale().getManager();
        this.store = new ParameterStore(parent, false);
    }

    /** {@return numbers of a feature, E} */
    public int dimension() {
        return model.config().embedding();
    }

    /**
     * Embeds the pictures of whole batches, unmasked.
     *
     * @param batches pictures; usually a loader of a single epoch
     * @return their features, in order, with keys, captions and metadata
     */
    public EmbeddedSet images(Iterator<Batch> batches) {
        return images(batches, Mask.none(), 0);
    }

    /**
     * Embeds the pictures of whole batches; with a mask this is the paper's masked inference, one fresh draw a picture.
     *
     * @param batches pictures
     * @param mask what the image tower does not see
     * @param seed of the masks
     * @return their features, in order, with keys, captions and metadata
     * @throws IllegalArgumentException where there is no picture, or the pictures are of another size than the model's
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public EmbeddedSet images(Iterator<Batch> batches, Mask mask, long seed) {
        return images(batches, mask, seed, 1);
    }

    /**
     * Embeds the pictures of whole batches by an ensemble of masked views: the L2-normalised features of several draws
     * are averaged and normalised again. The first draw is that of {@link #images(Iterator, Mask, long)}.
     *
     * @param batches pictures
     * @param mask what the image tower does not see
     * @param seed of the masks
     * @param draws masks drawn for each picture, at least 1
     * @return their features, in order, with keys, captions and metadata
     * @throws IllegalArgumentException where there is no picture, the pictures are of another size than the model's, or
     *     several draws are asked of no mask
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public EmbeddedSet images(Iterator<Batch> batches, Mask mask, long seed, int draws) {
        if (draws < 1 || (draws > 1 && mask instanceof Mask.None)) {
            throw new IllegalArgumentException("a picture needs at least one draw, and several only differ with a mask;"
                    + " not " + draws + " with mask " + mask);
        }
        MaskSampler sampler = mask.on(model.config().vision().grid());
        List<float[]> features = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        List<JsonObject> metadata = new ArrayList<>();
        while (batches.hasNext()) {
            Batch batch = batches.next();
            Pictures pictures = Pictures.of(batch);
            features.add(
                    draws == 1
                            ? view(pictures, new View(sampler, seed, 0), done -> {})
                            : ensemble(pictures, sampler, seed, draws));
            keys.addAll(batch.keys());
            captions.addAll(batch.captions());
            metadata.addAll(batch.metadata());
        }
        if (features.isEmpty()) {
            throw new IllegalArgumentException("there is no picture to embed");
        }
        return new EmbeddedSet(gather(features), keys, captions, metadata);
    }

    /**
     * Embeds pictures that nothing is known about, unmasked.
     *
     * @param pixels normalised pixels of each picture, (3,S,S) of the model's image size; at least one
     * @return their features, in order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Features images(List<float[]> pixels) {
        return images(pixels, done -> {});
    }

    /**
     * Embeds pictures that nothing is known about, unmasked, and tells how far it is.
     *
     * @param pixels normalised pixels of each picture, (3,S,S) of the model's image size; at least one
     * @param progress told now and then how many are done
     * @return their features, in order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Features images(List<float[]> pixels, LongConsumer progress) {
        Pictures pictures = new Pictures(pixels, 0);
        MaskSampler all = Mask.none().on(model.config().vision().grid());
        return gather(List.of(view(pictures, new View(all, 0, 0), progress)));
    }

    /**
     * Embeds pictures that nothing is known about, all under the same draw of a mask, that of the seed's first sample:
     * what a picture gives does not depend on those beside it. They are computed one at a time.
     *
     * @param pixels normalised pixels of each picture, (3,S,S) of the model's image size; at least one
     * @param mask what the image tower does not see
     * @param seed of the draw
     * @return their features, in order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Features images(List<float[]> pixels, Mask mask, long seed) {
        View view = new View(mask.on(model.config().vision().grid()), seed, 0);
        return gather(pixels.stream()
                .map(picture -> view(new Pictures(List.of(picture), 0), view, done -> {}))
                .toList());
    }

    /** The part of a batch that the image tower takes; {@code first} is the global index of the first sample. */
    private record Pictures(List<float[]> pixels, long first) {
        static Pictures of(Batch batch) {
            return new Pictures(batch.pixels(), batch.firstSampleIndex());
        }

        int size() {
            return pixels.size();
        }
    }

    /** Sums (n,E) of the normalised features of all draws, which have the direction of their mean. */
    private float[] ensemble(Pictures batch, MaskSampler mask, long seed, int draws) {
        float[] sum = new float[batch.size() * model.config().embedding()];
        for (int draw = 0; draw < draws; draw++) {
            float[] features = gather(List.of(view(batch, new View(mask, seed, draw), done -> {})))
                    .values();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += features[i];
            }
        }
        return sum;
    }

    /** One draw of a mask. */
    private record View(MaskSampler mask, long seed, int draw) {}

    /** Raw features (n,E) of a batch's pictures under one draw of the mask. */
    private float[] view(Pictures batch, View view, LongConsumer progress) {
        int embedding = model.config().embedding();
        int atOnce = picturesAtOnce(view.mask, batch.size());
        float[] all = new float[batch.size() * embedding];
        for (int first = 0; first < batch.size(); first += atOnce) {
            Interruption.check("embedding pictures");
            int count = Math.min(atOnce, batch.size() - first);
            System.arraycopy(part(batch, first, count, view), 0, all, first * embedding, count * embedding);
            progress.accept(first + count);
        }
        return all;
    }

    private int picturesAtOnce(MaskSampler mask, int batchSize) {
        if (parent.getDevice().isGpu()) {
            return batchSize;
        }
        return Math.max(
                1,
                WIDEST_ACTIVATION / ((mask.kept() + 1) * model.config().vision().mlpWidth()));
    }

    /** Raw features (count,E) of a part of a batch. */
    private float[] part(Pictures batch, int first, int count, View view) {
        try (NDManager manager = parent.newSubManager()) {
            List<float[]> some = batch.pixels().subList(first, first + count);
            NDList inputs =
                    model.visual().inputs(manager, some, view.mask, view.seed, view.draw, batch.first() + first);
            return HostCopy.floats(model.visual().forward(store, inputs, false).singletonOrThrow());
        }
    }

    /**
     * Embeds texts.
     *
     * @param texts at least one
     * @return their features, in order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Features texts(List<String> texts) {
        return texts(texts, done -> {});
    }

    /**
     * Embeds texts and tells how far it is.
     *
     * @param texts at least one
     * @param progress told now and then how many are done
     * @return their features, in order
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Features texts(List<String> texts, LongConsumer progress) {
        int context = model.config().text().contextLength();
        List<float[]> parts = new ArrayList<>();
        for (int first = 0; first < texts.size(); first += TEXTS) {
            Interruption.check("embedding texts");
            List<String> some = texts.subList(first, Math.min(first + TEXTS, texts.size()));
            List<CaptionTokens> tokens =
                    some.stream().map(text -> tokenizer.tokenize(text, context)).toList();
            try (NDManager manager = parent.newSubManager()) {
                NDList inputs = model.text().inputs(manager, tokens);
                parts.add(HostCopy.floats(
                        model.text().forward(store, inputs, false).singletonOrThrow()));
            }
            progress.accept(first + some.size());
        }
        return gather(parts);
    }

    private Features gather(List<float[]> parts) {
        int total = parts.stream().mapToInt(part -> part.length).sum();
        float[] all = new float[total];
        int position = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, position, part.length);
            position += part.length;
        }
        int width = model.config().embedding();
        return Features.normalised(total / width, width, all);
    }
}
