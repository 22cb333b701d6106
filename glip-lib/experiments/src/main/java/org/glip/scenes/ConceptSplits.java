package org.glip.scenes;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The splits of version 1: by concept and style alone. */
record ConceptSplits(List<Foreground> foregrounds) implements Splits {
    private static final int FIRST_TRAINING_FOLD = 2;

    @Override
    public List<Foreground> drawings(ScenesSplit split) {
        Set<String> trained = foregrounds.stream()
                .filter(ConceptSplits::trains)
                .map(foreground -> foreground.concept().id())
                .collect(Collectors.toSet());
        return foregrounds.stream()
                .filter(foreground -> switch (split) {
                    case TRAIN -> trains(foreground);
                    case VALIDATION -> foreground.concept().fold() == 1 && !foreground.heldOut();
                    case TEST_STYLE ->
                        foreground.heldOut()
                                && trained.contains(foreground.concept().id());
                    case TEST_CONCEPTS -> foreground.concept().fold() == 0;
                    case TEST_DRAWINGS -> false;
                })
                .toList();
    }

    private static boolean trains(Foreground foreground) {
        return foreground.concept().fold() >= FIRST_TRAINING_FOLD && !foreground.heldOut();
    }
}
