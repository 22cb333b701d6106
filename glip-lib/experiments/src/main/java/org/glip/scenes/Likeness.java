package org.glip.scenes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which drawings are the same, and which concepts look the same, by the distance of their {@linkplain Thumbnail
 * thumbnails}. Two drawings of a concept are the same if they are of one {@linkplain ForegroundSource#hand hand}, that
 * is a drawing with its flat, shaded or outlined twin, or if their distance is below {@value #SAME_DRAWING}: then one
 * package took over the drawing of another.
 */
final class Likeness {
    /**
     * Looked at, pair by pair: what one hand took over from another lies below (Noto's bird, saxophone and eggplant
     * with their older forms and Twemoji's), but above lie drawings that are alike only because the thing is plain,
     * such as two balloons.
     */
    static final double SAME_DRAWING = 0.12;

    /** Looked at: leopard and tiger, baseball and volleyball, locked and unlocked lie below. */
    static final double SAME_LOOK = 0.2;

    private final Map<Foreground, Thumbnail> thumbnails = new HashMap<>();

    /** Compares these drawings. */
    Likeness(List<Foreground> drawings) throws IOException {
        for (Foreground drawing : drawings) {
            thumbnails.put(drawing, Thumbnail.of(drawing));
        }
    }

    /** The drawings of one concept in groups, each of which is one drawing; groups and members in the order given. */
    List<List<Foreground>> groups(List<Foreground> drawings) {
        List<List<Foreground>> groups = new ArrayList<>();
        for (Foreground drawing : drawings) {
            List<Foreground> merged = new ArrayList<>();
            for (List<Foreground> group : List.copyOf(groups)) {
                if (group.stream().anyMatch(member -> same(member, drawing))) {
                    merged.addAll(group);
                    groups.remove(group);
                }
            }
            merged.add(drawing);
            groups.add(merged);
        }
        return groups;
    }

    private boolean same(Foreground a, Foreground b) {
        return ofOneHand(a, b) || near(a, b);
    }

    private static boolean ofOneHand(Foreground a, Foreground b) {
        return ForegroundSource.of(a.style())
                .hand()
                .equals(ForegroundSource.of(b.style()).hand());
    }

    private boolean near(Foreground a, Foreground b) {
        return thumbnails.get(a).distance(thumbnails.get(b)) < SAME_DRAWING;
    }

    /** How many pairs of drawings of one concept are near, though of different hands. */
    int nearDuplicates(List<Foreground> drawings) {
        int pairs = 0;
        for (int i = 0; i < drawings.size(); i++) {
            for (int j = 0; j < i; j++) {
                Foreground a = drawings.get(i);
                Foreground b = drawings.get(j);
                pairs += !ofOneHand(a, b) && near(a, b) ? 1 : 0;
            }
        }
        return pairs;
    }

    /** Whether two concepts look the same: by the mean distance of their drawings in the styles that show both. */
    boolean sameLook(List<Foreground> one, List<Foreground> other) {
        Map<String, Foreground> byStyle = new LinkedHashMap<>();
        one.forEach(drawing -> byStyle.putIfAbsent(drawing.style(), drawing));
        return other.stream()
                        .filter(drawing -> byStyle.containsKey(drawing.style()))
                        .mapToDouble(drawing ->
                                thumbnails.get(drawing).distance(thumbnails.get(byStyle.get(drawing.style()))))
                        .average()
                        .orElse(1)
                < SAME_LOOK;
    }
}
