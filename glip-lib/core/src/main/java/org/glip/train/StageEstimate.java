package org.glip.train;

import org.glip.model.ClipConfig;
import org.glip.model.ForwardCost;
import org.glip.model.ModelSize;

/**
 * What a stage will take, told before it begins, from counts and from the rate at which the machine multiplies
 * matrices. Reading and decoding pictures, and what ranks say to each other, are not in it.
 *
 * <p>The constants are fitted to the steps of ViT-B/16 in {@code notebooks/results/04-efficiency/cost} (two cores of an
 * AMD EPYC, float32 and bfloat16, batches of 4 to 64, no loader), which a test holds them to: time and memory within a
 * tenth. Models that are far smaller take longer than this says, since their operators cost more to call than to do.
 *
 * @param steps optimiser steps
 * @param pairs pairs seen in all of them, by all ranks
 * @param stepFlop floating-point operations of the matrix products of one step, all ranks together
 * @param paperFlop the same as the paper counts: captions padded to the context, nothing left out, nothing twice
 * @param memory of one rank
 * @param stepSeconds time of a step
 */
public record StageEstimate(
        long steps, long pairs, double stepFlop, double paperFlop, Memory memory, double stepSeconds) {
    /** What passes between the products, over the products' own time: norms, activations, attention, copies. */
    private static final double BESIDE_PRODUCTS = 1.22;

    /** AdamW, and what else a step does once, whatever its batch. */
    private static final double SECONDS_PER_WEIGHT = 2.4e-9;

    /**
     * Bytes that one rank holds at its fullest.
     *
     * @param state weights, gradients and AdamW's two moments
     * @param activations what a block keeps until its backward pass, of the pairs computed at once
     * @param batches pixels of the batch in work and the next, on Java's heap
     * @param process Java, the engine and the tokenizer
     * @param loader what decoding leaves behind until Java collects it, and the shuffle buffer
     */
    public record Memory(long state, long activations, long batches, long process, long loader) {
        private static final long BYTES_PER_WEIGHT = 4L * Float.BYTES;

        /** Vectors of the width that a block keeps for a token. */
        private static final int KEPT_IN_BLOCK = 14;

        /** Those of the block that is just computed, of both directions. */
        private static final int IN_WORK = 32;

        private static final long PROCESS = 200L << 20;

        /** As measured with pictures of 64 pixels and the usual shuffle buffer; Java takes more where it may. */
        private static final long LOADER = 350L << 20;

        /** {@return all together} */
        public long total() {
            return state + activations + batches + process + loader;
        }

        static Memory of(ClipConfig model, int pairs, int pairsAtOnce, int imageTokens, int textTokens) {
            ClipConfig.Vision vision = model.vision();
            ClipConfig.Text text = model.text();
            long pixels = BatchMemory.picture(vision);
            long kept = tokens(vision.width(), vision.layers(), imageTokens)
                    + tokens(text.width(), text.layers(), textTokens)
                    + 2 * pixels;
            long state = BYTES_PER_WEIGHT * ModelSize.of(model).total();
            return new Memory(state, pairsAtOnce * kept, BatchMemory.BATCHES * pairs * pixels, PROCESS, LOADER);
        }

        private static long tokens(long width, long layers, long tokens) {
            return Float.BYTES * width * tokens * (KEPT_IN_BLOCK * layers + IN_WORK);
        }
    }

    /**
     * Estimates a stage.
     *
     * @param model the model
     * @param config the stage; its batch is that of all ranks together, its micro-batch that of one
     * @param captionTokens tokens of a caption, on average, up to its end
     * @param ranks processes that share each batch, at least 1
     * @param gflops 10^9 floating-point operations a second of a large matrix product on the machine of each rank
     * @return the estimate
     * @throws IllegalArgumentException if the ranks do not divide the batch, or a number is out of range
     */
    public static StageEstimate of(ClipConfig model, StageConfig config, int captionTokens, int ranks, double gflops) {
        if (ranks < 1 || config.batchSize() % ranks != 0) {
            throw new IllegalArgumentException(
                    ranks + " ranks cannot share a batch of " + config.batchSize() + " pairs equally");
        }
        if (!(gflops > 0)) {
            throw new IllegalArgumentException("a machine's rate must be above 0, not " + gflops);
        }
        int ofRank = config.batchSize() / ranks;
        int atOnce = Math.min(config.microBatch(), ofRank);
        int imageTokens = 1 + config.mask().on(model.vision().grid()).kept();
        double pair = ForwardCost.computed(model, imageTokens, captionTokens).trainingFlop();
        // what is computed in parts goes forward once more, before the loss is known
        double work = atOnce < ofRank ? pair * 4 / 3 : pair;
        double paper = ForwardCost.plain(model, imageTokens, model.text().contextLength())
                .trainingFlop();
        double seconds = BESIDE_PRODUCTS * ofRank * work / (gflops * 1e9)
                + SECONDS_PER_WEIGHT * ModelSize.of(model).total();
        return new StageEstimate(
                config.steps(),
                config.steps() * config.batchSize(),
                config.batchSize() * work,
                config.batchSize() * paper,
                Memory.of(model, ofRank, atOnce, imageTokens, captionTokens),
                seconds);
    }

    /** {@return time of the stage} */
    public double seconds() {
        return steps * stepSeconds;
    }

    /** {@return floating-point operations of the stage's matrix products} */
    public double flop() {
        return steps * stepFlop;
    }
}
