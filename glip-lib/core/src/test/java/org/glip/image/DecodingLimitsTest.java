package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Legal pictures that cost more memory or time than a loader has. */
@Timeout(120) // a guard against scans without end, not a measurement
class DecodingLimitsTest {
    private static final String NAME = "shard-3.tar!000017.jpg";

    private static byte[] picture(int type, int side, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(side, side, type), format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg-", "png-", "gif", "webp-"})
    void aPictureThatNeedsMoreThanItMayTakeIsRefusedByItsHeader(String format) throws IOException {
        for (Path source : GoldenPictures.sources(format)) {
            byte[] file = Files.readAllBytes(source);
            EncodedPicture picture = ImageDecoder.open(file, NAME);
            StoredImage decoded = ImageDecoder.open(file, NAME, picture.bytes()).decode();
            assertTrue(picture.bytes() >= decoded.samples().length + file.length, source.toString());
            String message = assertThrows(
                            ImageFormatException.class, () -> ImageDecoder.open(file, NAME, picture.bytes() - 1))
                    .getMessage();
            assertTrue(message.startsWith(NAME + ": this ") && message.contains("a third of Java's heap"), message);
        }
    }

    /** 13,300 x 13,300 pixels in half a megabyte: a legal PNG that takes a gigabyte. */
    @Test
    void aHugePictureOfOneColourIsToldByItsHeader() throws IOException {
        byte[] file = Arrays.copyOf(picture(BufferedImage.TYPE_3BYTE_BGR, 8, "png"), 516_000);
        ByteBuffer.wrap(file, 16, 8).putInt(13_300).putInt(13_300);
        String message = assertThrows(ImageFormatException.class, () -> ImageDecoder.open(file, NAME, 700L << 20))
                .getMessage();
        assertTrue(message.contains("decoding it takes 1012 MiB, and one picture may take at most 700 MiB"), message);
    }

    /** What is claimed to be enough must be; the JDK's reader of PNG copies rows of colours, one at a time, besides. */
    @ParameterizedTest
    @CsvSource({
        BufferedImage.TYPE_3BYTE_BGR + ", png, 3",
        BufferedImage.TYPE_4BYTE_ABGR + ", png, 4",
        BufferedImage.TYPE_BYTE_GRAY + ", png, 0",
        BufferedImage.TYPE_USHORT_GRAY + ", png, 0",
        BufferedImage.TYPE_BYTE_INDEXED + ", png, 0",
        BufferedImage.TYPE_BYTE_BINARY + ", png, 0",
        BufferedImage.TYPE_3BYTE_BGR + ", jpg, 0",
        BufferedImage.TYPE_BYTE_GRAY + ", jpg, 0",
        BufferedImage.TYPE_BYTE_INDEXED + ", gif, 0",
    })
    void decodingTakesNoMoreThanIsSaid(int type, String format, int copied) throws IOException {
        EncodedPicture picture = ImageDecoder.open(picture(type, 1500, format), NAME);
        picture.decode(); // classes are loaded
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        picture.decode();
        long taken = threads.getCurrentThreadAllocatedBytes() - before - copied * 1500L * 1500;
        assertTrue(taken < picture.bytes() + (1 << 20), taken + " of " + picture.bytes());
    }

    @Test
    void countsTheScans() throws IOException {
        assertEquals(1, JpegHeader.parse(GoldenPictures.source("jpeg-420.jpg")).scans());
        byte[] progressive = GoldenPictures.source("jpeg-progressive.jpg");
        int scans = 0;
        for (int at = 0; at + 1 < progressive.length; at++) {
            scans += progressive[at] == (byte) 0xFF && progressive[at + 1] == (byte) 0xDA ? 1 : 0;
        }
        assertTrue(scans > 3);
        assertEquals(scans, JpegHeader.parse(progressive).scans());
        assertEquals(
                scans + 70, JpegHeader.parse(withMoreScans(progressive, 70)).scans());
        assertTrue(JpegHeader.parse(Arrays.copyOf(progressive, progressive.length - 40))
                        .scans()
                <= scans);
    }

    /** A file of half a megabyte can hold thousands of scans, each of which goes over the whole picture. */
    @Test
    void refusesAPictureWithTooManyScansForItsSize() throws IOException {
        byte[] file = withMoreScans(GoldenPictures.source("jpeg-progressive.jpg"), 1500);
        ImageDecoder.decode(file, NAME); // a small one is read with as many
        int frame = indexOf(file, 0xC2);
        ByteBuffer.wrap(file, frame + 5, 4).putShort((short) 2000).putShort((short) 1500);
        String message = assertThrows(ImageFormatException.class, () -> ImageDecoder.decode(file, NAME))
                .getMessage();
        assertTrue(message.contains("scans of 3000000 pixels; at most 715 scans of so many are decoded"), message);
    }

    /** Repeats the last scan of a progressive JPEG. */
    private static byte[] withMoreScans(byte[] jpeg, int more) {
        int last = jpeg.length - 2;
        while (jpeg[last] != (byte) 0xFF || jpeg[last + 1] != (byte) 0xDA) {
            last--;
        }
        byte[] scan = Arrays.copyOfRange(jpeg, last, jpeg.length - 2);
        ByteBuffer all = ByteBuffer.allocate(jpeg.length + more * scan.length);
        all.put(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < more; i++) {
            all.put(scan);
        }
        return all.put(jpeg, jpeg.length - 2, 2).array();
    }

    private static int indexOf(byte[] file, int marker) {
        for (int i = 0; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xFF && (file[i + 1] & 0xFF) == marker) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such marker");
    }

    /** Large pictures wait for each other; one that is larger than all has it alone. */
    @Test
    void threadsShareTheMemory() throws IOException, InterruptedException {
        EncodedPicture large = new EncodedPicture(700 << 10, () -> null);
        EncodedPicture small = new EncodedPicture(100 << 10, () -> null);
        DecodingMemory memory = DecodingMemory.of(1 << 20);
        CountDownLatch decoding = new CountDownLatch(1);
        Thread second;
        try (DecodingMemory.Room first = memory.roomFor(large);
                DecodingMemory.Room beside = memory.roomFor(small)) {
            second = new Thread(() -> {
                try (DecodingMemory.Room room = memory.roomFor(large)) {
                    decoding.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            second.start();
            while (second.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertEquals(1, decoding.getCount());
        }
        decoding.await();
        second.join();
        memory.roomFor(new EncodedPicture(1L << 40, () -> null)).close();
        memory.roomFor(large).close();
    }
}
