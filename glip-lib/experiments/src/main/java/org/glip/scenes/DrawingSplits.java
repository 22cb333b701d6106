package org.glip.scenes;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The splits of version 2: of each known concept one drawing, with all that is the same drawing, is kept for the test,
 * and of every second one for validation; training shows the others. Concepts of fold 0 are unknown, and the held-out
 * style is tested apart; where it is the same drawing as one of another style, it is tested nowhere.
 */
final class DrawingSplits implements Splits {
    /** One for the test, one for validation, one for training. */
    private static final int FEWEST_GROUPS = 3;

    private final List<Foreground> drawings;
    private final Map<Foreground, ScenesSplit> splits = new LinkedHashMap<>();
    private final int nearDuplicates;

    /**
     * Splits drawings.
     *
     * @param drawings of the chosen concepts
     * @param seed decides which are kept
     */
    DrawingSplits(List<Foreground> drawings, Likeness likeness, long seed) {
        this.drawings = List.copyOf(drawings);
        Map<String, List<Foreground>> byConcept = drawings.stream()
                .collect(Collectors.groupingBy(f -> f.concept().id(), LinkedHashMap::new, Collectors.toList()));
        byConcept.values().forEach(concept -> {
            if (concept.get(0).concept().fold() == 0) {
                concept.forEach(drawing -> splits.put(drawing, ScenesSplit.TEST_CONCEPTS));
            } else {
                split(concept, likeness, seed);
            }
        });
        nearDuplicates =
                byConcept.values().stream().mapToInt(likeness::nearDuplicates).sum();
    }

    private void split(List<Foreground> concept, Likeness likeness, long seed) {
        List<List<Foreground>> groups = likeness.groups(concept).stream()
                .sorted(Comparator.comparing(group -> DigestUtils.sha256Hex(seed + " "
                        + group.get(0).concept().id() + " " + group.get(0).style())))
                .toList();
        boolean validates = ConceptFolds.fold(concept.get(0).concept().id()) % 2 == 0;
        int trainable = (int) groups.stream()
                .filter(group -> !group.stream().allMatch(Foreground::heldOut))
                .count();
        int place = 0;
        for (List<Foreground> group : groups) {
            List<Foreground> shown =
                    group.stream().filter(drawing -> !drawing.heldOut()).toList();
            if (shown.isEmpty()) {
                group.forEach(drawing -> splits.put(drawing, ScenesSplit.TEST_STYLE));
            } else {
                ScenesSplit split = split(place++, trainable, validates);
                shown.forEach(drawing -> splits.put(drawing, split));
            }
        }
    }

    private static ScenesSplit split(int place, int groups, boolean validates) {
        if (groups < FEWEST_GROUPS || place > (validates ? 1 : 0)) {
            return ScenesSplit.TRAIN;
        }
        return place == 0 ? ScenesSplit.TEST_DRAWINGS : ScenesSplit.VALIDATION;
    }

    @Override
    public int nearDuplicates() {
        return nearDuplicates;
    }

    @Override
    public List<Foreground> drawings(ScenesSplit split) {
        return drawings.stream().filter(drawing -> splits.get(drawing) == split).toList();
    }
}
