package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaptionsTest {
    private static final Concept DOG =
            ScenesFixtures.concept("service dog", "dog", "Service", "animal", "pet", "help", "guide");

    private static List<String> captions(Concept concept, String landscape) {
        SplittableRandom random = new SplittableRandom(5);
        return Stream.generate(() -> Captions.forTraining(concept, landscape, random))
                .limit(20_000)
                .toList();
    }

    private static double share(List<String> captions, String part) {
        return captions.stream().filter(c -> c.contains(part)).count() / (double) captions.size();
    }

    @Test
    void beginsWithTheLabel() {
        assertTrue(captions(DOG, "a beach").stream().allMatch(c -> c.startsWith("service dog")));
    }

    @Test
    void hasTagsHalfOfTheTimeAndEachAsOften() {
        List<String> captions = captions(DOG, "");
        assertEquals(0.5, share(captions, ","), 0.015);
        for (String tag : List.of("animal", "pet", "help", "guide")) {
            assertEquals(0.5 * 3 / 4, share(captions, ", " + tag), 0.015, tag);
        }
    }

    @Test
    void hasThreeDifferentTagsThatAddToTheLabel() {
        for (String caption : captions(DOG, "")) {
            List<String> parts = Arrays.asList(caption.split(", "));
            assertTrue(parts.size() == 1 || parts.size() == 4, caption);
            Set<String> tags = new HashSet<>(parts.subList(1, parts.size()));
            assertEquals(parts.size() - 1, tags.size(), caption);
            assertTrue(Set.of("animal", "pet", "help", "guide").containsAll(tags), caption);
        }
    }

    @Test
    void namesTheLandscapeSometimesAndOnlyIfThereIsOne() {
        assertEquals(0.15, share(captions(DOG, "a beach"), " in front of a beach"), 0.01);
        assertEquals(0, share(captions(DOG, ""), "in front of"));
    }

    @Test
    void doesWithoutTagsWhereThereAreNone() {
        assertEquals(1, Set.copyOf(captions(ScenesFixtures.concept("dog"), "")).size());
    }

    @Test
    void listsSeveralObjects() {
        List<Concept> concepts = Stream.of("dog", "cat", "red car", "tree")
                .map(ScenesFixtures::concept)
                .toList();
        assertEquals("dog, cat, red car and tree", Captions.listing(concepts));
    }

    @Test
    void landscapesComeFromTheFileName() {
        assertEquals("a mountain", Landscapes.phrase("mountain12-someone.jpg"));
        assertEquals("", Landscapes.phrase("nasa3.jpg"));
    }
}
