package org.glip.experiment;

import java.util.List;
import java.util.Locale;

/**
 * The numbers of pairs among which a training chooses by the time that it has. A few fixed ones, so that two machines
 * of like speed, or one machine twice, train alike and their results can be compared.
 *
 * @param rungs pairs seen in pre-training, ascending; at least one
 */
public record PairLadder(List<Integer> rungs) {
    private static final double SECONDS_PER_MINUTE = 60;

    /**
     * Checks the rungs.
     *
     * @throws IllegalArgumentException if there is none, or they are not positive and ascending
     */
    public PairLadder {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("a ladder needs at least one rung: a number of pairs to train on");
        }
        int before = 0;
        for (int rung : rungs) {
            if (rung <= before) {
                throw new IllegalArgumentException(
                        "the rungs of a ladder are positive and ascend; " + rung + " comes after " + before);
            }
            before = rung;
        }
    }

    /**
     * What trainings cost on a machine.
     *
     * @param secondsPerPair for each pair of pre-training, of all methods together, with what is in proportion to it
     * @param fixedSeconds however many pairs there are
     */
    public record Cost(double secondsPerPair, double fixedSeconds) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if a pair costs nothing, or a number is negative or not finite
         */
        public Cost {
            if (!(secondsPerPair > 0 && fixedSeconds >= 0 && Double.isFinite(secondsPerPair + fixedSeconds))) {
                throw new IllegalArgumentException("a pair takes more than 0 s, and the rest 0 s or more; not "
                        + secondsPerPair + " s and " + fixedSeconds + " s");
            }
        }

        /**
         * {@return how long it all takes}
         *
         * @param pairs pairs of each method's pre-training
         */
        public double seconds(int pairs) {
            return pairs * secondsPerPair + fixedSeconds;
        }
    }

    /**
     * A rung that was chosen.
     *
     * @param pairs pairs of each method's pre-training
     * @param why the choice in one sentence
     */
    public record Choice(int pairs, String why) {}

    /** {@return the usual ladder, from 24,000 to 256,000 pairs} */
    public static PairLadder usual() {
        return new PairLadder(List.of(24_000, 32_000, 48_000, 64_000, 80_000, 96_000, 128_000, 192_000, 256_000));
    }

    /**
     * Chooses the highest rung that fits. Where none does, it is the lowest, and the sentence says how long that takes.
     *
     * @param cost of the trainings
     * @param budgetSeconds the time that they have, above 0
     * @return the choice
     * @throws IllegalArgumentException if there is no time
     */
    public Choice choose(Cost cost, double budgetSeconds) {
        if (!(budgetSeconds > 0)) {
            throw new IllegalArgumentException("trainings need time: more than 0 s, not " + budgetSeconds + " s");
        }
        int chosen = 0;
        while (chosen + 1 < rungs.size() && cost.seconds(rungs.get(chosen + 1)) <= budgetSeconds) {
            chosen++;
        }
        return new Choice(rungs.get(chosen), why(chosen, cost, budgetSeconds));
    }

    private String why(int chosen, Cost cost, double budgetSeconds) {
        int pairs = rungs.get(chosen);
        double seconds = cost.seconds(pairs);
        String start = count(pairs) + " pairs for each method";
        String taken = ": all together takes about " + minutes(seconds);
        if (seconds > budgetSeconds) {
            return start + ", the least of the ladder" + taken + " minutes on this machine, and "
                    + minutes(budgetSeconds) + " were wanted.";
        }
        String within = taken + " of the " + minutes(budgetSeconds) + " minutes wanted on this machine";
        if (chosen + 1 == rungs.size()) {
            return start + ", the most of the ladder" + within + ".";
        }
        int next = rungs.get(chosen + 1);
        return start + within + "; " + count(next) + " would take " + minutes(cost.seconds(next)) + ".";
    }

    private static String count(int pairs) {
        return String.format(Locale.ROOT, "%,d", pairs);
    }

    private static String minutes(double seconds) {
        double minutes = seconds / SECONDS_PER_MINUTE;
        return String.format(Locale.ROOT, minutes == Math.rint(minutes) ? "%.0f" : "%.1f", minutes);
    }
}
