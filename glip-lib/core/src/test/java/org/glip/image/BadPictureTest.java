package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no pictures, or no longer. */
@Timeout(120) // a guard against readers that loop for ever, not a measurement
class BadPictureTest {
    private static final String NAME = "shard-3.tar!000017.jpg";

    @Test
    void namesTheSampleAndTheKnownFormats() {
        assertRefused(new byte[0], "the file is empty; expected a JPEG, PNG, GIF or WebP file");
        byte[] text = "<html>404 Not Found</html>".getBytes(StandardCharsets.UTF_8);
        assertRefused(text, "not a picture: it begins with 3c 68 74 6d 6c 3e 34 30; expected a JPEG");
        assertRefused(new byte[] {1}, "not a picture: it begins with 01; expected");
        assertRefused("RIFF____AVI ".getBytes(StandardCharsets.US_ASCII), "not a picture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-420.jpg",
                "jpeg-progressive.jpg",
                "jpeg-grey.jpg",
                "jpeg-cmyk.jpg",
                "png-rgb.png",
                "png-palette4.png",
                "png-rgb-interlaced.png",
                "gif.gif",
                "gif-grey-interlaced.gif",
                "webp-lossy.webp",
                "webp-lossless.webp",
                "webp-lossy-alpha.webp"
            })
    void refusesATruncatedFileWhereverItEnds(String source) throws IOException {
        byte[] file = GoldenPictures.source(source);
        // Check sums and closing blocks of PNG and GIF are not missed, no more than by PIL.
        int lastNeeded = file.length - (source.endsWith("png") ? 32 : source.endsWith("gif") ? 4 : 1);
        for (int part = 0; part < 40; part++) {
            int length = part == 0 ? lastNeeded : 12 + part * (file.length - 12) / 41;
            byte[] cut = Arrays.copyOf(file, length);
            ImageFormatException refused = assertThrows(
                    ImageFormatException.class,
                    () -> ImageDecoder.decode(cut, NAME),
                    () -> source + " cut to " + length);
            assertTrue(refused.getMessage().startsWith(NAME + ": this "), refused.getMessage());
        }
    }

    @Test
    void saysThatATruncatedJpegIsTruncated() throws IOException {
        byte[] file = GoldenPictures.source("jpeg-420.jpg");
        assertRefused(Arrays.copyOf(file, file.length / 2), "this JPEG picture cannot be read: the file is truncated");
        assertRefused(Arrays.copyOf(file, 30), "the file is truncated: it ends within its header");
        byte[] webp = GoldenPictures.source("webp-lossy.webp");
        assertRefused(
                Arrays.copyOf(webp, 500),
                "the file is truncated: it has 500 bytes where its header says " + webp.length);
    }

    @Test
    void refusesAnimatedWebp() {
        ByteBuffer webp = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(22);
        webp.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(2);
        assertRefused(webp.array(), "it is animated; only still WebP pictures are read");
    }

    /** libwebp reports this as a lack of memory, which must not reach the caller as an error of the whole machine. */
    @Test
    void refusesWebpWithADamagedAlphaHeader() throws IOException {
        byte[] webp = GoldenPictures.source("webp-lossy-alpha.webp");
        assertEquals("ALPH", new String(webp, 30, 4, StandardCharsets.US_ASCII));
        webp[38] = 3; // a compression method that does not exist
        assertRefused(webp, "libwebp cannot decode its alpha, or lacks the memory for it");
    }

    @Test
    void refusesComponentsThatAreNoColours() throws IOException {
        byte[] jpeg = GoldenPictures.source("jpeg-420.jpg");
        int frame = indexOf(jpeg, 0xFF, 0xC0);
        jpeg[frame + 9] = 2;
        assertRefused(jpeg, "it has 2 colour components; 1, 3 or 4 are understood");
        byte[] png = GoldenPictures.source("png-rgb.png");
        png[25] = 5;
        assertRefused(png, "its colour type is 5; 0, 2, 3, 4 and 6 exist");
    }

