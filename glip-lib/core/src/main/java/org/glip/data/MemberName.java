package org.glip.data;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of a shard's member, split as the webdataset library does (its {@code base_plus_ext}).
 *
 * @param key all up to the first dot after the last slash
 * @param kind all after that dot, in lower case
 */
record MemberName(String key, String kind) {
    /**
     * Splits a name; null if it belongs to no sample: no dot, a dot at the beginning, or {@code __a special name__}.
     */
    static @Nullable MemberName parse(String name) {
        int base = name.lastIndexOf('/') + 1;
        int dot = name.indexOf('.', base);
        if (dot <= base || (name.startsWith("__") && name.endsWith("__"))) {
            return null;
        }
        return new MemberName(name.substring(0, dot), name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
