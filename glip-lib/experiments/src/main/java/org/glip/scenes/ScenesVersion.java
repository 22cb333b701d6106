package org.glip.scenes;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A recipe of Scenes. The same packages give other pictures, captions and splits by another version, so results of two
 * versions are never compared.
 */
public enum ScenesVersion {
    /** Nine drawing styles, all emoji as concepts, tested on the style that is the odd one out. */
    V1,
    /** Thirteen drawing styles, plain things as concepts, tested on drawings of them that training never shows. */
    V2;

    /** {@return the name in commands, paths and recipes, such as {@code v2}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the split of the main number: zero-shot classification} */
    public ScenesSplit test() {
        return this == V1 ? ScenesSplit.TEST_STYLE : ScenesSplit.TEST_DRAWINGS;
    }

    /**
     * Returns the version of a name.
     *
     * @param id such as {@code v2}
     * @return the version
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static ScenesVersion parse(String id) {
        return Arrays.stream(values())
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no version \"" + id + "\" of Scenes; there are "
                        + Arrays.stream(values()).map(ScenesVersion::id).collect(Collectors.joining(", "))));
    }
}
