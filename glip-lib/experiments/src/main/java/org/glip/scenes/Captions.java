package org.glip.scenes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Writes the captions. */
final class Captions {
    private static final double TAGS_PROBABILITY = 0.5;
    private static final int MAX_TAGS = 3;
    private static final double LANDSCAPE_PROBABILITY = 0.15;

    private Captions() {}

    /**
     * A training caption: the label; half of the time up to three of the tags that add to it as well; sometimes the
     * landscape.
     *
     * @param landscape such as "a beach", or empty
     */
    static String forTraining(Concept concept, String landscape, SplittableRandom random) {
        StringBuilder caption = new StringBuilder(concept.label());
        if (random.nextDouble() < TAGS_PROBABILITY) {
            List<String> tags = new ArrayList<>(concept.tags());
            tags.removeIf(tag -> saysNothingNew(tag, concept.label()));
            for (int i = 0; i < Math.min(MAX_TAGS, tags.size()); i++) {
                // the first steps of a Fisher-Yates shuffle
                int chosen = random.nextInt(i, tags.size());
                String tag = tags.set(chosen, tags.get(i));
                tags.set(i, tag);
                caption.append(", ").append(tag);
            }
        }
        if (random.nextDouble() < LANDSCAPE_PROBABILITY && !landscape.isEmpty()) {
            caption.append(" in front of ").append(landscape);
        }
        return caption.toString();
    }

    /** Whether a tag only repeats words of the label: "water" after "potable water". */
    private static boolean saysNothingNew(String tag, String label) {
        Set<String> words = new HashSet<>(List.of(label.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
        return words.containsAll(List.of(tag.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
    }

    /** The caption of several objects: their labels. */
    static String listing(List<Concept> concepts) {
        String allButLast = concepts.subList(0, concepts.size() - 1).stream()
                .map(Concept::label)
                .collect(Collectors.joining(", "));
        return allButLast + " and " + concepts.get(concepts.size() - 1).label();
    }
}
