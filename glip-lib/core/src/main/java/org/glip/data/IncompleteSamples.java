package org.glip.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.data.SampleMembers.Fault;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a shard that lack their picture or their caption, until the shard's end shows whether the other half
 * lies elsewhere in it: one sample then, not two. A shard sorted by kind, all pictures first, is the usual case.
 */
final class IncompleteSamples {
    /** Beyond this, the memory would be that of the shard. */
    private static final int MOST_KEPT = 100_000;

    private static final String CURE = "a sample's members must follow each other: 'tar --sort=name' packs them so";

    private final Map<String, Fault> byKey = new LinkedHashMap<>();
    private final String shardName;
    private final SkipLog skipped;

    IncompleteSamples(String shardName, SkipLog skipped) {
        this.shardName = shardName;
        this.skipped = skipped;
    }

    /** Counts a sample that was left out, now or at the shard's end. */
    void leaveOut(String key, Fault fault) {
        Reason other = other(fault.reason());
        if (other == null) {
            skipped.skip(fault.reason(), shardName + "!" + key, fault.detail());
            return;
        }
        Fault before = byKey.get(key);
        if (before != null && before.reason() == other) {
            byKey.put(key, new Fault(Reason.SCATTERED_MEMBERS, CURE));
        } else if (before != null) {
            skipped.skip(fault.reason(), shardName + "!" + key, fault.detail());
        } else {
            byKey.put(key, fault);
        }
        if (byKey.size() > MOST_KEPT) {
            report();
        }
    }

    /** What the other half of such a sample would lack; null where nothing is half. */
    private static @Nullable Reason other(Reason reason) {
        return switch (reason) {
            case NO_IMAGE -> Reason.NO_CAPTION;
            case NO_CAPTION -> Reason.NO_IMAGE;
            default -> null;
        };
    }

    /** Counts what is still open. */
    void report() {
        byKey.forEach((key, fault) -> skipped.skip(fault.reason(), shardName + "!" + key, fault.detail()));
        byKey.clear();
    }
}
