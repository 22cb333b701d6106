package org.glip.mask;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How a mask whose patches depend on each other is drawn; those that score each patch alone need none. */
@FunctionalInterface
interface PatchDraw {
    /** Draws the kept patches of one image: {@code kept} indices, ascending. */
    int[] draw(SplittableRandom random);

    /** A block; see {@link BlockMask}. */
    static PatchDraw block(PatchGrid grid, int kept) {
        int side = grid.side();
        int shorter = (int) Math.sqrt(kept);
        int longer = Math.min(side, (kept + shorter - 1) / shorter);
        int rows = (kept + longer - 1) / longer;
        int missing = rows * longer - kept;
        return random -> {
            boolean turned = random.nextBoolean();
            boolean fromLeft = random.nextBoolean();
            boolean shortFirst = random.nextBoolean();
            int top = random.nextInt(side - rows + 1);
            int left = random.nextInt(side - longer + 1);
            int[] indices = new int[kept];
            int n = 0;
            for (int i = 0; i < rows; i++) {
                boolean isShort = shortFirst ? i == 0 : i == rows - 1;
                int from = isShort && !fromLeft ? missing : 0;
                int to = isShort && fromLeft ? longer - missing : longer;
                for (int j = from; j < to; j++) {
                    indices[n++] = turned ? (left + j) * side + top + i : (top + i) * side + left + j;
                }
            }
            Arrays.sort(indices);
            return indices;
        };
    }

    /** Even windows; see {@link GridMask}. */
    static PatchDraw grid(PatchGrid grid, int kept) {
        int[][] windows = windows(grid);
        return random -> {
            int[] order = shuffled(windows.length, random);
            int[][] patches = new int[windows.length][];
            for (int window = 0; window < windows.length; window++) {
                int[] places = shuffled(windows[window].length, random);
                int[] of = windows[window];
                patches[window] = Arrays.stream(places).map(place -> of[place]).toArray();
            }
            int[] indices = new int[kept];
            int n = 0;
            for (int round = 0; n < kept; round++) {
                for (int i = 0; i < order.length && n < kept; i++) {
                    int[] window = patches[order[i]];
                    if (round < window.length) {
                        indices[n++] = window[round];
                    }
                }
            }
            Arrays.sort(indices);
            return indices;
        };
    }

    private static int[][] windows(PatchGrid grid) {
        int across = (grid.side() + GridMask.WINDOW - 1) / GridMask.WINDOW;
        int[][] windows = new int[across * across][];
        for (int window = 0; window < windows.length; window++) {
            int top = window / across * GridMask.WINDOW;
            int left = window % across * GridMask.WINDOW;
            int height = Math.min(GridMask.WINDOW, grid.side() - top);
            int width = Math.min(GridMask.WINDOW, grid.side() - left);
            windows[window] = new int[height * width];
            for (int i = 0; i < height * width; i++) {
                windows[window][i] = (top + i / width) * grid.side() + left + i % width;
            }
        }
        return windows;
    }

    /** The probabilities of a map; see {@link MapMask}. */
    static PatchDraw map(double[] probability, int kept) {
        return random -> {
            int[] order = shuffled(probability.length, random);
            double next = random.nextDouble();
            double sum = 0;
            int[] indices = new int[kept];
            int n = 0;
            for (int i = 0; i < order.length && n < kept; i++) {
                sum += probability[order[i]];
                boolean lastChance = order.length - i == kept - n; // where rounding would leave one too few
                if (sum > next || lastChance) {
                    indices[n++] = order[i];
                    next += 1;
                }
            }
            Arrays.sort(indices);
            return indices;
        };
    }

    /** The numbers 0 to count-1 in random order. */
    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        return order;
    }
}
