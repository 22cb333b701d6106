package org.glip.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where an object lies.
 *
 * @param scale side of the object's square as a share of the picture's side, in (0, 1]
 * @param x centre of the object, from -1 (left border) to 1 (right border)
 * @param y centre of the object, from -1 (upper border) to 1 (lower border)
 */
record Placement(double scale, double x, double y) {
    private static final Sizes VERSION_1 = new Sizes(0.4, 0.7);
    private static final Sizes VERSION_2 = new Sizes(0.5, 0.8);
    private static final double CENTRED_DEVIATION = 0.12;
    private static final double LOOSE_DEVIATION = 0.25;
    /** Of a quarter's side. */
    private static final double SMALLEST_IN_QUARTER = 0.7;

    /** The scales of single objects, evenly spread. */
    private record Sizes(double smallest, double largest) {
        double draw(SplittableRandom random) {
            return random.nextDouble(smallest, largest);
        }
    }

    /** Draws the placements of a picture's objects, all of them inside the frame. */
    static List<Placement> draw(ScenesPreset preset, ScenesVersion version, SplittableRandom random) {
        Sizes sizes = version == ScenesVersion.V1 ? VERSION_1 : VERSION_2;
        return switch (preset) {
            case CENTRED -> List.of(near(CENTRED_DEVIATION, sizes, random));
            case LOOSE -> List.of(near(LOOSE_DEVIATION, sizes, random));
            case UNIFORM -> {
                double scale = sizes.draw(random);
                yield List.of(new Placement(scale, within(1 - scale, random), within(1 - scale, random)));
            }
            case FULL_FRAME -> List.of(new Placement(1, 0, 0));
            case MOSAIC -> quarters(random);
        };
    }

    private static Placement near(double deviation, Sizes sizes, SplittableRandom random) {
        double scale = sizes.draw(random);
        double x = deviation * random.nextGaussian();
        double y = deviation * random.nextGaussian();
        return new Placement(scale, clip(x, 1 - scale), clip(y, 1 - scale));
    }

    private static List<Placement> quarters(SplittableRandom random) {
        List<Placement> placements = new ArrayList<>();
        for (int quarter = 0; quarter < 4; quarter++) {
            double scale = random.nextDouble(SMALLEST_IN_QUARTER, 1) / 2;
            double x = (quarter % 2 == 0 ? -0.5 : 0.5) + within(0.5 - scale, random);
            double y = (quarter < 2 ? -0.5 : 0.5) + within(0.5 - scale, random);
            placements.add(new Placement(scale, x, y));
        }
        return placements;
    }

    private static double within(double limit, SplittableRandom random) {
        return limit * (2 * random.nextDouble() - 1);
    }

    private static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    /** The object's square in a picture of this many pixels a side. */
    Box box(int side) {
        double size = scale * side;
        return new Box((x + 1) / 2 * side - size / 2, (y + 1) / 2 * side - size / 2, size, size);
    }
}
