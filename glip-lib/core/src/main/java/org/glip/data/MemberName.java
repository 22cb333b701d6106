package org.glip.data;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a shard's member, split as the webdataset library does (its {@code base_plus_ext} and what its
 * {@code tar_file_iterator} passes over).
 *
 * @param key all up to the first dot after the last slash
 * @param kind all after that dot, in lower case
 */
record MemberName(String key, String kind) {
    private static final Pattern SPECIAL_FOLDER = Pattern.compile("__[^/]*__/");

    /**
     * Splits a name; null if it belongs to no sample: no dot, a dot at the beginning, {@code __a special name__}, or in
     * a folder of such a name.
     */
    static @Nullable MemberName parse(String name) {
        int base = name.lastIndexOf('/') + 1;
        int dot = name.indexOf('.', base);
        boolean special = name.startsWith("__")
                && (name.endsWith("__") || SPECIAL_FOLDER.matcher(name).lookingAt());
        if (dot <= base || special) {
            return null;
        }
        return new MemberName(name.substring(0, dot), name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
