package org.glip.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often each patch is kept: the marginal probabilities of a mask, by drawing or exactly.
 *
 * <p>Exact form. Let patch i have bonus b_i and score s = u + b_i. It is kept when fewer than k others score above s.
 * Given s, the others are independent, and each scores above s with probability clamp(1 + b_j - s, 0, 1); so their
 * number follows a Poisson-binomial law, which a recursion over the patches gives. Averaging over s, uniform on [b_i,
 * b_i + 1], gives the probability. Between neighbouring points of {b_j, b_j + 1} the integrand is a polynomial of
 * degree below N, which a Gauss-Legendre rule with N/2 nodes integrates exactly. Patches of equal bonus (up to eight,
 * by symmetry) share the work.
 */
public final class KeepProbability {
    private KeepProbability() {}

    /**
     * Counts over many draws, with no formula: samples 0 to draws-1 of step 0.
     *
     * @param mask the mask
     * @param draws number of draws, positive; the standard error is at most 0.5 / sqrt(draws)
     * @param seed the run seed of the draws
     * @return frequencies in [0, 1], by row and column
     * @throws IllegalArgumentException if {@code draws} is not positive
     */
    public static double[][] simulate(MaskSampler mask, int draws, long seed) {
        if (draws < 1) {
            throw new IllegalArgumentException("A simulation needs at least one draw, not " + draws);
        }
        int[] keptCount = new int[mask.grid().patches()];
        for (int sample = 0; sample < draws; sample++) {
            for (int patch : mask.sample(seed, 0, sample)) {
                keptCount[patch]++;
            }
        }
        return byRow(
                mask.grid(),
                Arrays.stream(keptCount).mapToDouble(n -> (double) n / draws).toArray());
    }

    /**
     * Returns the exact probabilities, up to rounding (below 1e-11). Below a second for 256 patches; grows like N^3
     * times the number of different bonuses.
     *
     * @param mask the mask; of {@link AnnealedMask} it is that of the last step
     * @return probabilities in [0, 1], by row and column; their sum is {@link MaskSampler#kept()}
     * @throws IllegalArgumentException for {@link BlockMask} and {@link GridMask}, which can be simulated
     */
    public static double[][] exact(MaskSampler mask) {
        PatchGrid grid = mask.grid();
        if (mask.mask() instanceof MapMask map) {
            return byRow(grid, map.probabilities(grid));
        }
        double[] bonus = new double[grid.patches()];
        for (int i = 0; i < bonus.length; i++) {
            bonus[i] = mask.keepBonus(i / grid.side(), i % grid.side());
        }
        double[] probability = new double[bonus.length];
        if (mask.kept() == bonus.length) {
            Arrays.fill(probability, 1);
            return byRow(grid, probability);
        }
        List<BonusClass> classes = classes(bonus);
        double[] byClass = integrate(classes, bonus.length, mask.kept());
        for (int i = 0; i < bonus.length; i++) {
            int c = 0;
            while (classes.get(c).bonus() != bonus[i]) {
                c++;
            }
            probability[i] = byClass[c];
        }
        return byRow(grid, probability);
    }

    /** The patches that share a bonus, and so a probability. */
    private record BonusClass(double bonus, int members) {
        /** Probability that a member scores above s. */
        double above(double s) {
            return Math.min(1, Math.max(0, 1 + bonus - s));
        }
    }

    private static List<BonusClass> classes(double[] bonus) {
        NavigableMap<Double, Integer> members = new TreeMap<>();
        for (double b : bonus) {
            members.merge(b, 1, Integer::sum);
        }
        List<BonusClass> classes = new ArrayList<>();
        members.forEach((b, n) -> classes.add(new BonusClass(b, n)));
        return classes;
    }

    /** For each class, the integral over s of the probability that fewer than {@code kept} others score above s. */
    private static double[] integrate(List<BonusClass> classes, int patches, int kept) {
        GaussLegendre rule = GaussLegendre.exactForDegree(patches - 1);
        double[] integral = new double[classes.size()];
        List<Double> ends = breakpoints(classes);
        for (int piece = 1; piece < ends.size(); piece++) {
            double low = ends.get(piece - 1);
            double half = (ends.get(piece) - low) / 2;
            for (int node = 0; node < rule.size(); node++) {
                double s = low + half * (1 + rule.node(node));
                double[] fewEnough = fewerThan(kept, s, classes);
                for (int c = 0; c < fewEnough.length; c++) {
                    boolean scoreCanBeS =
                            classes.get(c).bonus() <= s && s <= classes.get(c).bonus() + 1;
                    integral[c] += scoreCanBeS ? half * rule.weight(node) * fewEnough[c] : 0;
                }
            }
        }
        return integral;
    }

    private static List<Double> breakpoints(List<BonusClass> classes) {
        TreeSet<Double> points = new TreeSet<>();
        for (BonusClass c : classes) {
            points.add(c.bonus());
            points.add(c.bonus() + 1);
        }
        return List.copyOf(points);
    }

    /**
     * For a patch of each class: the probability that fewer than {@code kept} <em>other</em> patches score above s. The
     * others are the classes before, the rest of its own class, and the classes after; the first two are built up from
     * the left, the last from the right, so no term is ever divided out again and nothing cancels.
     */
    private static double[] fewerThan(int kept, double s, List<BonusClass> classes) {
        int n = classes.size();
        double[][] after = new double[n][];
        double[] count = new double[kept];
        count[0] = 1;
        for (int c = n - 1; c >= 0; c--) {
            after[c] = cumulative(count);
            addPatches(count, classes.get(c).above(s), classes.get(c).members());
        }
        double[] result = new double[n];
        Arrays.fill(count, 0);
        count[0] = 1;
        for (int c = 0; c < n; c++) {
            double q = classes.get(c).above(s);
            addPatches(count, q, classes.get(c).members() - 1);
            for (int m = 0; m < kept; m++) {
                result[c] += count[m] * after[c][kept - 1 - m];
            }
            addPatches(count, q, 1);
        }
        return result;
    }

    /**
     * One step of the recursion per patch: count[m] becomes P(m of the patches so far score above), for m below its
     * length.
     */
    private static void addPatches(double[] count, double q, int patches) {
        for (int patch = 0; q > 0 && patch < patches; patch++) {
            for (int m = count.length - 1; m > 0; m--) {
                count[m] = count[m] * (1 - q) + count[m - 1] * q;
            }
            count[0] *= 1 - q;
        }
    }

    private static double[] cumulative(double[] count) {
        double[] sum = count.clone();
        for (int m = 1; m < sum.length; m++) {
            sum[m] += sum[m - 1];
        }
        return sum;
    }

    private static double[][] byRow(PatchGrid grid, double[] values) {
        double[][] rows = new double[grid.side()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * grid.side(), (row + 1) * grid.side());
        }
        return rows;
    }
}
