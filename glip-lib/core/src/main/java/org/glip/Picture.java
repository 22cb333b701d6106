package org.glip;

import ai.djl.modality.cv.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.glip.image.EncodedPicture;
import org.glip.image.ImageDecoder;
import org.glip.image.StoredImage;

/**
 * A picture to look at, wherever it comes from. A file is read when the picture is looked at, so that a long list of
 * pictures takes no memory.
 *
 * <p>Files are JPEG, PNG, GIF (the first frame) or WebP, told by their content, and decoded as open_clip's loaders do:
 * EXIF orientation and colour profiles are ignored, transparency is dropped. Immutable; threads may share it.
 */
public final class Picture {
    /** A larger file is no picture; of one that never ends no more is read. */
    private static final int MAX_FILE_BYTES = 256 << 20;

    private final String name;
    private final Source source;

    /**
     * Is told what becomes of each of many pictures, in their order and in the calling thread.
     *
     * @param <R> what is made of a picture
     */
    @FunctionalInterface
    public interface Listener<R> {
        /**
         * A picture is done.
         *
         * @param picture which
         * @param result what was made of it
         */
        void done(Picture picture, R result);

        /**
         * A picture cannot be read. Unless this is overridden, that ends the work.
         *
         * @param picture which
         * @param reason why; its message names the picture
         * @throws IOException to end the work; else the picture is left out and the others go on
         */
        default void failed(Picture picture, IOException reason) throws IOException {
            throw reason;
        }
    }

    /** Gives the picture, ready to be decoded, the same at each call. */
    @FunctionalInterface
    private interface Source {
        EncodedPicture open() throws IOException;
    }

    private Picture(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /**
     * Returns the picture in a file.
     *
     * @param file read anew each time that the picture is looked at
     * @return the picture; its name is the path
     */
    public static Picture of(Path file) {
        return new Picture(file.toString(), () -> ImageDecoder.open(bytes(file), file.toString()));
    }

    /**
     * Returns the picture that a stream brings, encoded as a file is.
     *
     * @param in read to its end at once, and left open
     * @param name what to call it in messages, such as a URL
     * @return the picture; it keeps the encoded bytes
     * @throws IOException if the stream cannot be read, or is longer than any picture
     */
    public static Picture of(InputStream in, String name) throws IOException {
        byte[] file = in.readNBytes(MAX_FILE_BYTES + 1);
        requireLength(name, file.length);
        return new Picture(name, () -> ImageDecoder.open(file, name));
    }

    /**
     * Returns a picture of Java 2D.
     *
     * @param image of any type; transparency is dropped, not blended
     * @return the picture
     */
    public static Picture of(BufferedImage image) {
        String name = "picture of " + image.getWidth() + " x " + image.getHeight() + " pixels";
        return new Picture(name, () -> EncodedPicture.of(image));
    }

    /**
     * Returns a picture of DJL.
     *
     * @param image as any of DJL's image factories makes it
     * @return the picture
     */
    public static Picture of(Image image) {
        if (image.getWrappedImage() instanceof BufferedImage buffered) {
            return of(buffered);
        }
        String name = "picture of " + image.getWidth() + " x " + image.getHeight() + " pixels";
        return new Picture(name, () -> {
            // What another factory wraps is its own affair, but every one can write PNG, which loses nothing.
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            image.save(png, "png");
            return ImageDecoder.open(png.toByteArray(), name);
        });
    }

    /**
     * Returns the pictures in files.
     *
     * @param files read when they are looked at
     * @return a picture a file, in order
     */
    public static List<Picture> files(Collection<Path> files) {
        return files.stream().map(Picture::of).toList();
    }

    /**
     * Returns all pictures in a folder and the folders in it, told by the ending of the name.
     *
     * @param folder where to look; links are followed
     * @return the pictures, sorted by path
     * @throws IOException if there is no such folder, it cannot be read, or holds no picture
     */
    public static List<Picture> in(Path folder) throws IOException {
        List<Path> files = ImageDecoder.picturesIn(folder);
        if (files.isEmpty()) {
            throw new IOException("Folder " + folder + " holds no picture");
        }
        return files(files);
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not a picture");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            requireLength(file.toString(), bytes.length);
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    private static void requireLength(String name, int bytes) throws IOException {
        if (bytes > MAX_FILE_BYTES) {
            throw new IOException(name + " is no picture: it has more than " + MAX_FILE_BYTES + " bytes");
        }
    }

    /** {@return what the picture is called: the path of a file, the given name of a stream, or the size} */
    public String name() {
        return name;
    }

    /**
     * Reads and decodes.
     *
     * @throws IOException if there is no picture to be had; the message names it
     */
    StoredImage read() throws IOException {
        return open().decode();
    }

    /**
     * Reads, for those who decode several pictures at a time.
     *
     * @throws IOException likewise
     */
    EncodedPicture open() throws IOException {
        try {
            return source.open();
        } catch (IOException e) {
            throw named(e);
        }
    }

    /** The JDK's own messages name the file or not, as it comes. */
    private IOException named(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(name) && !message.equals(name) ? e : new IOException(name + ": " + e, e);
    }

    @Override
    public String toString() {
        return name;
    }
}
