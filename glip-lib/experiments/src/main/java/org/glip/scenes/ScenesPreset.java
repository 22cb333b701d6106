package org.glip.scenes;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the object of a picture lies, and before what. The order is part of the result: it keys the random numbers. */
public enum ScenesPreset {
    /** One object near the centre: offsets of standard deviation .12, where the frame reaches from -1 to 1. */
    CENTRED,
    /** One object, offsets of standard deviation .25. */
    LOOSE,
    /** One object, anywhere. */
    UNIFORM,
    /** One object that fills the picture, on a plain colour. */
    FULL_FRAME,
    /** Four objects, one in each quarter. */
    MOSAIC;

    /** {@return the name in commands and paths, such as {@code full-frame}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the preset of a name.
     *
     * @param id such as {@code full-frame}
     * @return the preset
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static ScenesPreset parse(String id) {
        return Arrays.stream(values())
                .filter(preset -> preset.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no Scenes preset \"" + id + "\"; there are "
                        + Arrays.stream(values()).map(ScenesPreset::id).collect(Collectors.joining(", "))));
    }

    /** How many objects a picture shows. */
    int objects() {
        return this == MOSAIC ? 4 : 1;
    }

    /** Whether a photograph lies behind the objects. */
    boolean photographBehind() {
        return this != FULL_FRAME;
    }
}
