package org.glip.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the samples that were left out, by reason, and keeps and logs the first few with their origin, so that no
 * sample disappears silently and a bad data set does not flood the terminal. Safe for use by several threads.
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
        /** A caption of white space only. */
        EMPTY_CAPTION("empty caption"),
        /** A caption that is not UTF-8. */
        CAPTION_NOT_UTF8("caption is not UTF-8"),
        /** Metadata that are no JSON object. */
        BAD_METADATA("metadata is not a JSON object"),
        /** Two members of the same name. */
        DUPLICATE_MEMBER("two members of the same name"),
        /** A file larger than a sample may be. */
        TOO_LARGE("larger than a sample may be"),
        /** A picture file that cannot be read. */
        MISSING_FILE("picture file cannot be read"),
        /** A picture that does not decode. */
        UNDECODABLE_IMAGE("picture does not decode");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final int keptMessages;
    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
    private final List<String> messages = new ArrayList<>();

    /** A log that keeps the first 20 messages. */
    public SkipLog() {
        this(DEFAULT_MESSAGES);
    }

    /**
     * A log that keeps and prints the first messages only; counting goes on.
     *
     * @param keptMessages how many, 0 or more
     */
    public SkipLog(int keptMessages) {
        this.keptMessages = keptMessages;
    }

    /**
     * Records a sample that is left out.
     *
     * @param reason why
     * @param origin which sample, such as {@code shard.tar!key}
     * @param detail more about the reason, or an empty string
     */
    public synchronized void skip(Reason reason, String origin, String detail) {
        counts.merge(reason, 1L, Long::sum);
        if (messages.size() >= keptMessages) {
            return;
        }
        String message = origin + ": " + reason + (detail.isEmpty() ? "" : " (" + detail + ")");
        messages.add(message);
        LOG.warn("Skipped {}", message);
        if (messages.size() == keptMessages) {
            LOG.warn("{} samples skipped; more are counted but not printed", keptMessages);
        }
    }

    /** {@return how many samples were left out} */
    public synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@return how many samples were left out for this reason}
     *
     * @param reason why
     */
    public synchronized long count(Reason reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** {@return the first messages, in the order in which they came, each with the origin of a sample} */
    public synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    /**
     * {@return one line: the total and the count of each reason, such as {@code 3 skipped: 2 empty caption, 1 no
     * picture}}
     */
    public synchronized String summary() {
        if (counts.isEmpty()) {
            return "none skipped";
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", count() + " skipped: ", ""));
    }

    /** {@return the counts by reason; reasons that did not occur are absent} */
    public synchronized Map<Reason, Long> counts() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }
}
