package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
    @Test
    void leavesAPictureAsItIsStoredWhateverItsOrientationTagSays() throws IOException {
        RgbImage picture = ImageDecoder.decode(GoldenPictures.source("jpeg-exif-turned.jpg"), "turned");
        assertEquals(120, picture.width());
        assertEquals(70, picture.height());
    }

    @Test
    void showsTheFirstFrameOnTheCanvas() throws IOException {
        RgbImage frame = ImageDecoder.decode(GoldenPictures.source("gif.gif"), "frame");
        RgbImage canvas = ImageDecoder.decode(GoldenPictures.source("gif-frame-on-canvas.gif"), "canvas");
        assertEquals(117, canvas.width());
        assertEquals(121, canvas.height());
        int corner = 3 * (13 * canvas.width() + 9);
        assertArrayEquals(
                Arrays.copyOf(frame.rgb(), 3 * frame.width()),
                Arrays.copyOfRange(canvas.rgb(), corner, corner + 3 * frame.width()));
    }

    /** Cameras store a preview or a second view behind the picture. */
    @Test
    void ignoresWhatFollowsAJpeg() throws IOException {
        byte[] file = GoldenPictures.source("jpeg-64.jpg");
        byte[] longer = Arrays.copyOf(file, 3 * file.length);
        System.arraycopy(file, 0, longer, 2 * file.length, file.length);
        assertArrayEquals(
                ImageDecoder.decode(file, "one").rgb(),
                ImageDecoder.decode(longer, "two").rgb());
    }

    @Test
    void decodesTheSameInManyThreadsAtOnce() throws IOException {
        List<Path> sources = List.of(
                GoldenPictures.sources("jpeg-420-photo").get(0),
                GoldenPictures.sources("png-palette4").get(0),
                GoldenPictures.sources("gif-animated").get(0),
                GoldenPictures.sources("webp-lossy").get(0));
        for (Path source : sources) {
            byte[] file = Files.readAllBytes(source);
            byte[] expected = ImageDecoder.decode(file, "alone").rgb();
            IntStream.range(0, 40).parallel().forEach(i -> assertArrayEquals(expected, decode(file)));
        }
    }

    private static byte[] decode(byte[] file) {
        try {
            return ImageDecoder.decode(file, "one of many").rgb();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
