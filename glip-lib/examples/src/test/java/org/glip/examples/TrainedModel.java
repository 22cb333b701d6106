package org.glip.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * What the programs and the README's snippets find in the folder that they run in: {@code runs/glip}, a model that
 * {@link TrainTiny} trained, {@code photo.jpg}, which shows a red disc, and {@code photos}, a disc of each colour.
 */
final class TrainedModel {
    static final Path FOLDER = Path.of("runs/glip");
    static final Path PHOTO = Path.of("photo.jpg");
    static final Path PHOTOS = Path.of("photos");

    /** What the training printed. */
    static final List<String> LOG = make();

    private TrainedModel() {}

    private static List<String> make() {
        try {
            deleteTree(Path.of("runs"));
            Random random = new Random(7);
            ImageIO.write(ColouredShapes.disc("red", random), "jpg", PHOTO.toFile());
            Files.createDirectories(PHOTOS);
            for (String colour : ColouredShapes.COLOURS) {
                ImageIO.write(
                        ColouredShapes.disc(colour, random),
                        "png",
                        PHOTOS.resolve(colour + ".png").toFile());
            }
            return Printed.by(() -> TrainTiny.main(new String[] {FOLDER.toString()}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
