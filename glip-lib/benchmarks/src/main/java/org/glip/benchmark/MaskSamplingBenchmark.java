package org.glip.benchmark;

import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Drawing the kept patches of a ViT-B/16 picture, alone and for the paper's batch. */
public class MaskSamplingBenchmark extends MicrosecondsBenchmark {
    private static final PatchGrid GRID = new PatchGrid(14);
    private static final int PAPER_BATCH = 1280;
    private static final double PAPER_SIGMA = 0.2;

    /** The family of the mask. */
    @Param({"gaussian", "random", "block", "grid"})
    public String kind = "gaussian";

    /** Share of the patches that is hidden. */
    @Param({"0.5", "0.75", "0.918"})
    public double ratio;

    private MaskSampler mask = Mask.none().on(GRID);
    private long sample;

    /** Makes the mask. */
    @Setup
    public void makeMask() {
        mask = Mask.of(kind, ratio, PAPER_SIGMA).on(GRID);
    }

    /**
     * Returns one picture.
     *
     * @return the patches it keeps
     */
    @Benchmark
    public int[] picture() {
        return mask.sample(1, 0, sample++);
    }

    /**
     * The pictures of one step.
     *
     * @param sink takes the patches
     */
    @Benchmark
    public void batchOf1280(Blackhole sink) {
        for (int i = 0; i < PAPER_BATCH; i++) {
            sink.consume(mask.sample(1, 0, sample++));
        }
    }
}
