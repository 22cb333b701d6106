package org.glip.data;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.glip.data.SkipLog.Reason;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;

/**
 * How many samples were left out, by reason. Immutable.
 *
 * @param byReason the counts; reasons that did not occur are absent
 */
public record SkipCounts(Map<Reason, Long> byReason) {
    /** Nothing was left out. */
    public static final SkipCounts NONE = new SkipCounts(Map.of());

    /** Copies the counts. */
    public SkipCounts {
        Map<Reason, Long> copy = new EnumMap<>(Reason.class);
        copy.putAll(byReason);
        byReason = Collections.unmodifiableMap(copy);
    }

    /**
     * {@return how many times this reason occurred}
     *
     * @param reason why
     */
    public long of(Reason reason) {
        return byReason.getOrDefault(reason, 0L);
    }

    /**
     * {@return both together, such as what several processes counted}
     *
     * @param other more counts
     */
    public SkipCounts plus(SkipCounts other) {
        if (other.byReason.isEmpty()) {
            return this;
        }
        Map<Reason, Long> sum = new EnumMap<>(Reason.class);
        sum.putAll(byReason);
        other.byReason.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new SkipCounts(sum);
    }

    /** {@return how many samples were left out; a damaged shard counts as one} */
    public long total() {
        return byReason.entrySet().stream()
                .filter(entry -> entry.getKey().isLoss())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * {@return one line: the total and the count of each reason, such as {@code 3 skipped: 2 empty caption, 1 no
     * picture}}
     */
    public String summary() {
        long total = total();
        String skipped = total == 0 ? "none skipped" : total + " skipped: " + list(true);
        String noted = list(false);
        return noted.isEmpty() ? skipped : skipped + "; " + noted;
    }

    private String list(boolean losses) {
        return byReason.entrySet().stream()
                .filter(entry -> entry.getKey().isLoss() == losses)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** {@return the counts as JSON: a whole number a reason, such as {@code {"no_image": 2}}} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        byReason.forEach((reason, count) -> json.addProperty(reason.name().toLowerCase(Locale.ROOT), count));
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param fields a whole number a reason
     * @return the counts
     * @throws JsonException if a reason does not exist or a count is no whole number
     */
    public static SkipCounts read(JsonFields fields) throws JsonException {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            String name = reason.name().toLowerCase(Locale.ROOT);
            if (fields.has(name)) {
                counts.put(reason, fields.whole(name));
            }
        }
        return new SkipCounts(counts);
    }
}
