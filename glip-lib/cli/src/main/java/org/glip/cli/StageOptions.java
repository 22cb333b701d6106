package org.glip.cli;

import java.io.IOException;
import org.glip.engine.Precision;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What pre-training and tuning have in common; defaults that differ come from {@link Defaults}. */
final class StageOptions {
    /**
     * What differs between the stages of the paper's recipe.
     *
     * @param batch pairs a step
     * @param epochs passes over the data
     * @param learningRate peak learning rate
     * @param warmupSteps steps of warm-up, or null for a tenth of an epoch (or of the steps, where those are given)
     */
    record Defaults(
            int batch,
            double epochs,
            double learningRate,
            @Nullable Long warmupSteps) {}

    /** Counts the pairs of the data, which may take its time. */
    @FunctionalInterface
    interface PairCount {
        long pairs() throws IOException;
    }

    /** How long; one of the two. */
    static final class Length {
        @Option(names = "--steps", paramLabel = "N", description = "Optimiser steps.")
        private @Nullable Long steps;

        @Option(
                names = "--epochs",
                paramLabel = "E",
                description = "Passes over the data, in place of --steps (default: 30, tuning 1).")
        private @Nullable Double epochs;
    }

    @ArgGroup
    private @Nullable Length length;

    @Option(names = "--batch", paramLabel = "N", description = "Pairs a step (default: 1280, tuning 640).")
    private @Nullable Integer batch;

    @Option(
            names = "--micro-batch",
            paramLabel = "N",
            description = "Pairs computed at once: fewer take less memory and more time (default: the batch).")
    private @Nullable Integer microBatch;

    @Option(names = "--lr", paramLabel = "X", description = "Peak learning rate (default: 1e-3, tuning 1e-5).")
    private @Nullable Double learningRate;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description = "Steps of linear warm-up (default: 10000, tuning a tenth of an epoch).")
    private @Nullable Long warmup;

    @Option(
            names = "--weight-decay",
            defaultValue = "0.2",
            paramLabel = "X",
            description = "Default: ${DEFAULT-VALUE}.")
    private double weightDecay;

    @Option(names = "--beta1", defaultValue = "0.9", paramLabel = "X", description = "Default: ${DEFAULT-VALUE}.")
    private double beta1;

    @Option(names = "--beta2", defaultValue = "0.98", paramLabel = "X", description = "Default: ${DEFAULT-VALUE}.")
    private double beta2;

    @Option(names = "--eps", defaultValue = "1e-6", paramLabel = "X", description = "Default: ${DEFAULT-VALUE}.")
    private double epsilon;

    @Option(
            names = "--augment",
            defaultValue = "crop",
            paramLabel = "KIND",
            description = "crop (random resized, half to all of the picture) or none (default: ${DEFAULT-VALUE}).")
    private String augment;

    @Option(
            names = "--shuffle",
            defaultValue = "5000",
            paramLabel = "N",
            converter = ShuffleOption.class,
            description = "Pairs in the shuffle buffer, 0 for the order of the data, or all: any pair can come at any"
                    + " place of an epoch, for which plain shards get an index (default: ${DEFAULT-VALUE}).")
    private int shuffle;

    @Option(
            names = "--max-bad",
            defaultValue = "5",
            paramLabel = "PERCENT",
            description = "Stop where more of the data than this is bad and left out (default: ${DEFAULT-VALUE};"
                    + " 100 for no limit).")
    private double maxBad;

    @Mixin
    private SeedOption seed;

    long seed() {
        return seed.value();
    }

    int shuffle() {
        return shuffle;
    }

    double maxBad() {
        return maxBad;
    }

    ImageTransform transform(ClipConfig model) {
        return switch (augment) {
            case "crop" -> model.trainingCrop();
            case "none" -> model.evaluationTransform();
            default -> throw new IllegalArgumentException("unknown augmentation '" + augment + "': use crop or none");
        };
    }

    /** Whether the samples of the source have to be counted. */
    boolean isInEpochs() {
        return length == null || length.steps == null;
    }

    /** The settings; counts the pairs of the data where the length is given in epochs. */
    StageConfig config(Defaults defaults, PairCount data, Mask mask, Precision precision, long checkpointEvery)
            throws IOException {
        int pairs = batch == null ? defaults.batch() : batch;
        double rate = learningRate == null ? defaults.learningRate() : learningRate;
        long steps;
        double warmupSteps;
        if (length != null && length.steps != null) {
            steps = length.steps;
            warmupSteps = steps / 10.0;
        } else {
            double epochs = length == null || length.epochs == null ? defaults.epochs() : length.epochs;
            double stepsPerEpoch = (double) data.pairs() / pairs;
            steps = wholeSteps(epochs, stepsPerEpoch);
            warmupSteps = Math.min(epochs, 1) * stepsPerEpoch / 10;
        }
        long warming =
                warmup != null ? warmup : defaults.warmupSteps() != null ? defaults.warmupSteps() : (long) warmupSteps;
        return StageConfig.builder()
                .setSteps(steps)
                .setBatchSize(pairs)
                .setMask(mask)
                .optMicroBatch(microBatch == null ? pairs : microBatch)
                .optOptimizer(new OptimizerConfig(rate, beta1, beta2, epsilon, weightDecay, warming))
                .optPrecision(precision)
                .optSeed(seed.value())
                .optCheckpointEvery(checkpointEvery)
                .build();
    }

    private static long wholeSteps(double epochs, double stepsPerEpoch) {
        if (!(epochs > 0) || Double.isInfinite(epochs)) {
            throw new IllegalArgumentException("--epochs must be above 0, not " + epochs);
        }
        return Math.max(1, (long) (epochs * stepsPerEpoch));
    }
}
