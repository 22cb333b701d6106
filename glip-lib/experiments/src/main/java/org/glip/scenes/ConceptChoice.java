package org.glip.scenes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The concepts that version 2 of Scenes shows. */
final class ConceptChoice {
    private static final Set<String> THINGS =
            Set.of("animals & nature", "food & drink", "travel & places", "activities", "objects");

    /** One word, but no thing that one could point at: states, doings, and what each style fills in as it likes. */
    private static final Set<String> NO_THINGS = Set.of(
            "badminton",
            "bowling",
            "camping",
            "construction",
            "cooking",
            "foggy",
            "label",
            "link",
            "locked",
            "motorway",
            "unlocked",
            "wedding");

    private static final int FEWEST_STYLES = 4;

    private ConceptChoice() {}

    /**
     * The drawings of the concepts that may be chosen, in the order of the library. Things are one-word names of things
     * that at least five sixths of the styles, and four, draw. All are what four styles draw.
     */
    static List<Foreground> candidates(ScenesConfig.ConceptSet set, ForegroundLibrary library) {
        boolean all = set == ScenesConfig.ConceptSet.ALL;
        int fewest = all
                ? FEWEST_STYLES
                : Math.max(FEWEST_STYLES, (5 * library.styles().size() + 5) / 6);
        Map<String, List<Foreground>> byConcept = byConcept(library.all());
        byConcept.values().removeIf(drawings -> styles(drawings) < fewest || !all && !isThing(drawings));
        return those(byConcept.keySet(), library.all());
    }

    /**
     * The drawings of the chosen concepts, in the order of the candidates: of two things that look alike only the one
     * that is drawn more often, or comes first in the alphabet.
     */
    static List<Foreground> of(ScenesConfig.ConceptSet set, List<Foreground> candidates, Likeness likeness) {
        return set == ScenesConfig.ConceptSet.ALL
                ? candidates
                : those(distinct(byConcept(candidates).values(), likeness), candidates);
    }

    private static Map<String, List<Foreground>> byConcept(List<Foreground> drawings) {
        return drawings.stream()
                .collect(Collectors.groupingBy(f -> f.concept().id(), LinkedHashMap::new, Collectors.toList()));
    }

    private static List<Foreground> those(Set<String> concepts, List<Foreground> drawings) {
        return drawings.stream()
                .filter(drawing -> concepts.contains(drawing.concept().id()))
                .toList();
    }

    private static boolean isThing(List<Foreground> drawings) {
        Concept concept = drawings.get(0).concept();
        return THINGS.contains(concept.group())
                && concept.label().matches("[a-z]+")
                && !NO_THINGS.contains(concept.label());
    }

    private static Set<String> distinct(Collection<List<Foreground>> concepts, Likeness likeness) {
        List<List<Foreground>> kept = new ArrayList<>();
        concepts.stream()
                .sorted(Comparator.comparingInt((List<Foreground> drawings) -> -styles(drawings))
                        .thenComparing(drawings -> drawings.get(0).concept().label()))
                .filter(drawings -> kept.stream().noneMatch(other -> likeness.sameLook(other, drawings)))
                .forEach(kept::add);
        return kept.stream().map(drawings -> drawings.get(0).concept().id()).collect(Collectors.toSet());
    }

    private static int styles(List<Foreground> drawings) {
        return (int) drawings.stream().map(Foreground::style).distinct().count();
    }
}
