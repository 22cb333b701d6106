package org.glip.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** The files that {@code src/test/python/image/make_pixel_golden.py} wrote. */
final class GoldenPictures {
    private GoldenPictures() {}

    private static final Path ROOT = Path.of("src/test/resources/org/glip/image");

    /** All source pictures whose names begin so, in the order of their names. */
    static List<Path> sources(String prefix) {
        try (Stream<Path> files = Files.list(ROOT.resolve("sources"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("no golden picture begins with " + prefix);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] source(String fileName) throws IOException {
        return Files.readAllBytes(ROOT.resolve("sources").resolve(fileName));
    }

    /** Whether there are expected pixels for a source at a size. */
    static boolean hasExpected(Path source, int size) {
        return Files.exists(expected(source, size));
    }

    /**
     * What open_clip makes of a source, interleaved RGB; read by ImageIO, so that our decoder is no judge of itself.
     */
    static byte[] expectedPixels(Path source, int size) throws IOException {
        BufferedImage image = ImageIO.read(expected(source, size).toFile());
        byte[] rgb = new byte[3 * size * size];
        for (int i = 0; i < size * size; i++) {
            int colour = image.getRGB(i % size, i / size);
            rgb[3 * i] = (byte) (colour >> 16);
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) colour;
        }
        return rgb;
    }

    private static Path expected(Path source, int size) {
        String stem = source.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
        return ROOT.resolve("expected").resolve(stem + "." + size + ".png");
    }

    static Reader json(String fileName) throws IOException {
        InputStream stream = Files.newInputStream(ROOT.resolve(fileName));
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
