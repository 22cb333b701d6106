package org.glip.scenes;

import java.util.Locale;

/** The parts of Scenes. The order is part of the result: it keys the random numbers. */
public enum ScenesSplit {
    /** Concepts of folds 2 to 9, in all styles but the held-out one. */
    TRAIN,
    /** Concepts of fold 1, in the same styles: what settings are chosen on. */
    VALIDATION,
    /** The concepts of {@link #TRAIN} in the held-out drawing style: zero-shot classification. */
    TEST_STYLE,
    /** Concepts of fold 0, which no training picture shows, in all styles: retrieval and coarse classification. */
    TEST_CONCEPTS;

    /** {@return the name in paths, such as {@code test-style}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
