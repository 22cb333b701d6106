package org.glip.scenes;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The landscape photographs behind the objects. A photograph serves either training, or validation, or the tests, never
 * two of them.
 */
final class Backgrounds {
    static final String TABLE = "backgrounds/backgrounds.tsv";
    static final String TILES = "backgrounds/backgrounds.tar";
    /** The share of a tile's height that a crop shows, at least. */
    private static final double SMALLEST_CROP = 0.6;

    /** One photograph. */
    record Photograph(String file, ArgbImage image) {
        /** Its landscape as a caption would put it, or an empty string. */
        String landscape() {
            return Landscapes.phrase(file);
        }
    }

    private final List<Photograph> photographs;

    private Backgrounds(List<Photograph> photographs) {
        this.photographs = photographs;
    }

    /** The photographs of a split. */
    static Backgrounds of(ScenesSplit split) throws IOException {
        List<Photograph> photographs = new ArrayList<>();
        try (InputStream tiles = ScenesResources.open(TILES)) {
            ArchiveReader.read(
                    tiles,
                    TILES,
                    name -> serves(name, split),
                    (name, content) -> photographs.add(new Photograph(name, ArgbImage.decode(content, name))));
        }
        photographs.sort(Comparator.comparing(Photograph::file));
        return new Backgrounds(photographs);
    }

    /**
     * Two tenths of the photographs serve the tests, one tenth validation, the rest training, by the hash of the file
     * name.
     */
    private static boolean serves(String file, ScenesSplit split) {
        int fold = ConceptFolds.fold(file);
        return switch (split) {
            case TEST_STYLE, TEST_CONCEPTS, TEST_DRAWINGS -> fold < 2;
            case VALIDATION -> fold == 2;
            case TRAIN -> fold > 2;
        };
    }

    Photograph draw(SplittableRandom random) {
        return photographs.get(random.nextInt(photographs.size()));
    }

    /** Covers a canvas of {@code side} pixels with a random square of a photograph, as it is or mirrored. */
    static void paint(Photograph photograph, Canvas canvas, int side, SplittableRandom random) {
        ArgbImage image = photograph.image();
        double crop = image.height() * random.nextDouble(SMALLEST_CROP, 1);
        double x = random.nextDouble() * (image.width() - crop);
        double y = random.nextDouble() * (image.height() - crop);
        ArgbImage shown = random.nextBoolean() ? image.mirrored() : image;
        canvas.draw(shown, new Box(x, y, crop, crop), new Box(0, 0, side, side), AxisFilter.Edge.REPEATED);
    }

    /** All of them, by file name. */
    List<Photograph> photographs() {
        return List.copyOf(photographs);
    }

    /** The files, in order. */
    List<String> files() {
        return photographs.stream().map(Photograph::file).toList();
    }
}
