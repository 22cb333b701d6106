package org.glip.scenes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The parts of Scenes. The order is part of the result: it keys the random numbers. */
public enum ScenesSplit {
    /**
     * What is trained on: in version 1 the concepts of folds 2 to 9 in all styles but the held-out one; from version 2
     * on, those of folds 1 to 9, less the drawings kept for validation and test.
     */
    TRAIN,
    /**
     * What settings are chosen on: in version 1 the concepts of fold 1, in the same styles; from version 2 on drawings
     * of the trained concepts that training never shows.
     */
    VALIDATION,
    /** The concepts of {@link #TRAIN} in the held-out drawing style: zero-shot classification. */
    TEST_STYLE,
    /** Concepts of fold 0, which no training picture shows, in all styles: retrieval and coarse classification. */
    TEST_CONCEPTS,
    /**
     * From version 2 on: drawings that training never shows, of concepts and in styles that it does; zero-shot
     * classification, the main number.
     */
    TEST_DRAWINGS;

    /**
     * {@return the splits that a version has}
     *
     * @param version of Scenes
     */
    public static List<ScenesSplit> of(ScenesVersion version) {
        return Arrays.stream(values())
                .filter(split -> split != TEST_DRAWINGS || version != ScenesVersion.V1)
                .toList();
    }

    /** {@return the name in paths, such as {@code test-style}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
