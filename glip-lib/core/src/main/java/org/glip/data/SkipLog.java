package org.glip.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the samples that were left out, by reason, and keeps and logs the first few with their origin, so that no
 * sample disappears silently and a bad data set does not flood the terminal. What is wrong with a whole shard is always
 * told, once a shard. Safe for use by several threads.
 *
 * <p>A sample is counted each time that it is met: twice if two epochs meet it.
 */
public final class SkipLog {
    private static final Logger LOG = LoggerFactory.getLogger(SkipLog.class);
    private static final int DEFAULT_MESSAGES = 20;

    /** Why a sample was left out. */
    public enum Reason {
        /** A sample without a picture. */
        NO_IMAGE("no picture"),
        /** A sample without a caption. */
        NO_CAPTION("no caption"),
        /** A sample whose members are in the shard, but not next to each other. */
        SCATTERED_MEMBERS("members are not neighbours"),
        /** A caption of white space only. */
        EMPTY_CAPTION("empty caption"),
        /** A caption that is not UTF-8. */
        CAPTION_NOT_UTF8("caption is not UTF-8"),
        /** Metadata that are no JSON object, where the caption is to be found there. */
        BAD_METADATA("metadata is not a JSON object"),
        /** A file larger than a sample may be. */
        TOO_LARGE("larger than a sample may be"),
        /** A picture file that cannot be read. */
        MISSING_FILE("picture file cannot be read"),
        /** A picture that does not decode. */
        UNDECODABLE_IMAGE("picture does not decode"),
        /** A shard that cannot be read, or not to its end; counts as one sample, since nobody knows how many it had. */
        DAMAGED_SHARD("damaged shard"),
        /** A shard that was read to its end but may have been longer: tar's end mark is missing. No loss is known. */
        NO_END_MARK("shard without tar's end mark");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** Whether something is known to be lost. */
        boolean isLoss() {
            return this != NO_END_MARK;
        }

        /** Whether it is about a shard, not about a sample. */
        private boolean isOfShard() {
            return this == DAMAGED_SHARD || this == NO_END_MARK;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** One that was left out; a detail may be empty. */
    private record Skip(Reason reason, String origin, String detail) {
        @Override
        public String toString() {
            return origin + ": " + reason + (detail.isEmpty() ? "" : " (" + detail + ")");
        }
    }

    /** What one log hands to another: all counts, and the first messages. */
    static final class Part {
        static final Part EMPTY = new Part(Map.of(), List.of());
        private final Map<Reason, Long> counts;
        private final List<Skip> first;

        private Part(Map<Reason, Long> counts, List<Skip> first) {
            this.counts = counts;
            this.first = first;
        }

        SkipCounts counts() {
            return new SkipCounts(counts);
        }
    }

    private final int keptMessages;
    private final boolean told;
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    private final List<Skip> kept = new ArrayList<>();
    private final Set<String> toldShards = new HashSet<>();

    /** A log that keeps the first 20 messages. */
    public SkipLog() {
        this(DEFAULT_MESSAGES);
    }

    /**
     * A log that keeps and prints the first messages only; counting goes on.
     *
     * @param keptMessages how many, 0 or more; 0 for a silent log
     */
    public SkipLog(int keptMessages) {
        this(keptMessages, keptMessages > 0, SkipCounts.NONE);
    }

    private SkipLog(int keptMessages, boolean told, SkipCounts before) {
        this.keptMessages = keptMessages;
        this.told = told;
        counts.putAll(before.byReason());
    }

    /** A log that goes on from the counts of a run. */
    static SkipLog from(SkipCounts before) {
        return new SkipLog(DEFAULT_MESSAGES, true, before);
    }

    /** A log that tells nobody, and hands on what it has collected: see {@link #take} and {@link #add}. */
    static SkipLog collecting() {
        return new SkipLog(DEFAULT_MESSAGES, false, SkipCounts.NONE);
    }

    /**
     * Records a sample that is left out.
     *
     * @param reason why
     * @param origin which sample, such as {@code shard.tar!key}, or which shard
     * @param detail more about the reason, or an empty string
     */
    public synchronized void skip(Reason reason, String origin, String detail) {
        counts.merge(reason, 1L, Long::sum);
        keep(new Skip(reason, origin, detail));
    }

    private void keep(Skip skip) {
        boolean wanted =
                skip.reason.isOfShard() ? keptMessages > 0 && toldShards.add(skip.origin) : kept.size() < keptMessages;
        if (!wanted) {
            return;
        }
        kept.add(skip);
        if (told) {
            LOG.warn("{} {}", skip.reason.isLoss() ? "Skipped" : "Doubtful:", skip);
            if (kept.size() == keptMessages) {
                LOG.warn("{} samples skipped; more are counted but not printed", keptMessages);
            }
        }
    }

    /** Hands over what was recorded since the last call, and forgets it. */
    synchronized Part take() {
        if (counts.isEmpty()) {
            return Part.EMPTY;
        }
        Part part = new Part(new EnumMap<>(counts), List.copyOf(kept));
        counts.clear();
        kept.clear();
        toldShards.clear();
        return part;
    }

    /** Records what another log has handed over. */
    synchronized void add(Part part) {
        part.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
        part.first.forEach(this::keep);
    }

    /** {@return how many samples were left out; a damaged shard counts as one} */
    public long count() {
        return snapshot().total();
    }

    /**
     * {@return how many samples were left out for this reason}
     *
     * @param reason why
     */
    public long count(Reason reason) {
        return snapshot().of(reason);
    }

    /** {@return the first messages, in the order in which they came, each with the origin of a sample} */
    public synchronized List<String> messages() {
        return kept.stream().map(Skip::toString).toList();
    }

    /**
     * {@return one line: the total and the count of each reason, such as {@code 3 skipped: 2 empty caption, 1 no
     * picture}}
     */
    public String summary() {
        return snapshot().summary();
    }

    /** {@return the counts by reason; reasons that did not occur are absent} */
    public Map<Reason, Long> counts() {
        return snapshot().byReason();
    }

    /** The counts as they are now. */
    synchronized SkipCounts snapshot() {
        return new SkipCounts(counts);
    }
}
