package org.glip.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;

/**
 * Which drawings the pictures of a split show: pass after pass over all drawings of the split, so that none is shown
 * twice more often than another; in training, every pass in an order of its own.
 */
final class SplitPlan {
    /** So many pictures that one seed's standard error is at most .7 points: half of all right, of 5103. */
    private static final int TEST_DRAWINGS_SAMPLES = 5200;

    /** The fewer the drawings, the less another look at each of them tells. */
    private static final int DRAWINGS_PER_PASS = 20;

    private static final int VALIDATION_SAMPLES = 2000;

    private final ScenesSplit split;
    private final List<Foreground> foregrounds;
    private final int[] order;

    SplitPlan(ScenesSplit split, Splits splits, ScenesConfig config) {
        this.split = split;
        this.foregrounds = splits.drawings(split);
        long concepts = foregrounds.stream()
                .map(foreground -> foreground.concept().id())
                .distinct()
                .count();
        if (concepts > 0 && concepts < config.preset().objects()) {
            throw new IllegalArgumentException("preset " + config.preset().id() + " needs "
                    + config.preset().objects() + " concepts in split " + split.id() + "; the drawings show "
                    + concepts);
        }
        this.order = order(samples(config), config.seed());
    }

    private int samples(ScenesConfig config) {
        int drawings = foregrounds.size();
        return switch (split) {
            case TRAIN -> drawings == 0 ? 0 : config.trainSamples();
            case VALIDATION -> Math.min(VALIDATION_SAMPLES, passes(config, 2, 6) * drawings);
            case TEST_STYLE -> passes(config, 2, 6) * drawings;
            case TEST_CONCEPTS -> drawings;
            case TEST_DRAWINGS -> drawings * testPasses(drawings);
        };
    }

    private static int passes(ScenesConfig config, int version1, int later) {
        return config.version() == ScenesVersion.V1 ? version1 : later;
    }

    private static int testPasses(int drawings) {
        int wanted = (TEST_DRAWINGS_SAMPLES + drawings - 1) / Math.max(1, drawings);
        return Math.max(1, Math.min(drawings / DRAWINGS_PER_PASS, wanted));
    }

    private int[] order(int samples, long seed) {
        int[] drawn = new int[samples];
        int drawings = foregrounds.size();
        for (int start = 0, pass = 0; start < samples; start += drawings, pass++) {
            int[] permutation = new int[drawings];
            SplittableRandom random = KeyedRandom.stream(seed, Purpose.SHUFFLE, split.ordinal(), pass);
            for (int i = 0; i < drawings; i++) {
                // Fisher-Yates from the inside out
                int place = split == ScenesSplit.TRAIN ? random.nextInt(i + 1) : i;
                permutation[i] = permutation[place];
                permutation[place] = i;
            }
            System.arraycopy(permutation, 0, drawn, start, Math.min(drawings, samples - start));
        }
        return drawn;
    }

    ScenesSplit split() {
        return split;
    }

    int samples() {
        return order.length;
    }

    /** The drawings that the split may show. */
    List<Foreground> foregrounds() {
        return foregrounds;
    }

    /**
     * The drawings of a picture: the one whose turn it is, and others at random, of other concepts, where more are
     * wanted.
     */
    List<Foreground> drawings(int index, int wanted, SplittableRandom random) {
        List<Foreground> chosen = new ArrayList<>(List.of(foregrounds.get(order[index])));
        while (chosen.size() < wanted) {
            Foreground other = foregrounds.get(random.nextInt(foregrounds.size()));
            if (chosen.stream()
                    .noneMatch(f -> f.concept().id().equals(other.concept().id()))) {
                chosen.add(other);
            }
        }
        return chosen;
    }
}
