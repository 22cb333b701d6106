package org.glip.results;

import java.util.Optional;
import java.util.Set;
import org.glip.eval.ClassificationResult;
import org.glip.eval.Retrieval;

/**
 * A figure of a run, by its name in result files. Measures, such as {@link #TOP_1}, are figures of {@code glip
 * evaluate}; those of a run's tests have the {@linkplain TestName#metric test's name} before them.
 *
 * @param name such as {@code image tokens} or {@code tuned top-1}
 */
public record Metric(String name) {
    /** Measure: the share of pictures whose first prediction is right. */
    public static final Metric TOP_1 = new Metric(ClassificationResult.TOP_1);
    /** Measure: the share of pictures of which one of the first five predictions is right. */
    public static final Metric TOP_5 = new Metric(ClassificationResult.TOP_5);
    /** Measure: the mean of the classes' shares of right pictures. */
    public static final Metric MEAN_PER_CLASS_RECALL = new Metric(ClassificationResult.MEAN_PER_CLASS_RECALL);

    /** Tokens of a picture in pre-training, the class token among them. */
    public static final Metric IMAGE_TOKENS = new Metric("image tokens");
    /** Pairs seen in pre-training. */
    public static final Metric SAMPLES = new Metric("samples");
    /** Pairs a second, waiting for data left out. */
    public static final Metric SAMPLES_PER_SECOND = new Metric("samples per second");
    /** Mean contrastive loss of the last steps of pre-training. */
    public static final Metric TRAINING_LOSS = new Metric("training loss");
    /** Wall time of the pre-training. */
    public static final Metric TRAINING_SECONDS = new Metric("training seconds");
    /** Processor time of the pre-training, all threads together. */
    public static final Metric TRAINING_CPU_SECONDS = new Metric("training CPU seconds");
    /** Wall time of the tuning. */
    public static final Metric TUNING_SECONDS = new Metric("tuning seconds");
    /** Processor time of the tuning, all threads together. */
    public static final Metric TUNING_CPU_SECONDS = new Metric("tuning CPU seconds");

    /** Pairs of a step. */
    public static final Metric BATCH_SIZE = new Metric("batch size");
    /** Milliseconds that a step takes, the median step. */
    public static final Metric STEP_TIME = new Metric("step ms");
    /** Milliseconds of processor time that a step takes, all threads together. */
    public static final Metric STEP_CPU_TIME = new Metric("step CPU ms");
    /** The most memory that the process held, in MiB. */
    public static final Metric PEAK_MEMORY = new Metric("peak memory MiB");
    /** 10^9 floating-point operations of a step's matrix products. */
    public static final Metric STEP_GFLOP = new Metric("step GFLOP");
    /** The same as the paper counts, captions padded to the context. */
    public static final Metric PAPER_GFLOP = new Metric("paper GFLOP");
    /** 10^9 floating-point operations a second of one large matrix product on the machine. */
    public static final Metric MACHINE_RATE = new Metric("machine GFLOP per second");
    /** The part of the machine's rate that a step reaches. */
    public static final Metric MATRIX_SHARE = new Metric("matrix share");

    private static final Set<Metric> COSTS = Set.of(
            SAMPLES_PER_SECOND,
            TRAINING_SECONDS,
            TRAINING_CPU_SECONDS,
            TUNING_SECONDS,
            TUNING_CPU_SECONDS,
            STEP_TIME,
            STEP_CPU_TIME,
            PEAK_MEMORY,
            MACHINE_RATE,
            MATRIX_SHARE);

    /**
     * {@return measure: the share of captions whose picture is among the k nearest}
     *
     * @param k how many of the nearest count, at least 1
     */
    public static Metric textToImageRecall(int k) {
        return new Metric(Retrieval.Result.textToImage(k));
    }

    /**
     * {@return measure: the share of pictures with a caption of theirs among the k nearest}
     *
     * @param k how many of the nearest count, at least 1
     */
    public static Metric imageToTextRecall(int k) {
        return new Metric(Retrieval.Result.imageToText(k));
    }

    /** {@return whether it is of time or memory, which differ from one time to the next even on one machine} */
    public boolean isCost() {
        return COSTS.contains(this);
    }

    /** {@return the lower end of its interval} */
    public Metric low() {
        return new Metric(name + " low");
    }

    /** {@return the upper end of its interval} */
    public Metric high() {
        return new Metric(name + " high");
    }

    /**
     * Returns the test that this is a measure of.
     *
     * @param measure the measure
     * @return the test, or nothing if it is another measure or no test's
     */
    public Optional<TestName> testOf(Metric measure) {
        String end = " " + measure.name;
        return name.endsWith(end)
                ? Optional.of(new TestName(name.substring(0, name.length() - end.length())))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
