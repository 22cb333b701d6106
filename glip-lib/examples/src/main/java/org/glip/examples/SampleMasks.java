package org.glip.examples;

import org.glip.mask.KeepProbability;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;

/** Draws the patches that three pictures keep under a random and under a centred mask: # is kept, . is hidden. */
public final class SampleMasks {
    private SampleMasks() {}

    /**
     * Runs the program.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        PatchGrid grid = new PatchGrid(14); // 224 px in patches of 16 px
        for (Mask mask : new Mask[] {Mask.random(0.75), Mask.gaussian(0.75, 0.2)}) {
            MaskSampler sampler = mask.on(grid);
            System.out.println(mask + ": " + sampler.kept() + " of " + grid.patches() + " patches stay");
            for (long sample = 0; sample < 3; sample++) {
                int[] kept = sampler.sample(1, 0, sample); // a function of (seed, step, sample): no state, any order
                print(kept, grid);
            }
            double[][] probability = KeepProbability.exact(sampler);
            System.out.printf("a patch in the middle stays %.2f of the time%n%n", probability[7][7]);
        }
    }

    private static void print(int[] kept, PatchGrid grid) {
        char[] picture = ".".repeat(grid.patches()).toCharArray();
        for (int patch : kept) {
            picture[patch] = '#';
        }
        for (int row = 0; row < grid.side(); row++) {
            System.out.println(new String(picture, row * grid.side(), grid.side()));
        }
        System.out.println();
    }
}