    /** A header of 60000 x 60000 stands for 10 GB; nothing of the kind may be set aside. WebP ends at 16383 a side. */
    @ParameterizedTest
    @CsvSource({"jpeg-420.jpg,60000", "png-rgb.png,60000", "gif.gif,60000", "webp-lossy.webp,16383"})
    void refusesAHeaderThatClaimsTooMuchBeforeAllocating(String source, int side) throws IOException {
        byte[] file = GoldenPictures.source(source);
        claim(file, source, side, side);
        assertRefused(file, "its header claims " + side + " x " + side + " pixels; at most 178956970");
        claim(file, source, 9_000, 9_000);
        assertRefused(file, "its header claims 9000 x 9000 pixels; a file of this length holds at most");
    }

    /** A lossless picture of one colour needs no bits for its pixels, so its length vouches for nothing. */
    @Test
    void refusesALosslessWebpOfUnbelievableSize() {
        ByteBuffer webp = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(32);
        webp.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(20);
        webp.put((byte) 0x2F).putInt(8192 - 1 | 4096 - 1 << 14);
        assertRefused(webp.array(), "its header claims 8192 x 4096 pixels; a file of this length holds at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-420.jpg", "png-rgb.png", "gif.gif"})
    void refusesAPictureWithoutPixels(String source) throws IOException {
        byte[] file = GoldenPictures.source(source);
        claim(file, source, 0, 0);
        assertRefused(file, "its header claims 0 x 0 pixels; each side must be at least 1");
    }

    /** Damage may still decode to something; whatever else happens must be the one named exception. */
    @ParameterizedTest
    @ValueSource(strings = {"jpeg-", "png-", "gif", "webp-"})
    void survivesRandomDamage(String format) throws IOException {
        SplittableRandom random = new SplittableRandom(41);
        for (Path source : GoldenPictures.sources(format)) {
            byte[] file = Files.readAllBytes(source);
            for (int round = 0; round < 60; round++) {
                byte[] damaged = file.clone();
                int bytes = 1 + random.nextInt(8);
                // Every other round goes for the header, where the sizes and tables stand.
                int range = round % 2 == 0 ? Math.min(100, file.length) : file.length;
                for (int i = 0; i < bytes; i++) {
                    damaged[random.nextInt(range)] = (byte) random.nextInt(256);
                }
                assertDecodesOrIsRefused(damaged);
            }
        }
    }

    private static void assertDecodesOrIsRefused(byte[] damaged) throws IOException {
        try {
            RgbImage picture = ImageDecoder.decode(damaged, NAME);
            assertEquals(3 * picture.width() * picture.height(), picture.rgb().length);
        } catch (ImageFormatException e) {
            assertTrue(e.getMessage().startsWith(NAME + ": "), e.getMessage());
        }
    }

    private static void assertRefused(byte[] file, String message) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> ImageDecoder.decode(file, NAME));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(refused.getMessage().startsWith(NAME + ": "), refused.getMessage());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertTrue(allocated < 5_000_000, allocated + " bytes were allocated to refuse a file of " + file.length);
    }

    /** Writes a size into a golden file's header. */
    private static void claim(byte[] file, String source, int width, int height) {
        if (source.endsWith("jpg")) {
            ByteBuffer.wrap(file, indexOf(file, 0xFF, 0xC0) + 5, 4)
                    .putShort((short) height)
                    .putShort((short) width);
        } else if (source.endsWith("png")) {
            ByteBuffer.wrap(file, 16, 8).putInt(width).putInt(height);
        } else if (source.endsWith("gif")) {
            int frame = 13 + (3 << (file[10] & 7) + 1);
            ByteBuffer.wrap(file)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(frame + 5, (short) width)
                    .putShort(frame + 7, (short) height);
        } else {
            ByteBuffer.wrap(file)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(26, (short) width)
                    .putShort(28, (short) height);
        }
    }

    private static int indexOf(byte[] file, int first, int second) {
        for (int i = 0; i + 1 < file.length; i++) {
            if ((file[i] & 0xFF) == first && (file[i + 1] & 0xFF) == second) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such marker");
    }
}
