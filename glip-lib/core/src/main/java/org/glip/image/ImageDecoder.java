package org.glip.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes picture files to RGB as PIL's {@code Image.open(file).convert("RGB")} does, which is what open_clip's loaders
 * call before any transform.
 *
 * <ul>
 *   <li>JPEG: grey, RGB, YCbCr, CMYK and YCCK, baseline and progressive. EXIF orientation and colour profiles are
 *   ignored.
 *   <li>PNG: every colour type and depth. Alpha is dropped, not blended; 16-bit colours keep their high byte, 16-bit
 *   grey is
 *       clipped at 255.
 *   <li>GIF: the first frame on its canvas.
 *   <li>WebP: lossy and lossless, alpha dropped; animations are refused.
 * </ul>
 *
 * <p>Thread-safe; holds no state.
 */
public final class ImageDecoder {
    /** The most pixels that a picture may have: where PIL refuses a "decompression bomb". */
    public static final long MAX_PIXELS = 178_956_970;

    /**
     * The most pixels times scans of a JPEG in several scans: twelve, more than encoders make, of the largest picture.
     * Each scan goes over the whole picture, and a file of half a megabyte can hold thousands.
     */
    public static final long MAX_WORK = 1L << 31;

    /** The longest side; far above any photograph, and low enough for sizes and offsets to fit into an {@code int}. */
    public static final int MAX_SIDE = 1_000_000;

    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "gif");
    private static final String EXPECTED = "expected a JPEG, PNG, GIF or WebP file";

    private ImageDecoder() {}

    /**
     * Decodes one file.
     *
     * <p>Memory is set aside only after the header has been held against {@link #MAX_PIXELS}, {@link #MAX_SIDE}, what a
     * file of this length can hold and a third of Java's heap, and the scans of a JPEG against {@link #MAX_WORK}.
     *
     * @param file the file's bytes
     * @param name the file or sample, for the error message
     * @return the picture in RGB
     * @throws IOException if the file is empty, of another format, truncated, damaged, too large, too much work or
     *     animated WebP
     */
    public static RgbImage decode(byte[] file, String name) throws IOException {
        return decodeStored(file, name).toRgb();
    }

    /**
     * Does the same, but leaves the conversion of most JPEGs from YCbCr to whoever takes the pixels, who may not need
     * all.
     *
     * @param file the file's bytes
     * @param name the file or sample, for the error message
     * @return the picture in RGB or YCbCr
     * @throws IOException as {@link #decode} does
     */
    public static StoredImage decodeStored(byte[] file, String name) throws IOException {
        return open(file, name).decode();
    }

    /**
     * Looks at the header only, for those who decode several pictures at a time: see {@link DecodingMemory}.
     *
     * @param file the file's bytes
     * @param name the file or sample, for the error message
     * @return the picture, to be decoded
     * @throws IOException as {@link #decode} does
     */
    public static EncodedPicture open(byte[] file, String name) throws IOException {
        return open(file, name, DecodingMemory.mostBytes());
    }

    static EncodedPicture open(byte[] file, String name, long mostBytes) throws IOException {
        if (file.length == 0) {
            throw new ImageFormatException(name, "the file is empty; " + EXPECTED, null);
        }
        Format format = Format.of(file);
        if (format == null) {
            throw new ImageFormatException(
                    name, "not a picture: it begins with " + firstBytes(file) + "; " + EXPECTED, null);
        }
        return named(name, format, () -> {
            EncodedPicture picture = format.decoder.open(file);
            requireMemory(picture.bytes(), mostBytes);
            return new EncodedPicture(picture.bytes(), () -> named(name, format, picture::decode));
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Puts the name of file and format before whatever a reader complains about. */
    private static <T> T named(String name, Format format, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new ImageFormatException(name, "this " + format.title + " picture cannot be read: " + reason(e), e);
        } catch (RuntimeException e) {
            // The readers of the JDK let damaged data surface as index, argument and state errors of their own.
            throw new ImageFormatException(
                    name, "this " + format.title + " picture cannot be read: damaged (" + e + ")", e);
        }
    }

    private static void requireMemory(long bytes, long mostBytes) throws IIOException {
        if (bytes > mostBytes) {
            throw new IIOException("decoding it takes " + (bytes >> 20) + " MiB, and one picture may take at most "
                    + (mostBytes >> 20) + " MiB, a third of Java's heap; -Xmx sets it");
        }
    }

    /**
     * Lists the pictures in a folder and the folders in it, told by the ending of the name; links are followed.
     *
     * @param folder where to look
     * @return the files, sorted by path; empty if there is none
     * @throws IOException if the folder does not exist or cannot be read
     */
    public static List<Path> picturesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("Folder " + folder + " does not exist or is not a folder");
        }
        // links are followed: data sets on shared disks are often folders of links
        List<Path> pictures = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isNamedAsPicture(file)) {
                    pictures.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** A link to a folder above it leads to nothing new. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
                if (reason instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE;
                }
                throw new IOException("Folder " + folder + " cannot be read: " + reason, reason);
            }
        });
        Collections.sort(pictures);
        return List.copyOf(pictures);
    }

    private static boolean isNamedAsPicture(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return !name.startsWith(".") && ENDINGS.contains(ending.toLowerCase(Locale.ROOT));
    }

    /** A reader's message, and what lies behind it where the reader says no more than "error reading image". */
    private static String reason(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e.getCause() == null ? message : message + " (" + e.getCause() + ")";
    }

    private static String firstBytes(byte[] file) {
        return HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(file.length, 8));
    }

    /** Holds a header's claim against what may and what can be there, before anything of that size is allocated. */
    static void checkSize(long width, long height, long possiblePixels) throws IIOException {
        String claim = "its header claims " + width + " x " + height + " pixels; ";
        if (width < 1 || height < 1) {
            throw new IIOException(claim + "each side must be at least 1");
        }
        if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
            throw new IIOException(claim + "at most " + MAX_PIXELS + " in all and " + MAX_SIDE + " a side are decoded");
        }
        if (width * height > possiblePixels) {
            throw new IIOException(claim + "a file of this length holds at most " + possiblePixels);
        }
    }

    @FunctionalInterface
    private interface Decoder {
        EncodedPicture open(byte[] file) throws IOException;
    }

    /** The formats, told apart by the bytes that their files begin with. */
    private enum Format {
        JPEG("JPEG", JpegDecoder::open),
        PNG("PNG", PngDecoder::open),
        GIF("GIF", GifDecoder::open),
        WEBP("WebP", WebpDecoder::open);

        private final String title;
        private final Decoder decoder;

        Format(String title, Decoder decoder) {
            this.title = title;
            this.decoder = decoder;
        }

        static @Nullable Format of(byte[] file) {
            if (hasAt(file, 0, "\u00FF\u00D8\u00FF")) {
                return JPEG;
            }
            if (hasAt(file, 0, "\u0089PNG\r\n\u001A\n")) {
                return PNG;
            }
            if (hasAt(file, 0, "GIF87a") || hasAt(file, 0, "GIF89a")) {
                return GIF;
            }
            return hasAt(file, 0, "RIFF") && hasAt(file, 8, "WEBP") ? WEBP : null;
        }

        private static boolean hasAt(byte[] file, int offset, String latin1) {
            byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
            int end = offset + expected.length;
            return end <= file.length && Arrays.equals(file, offset, end, expected, 0, expected.length);
        }
    }
}
