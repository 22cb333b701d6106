package org.glip.mask;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The library's choice among equal scores, which noise leaves equal only where it is lost in their size. */
public final class TiedScores {
    private static final double SO_LARGE_THAT_NOISE_IS_LOST = 1e17;

    private TiedScores() {}

    public static int[] keep(double[] scores, int count) {
        double[] large = Arrays.stream(scores)
                .map(score -> (score + 10) * SO_LARGE_THAT_NOISE_IS_LOST)
                .toArray();
        return TopScores.keep(new SplittableRandom(0), large, count);
    }
}
