package org.glip.data;

import java.util.Locale;
import org.glip.data.SkipLog.Reason;

/**
 * How large a part of the samples that a run has met was bad: left out, for whatever reason. A function of the place in
 * the stream, like the samples themselves.
 *
 * <p>A damaged shard counts as one sample, since nobody knows how many it held, and one in each pass is forgiven: of
 * few shards even a single one would be more than any small part.
 *
 * @param bad samples left out, without what is forgiven
 * @param met all samples, bad ones included
 * @param mostPercent the largest part that is allowed, 0 to 100
 */
public record BadShare(long bad, long met, double mostPercent) {
    /** From here on, in percent, a person should know. */
    private static final double NOTABLE_PERCENT = 1;

    /** Fewer samples say nothing about the rest of a pass. */
    private static final long FEWEST = 100;

    /** A warning in the middle of a pass waits for as many. */
    private static final long FEWEST_TO_WARN = 1000;

    /** So many standard deviations above what is allowed are no chance. */
    private static final double DEVIATIONS = 3;

    static BadShare of(long good, SkipCounts skipped, long passes, double mostPercent) {
        long forgiven = Math.min(passes, skipped.of(Reason.DAMAGED_SHARD));
        return new BadShare(skipped.total() - forgiven, good + skipped.total(), mostPercent);
    }

    /**
     * {@return the part of data that is known to be bad before a run}
     *
     * @param good samples that may be used
     * @param leftOut what is left out, of one pass
     * @param mostPercent the largest part that is allowed, 0 to 100
     */
    public static BadShare before(long good, SkipCounts leftOut, double mostPercent) {
        return of(good, leftOut, 1, mostPercent);
    }

    /** {@return the part in percent, 0 to 100} */
    public double percent() {
        return met == 0 ? 0 : 100.0 * bad / met;
    }

    /** {@return whether it is larger than allowed} */
    public boolean isTooLarge() {
        return percent() > mostPercent;
    }

    /** {@return whether it is large enough for a warning: a hundredth} */
    public boolean isNotable() {
        return bad > 0 && percent() >= NOTABLE_PERCENT;
    }

    /** Whether so few samples show already that all of a pass will be more than allowed. */
    boolean isTooLargeBeyondChance() {
        if (mostPercent == 0) {
            return bad > 0;
        }
        double allowed = mostPercent / 100;
        return met >= FEWEST && bad > allowed * met + DEVIATIONS * Math.sqrt(met * allowed * (1 - allowed));
    }

    /** Whether a warning need not wait for the end of the pass. */
    boolean isNotableAlready() {
        return met >= FEWEST_TO_WARN && isNotable();
    }

    /** {@return such as {@code 31 of 1000 samples are bad (3.1 %)}} */
    public String words() {
        return String.format(Locale.ROOT, "%d of %d samples are bad (%.1f %%)", bad, met, percent());
    }

    /** {@return such as {@code at most 5 % may be (--max-bad)}} */
    public String limit() {
        String most = mostPercent == Math.rint(mostPercent)
                ? Long.toString((long) mostPercent)
                : Double.toString(mostPercent);
        return "at most " + most + " % may be (--max-bad)";
    }
}
