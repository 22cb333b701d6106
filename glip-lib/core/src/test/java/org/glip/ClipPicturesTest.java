package org.glip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.glip.eval.FeatureIndex;
import org.glip.eval.ZeroShotClassifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where pictures come from, how many there may be, and what happens to those that are none. */
class ClipPicturesTest {
    private static final Path PNG = FrontDoor.picture("png-rgb.png");

    @TempDir
    Path folder;

    private Clip clip;

    @BeforeEach
    void open() throws IOException {
        clip = Clip.open(FrontDoor.model(folder.resolve("model")));
    }

    @AfterEach
    void close() {
        clip.close();
    }

    @Test
    void aPictureIsTheSameFromFileStreamJavaImageAndDjlImage() throws IOException {
        float[] expected = clip.embed(PNG);
        BufferedImage image = ImageIO.read(PNG.toFile());
        Image djl = ImageFactory.getInstance().fromFile(PNG);
        try (InputStream stream = Files.newInputStream(PNG)) {
            Picture streamed = Picture.of(stream, "upload");
            assertArrayEquals(expected, clip.embed(streamed));
            assertArrayEquals(expected, clip.embed(streamed), "again");
        }
        assertArrayEquals(expected, clip.embed(Picture.of(image)));
        assertArrayEquals(expected, clip.embed(Picture.of(djl)));
        assertArrayEquals(expected, clip.embed(Picture.of(foreign(djl))));
    }

    /** An image of a factory that wraps something of its own, as DJL's OpenCV extension does. */
    private static Image foreign(Image image) {
        return (Image) Proxy.newProxyInstance(
                Image.class.getClassLoader(), new Class<?>[] {Image.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getWrappedImage":
                            return new Object();
                        case "getWidth":
                            return image.getWidth();
                        case "getHeight":
                            return image.getHeight();
                        case "save":
                            image.save((OutputStream) arguments[0], (String) arguments[1]);
                            return null;
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    @Test
    void picturesAreNamedByWhereTheyComeFrom() throws IOException {
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
        assertEquals(PNG.toString(), Picture.of(PNG).name());
        assertEquals(
                "upload",
                Picture.of(new ByteArrayInputStream(new byte[1]), "upload").toString());
        assertEquals("picture of 7 x 5 pixels", Picture.of(image).name());
    }

    @Test
    void aFolderGivesItsPicturesSortedWithThoseInItsFolders() throws IOException {
        Path album = Files.createDirectories(folder.resolve("album/b"));
        Files.copy(PNG, album.resolve("2.png"));
        Files.copy(PNG, album.resolve("1.PNG"));
        Files.copy(PNG, folder.resolve("album/c.jpeg"));
        Files.writeString(folder.resolve("album/a.txt"), "no picture");

        assertEquals(
                List.of("b/1.PNG", "b/2.png", "c.jpeg"),
                Picture.in(folder.resolve("album")).stream()
                        .map(picture -> folder.resolve("album")
                                .relativize(Path.of(picture.name()))
                                .toString()
                                .replace('\\', '/'))
                        .toList());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertTrue(assertThrows(IOException.class, () -> Picture.in(empty))
                .getMessage()
                .contains("holds no picture"));
    }

    /** Makes pictures when it is asked for them, and knows how many it has made. */
    private static final class Counting implements Iterable<Picture>, Iterator<Picture> {
        private final int total;
        private int made;

        Counting(int total) {
            this.total = total;
        }

        @Override
        public Iterator<Picture> iterator() {
            return this;
        }

        @Override
        public boolean hasNext() {
            return made < total;
        }

        @Override
        public Picture next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(made % 9, made % 8, 0xFF0000 + made++);
            return Picture.of(image);
        }
    }

    @Test
    void noMorePicturesThanABatchAreTakenAheadOfTheResults() throws IOException {
        Counting pictures = new Counting(1000);
        int[] done = {0};
        int[] furthest = {0};
        clip.embedPictures(pictures, (picture, feature) -> {
            furthest[0] = Math.max(furthest[0], pictures.made - done[0]);
            done[0]++;
        });
        assertEquals(1000, done[0]);
        assertTrue(furthest[0] <= PictureBatches.MOST, furthest[0] + " pictures were in memory");
    }

    @Test
    void picturesOfManyBatchesComeInOrderWithTheFeaturesTheyHaveAlone() throws IOException {
        List<Picture> pictures = new ArrayList<>();
        new Counting(2 * PictureBatches.MOST + 1).iterator().forEachRemaining(pictures::add);
        List<Picture> told = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        clip.embedPictures(pictures, (picture, feature) -> {
            told.add(picture);
            features.add(feature);
        });
        assertEquals(pictures, told);
        for (int i : new int[] {0, PictureBatches.MOST - 1, PictureBatches.MOST, 2 * PictureBatches.MOST}) {
            assertArrayEquals(clip.embed(pictures.get(i)), features.get(i), 2e-6f, "picture " + i);
        }
    }

    @Test
    void aPictureThatIsNoneEndsTheWorkAndIsNamed() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
        List<Picture> pictures = Picture.files(List.of(PNG, bad, PNG));
        for (IOException error : List.of(
                assertThrows(IOException.class, () -> clip.embedPictures(pictures)),
                assertThrows(IOException.class, () -> clip.index(pictures)),
                assertThrows(IOException.class, () -> clip.embed(bad)))) {
            assertTrue(error.getMessage().contains(bad.toString()), error.getMessage());
            assertTrue(error.getMessage().contains("not a picture"), error.getMessage());
        }
    }

    @Test
    void missingFilesFoldersAndBrokenStreamsAreToldApart() {
        assertFailure("there is no file", () -> clip.embed(folder.resolve("absent.png")));
        assertFailure("is a folder", () -> clip.embed(folder));
        assertFailure(
                "upload: the file is empty",
                () -> clip.embed(Picture.of(new ByteArrayInputStream(new byte[0]), "upload")));
        assertFailure(
                "the line is down",
                () -> Picture.of(
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("the line is down");
                            }
                        },
                        "upload"));
    }

    private static void assertFailure(String part, org.junit.jupiter.api.function.Executable call) {
        IOException error = assertThrows(IOException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    /** Notes what it is told. */
    private static final class Notes<R> implements Picture.Listener<R> {
        private final TreeMap<String, R> done = new TreeMap<>();
        private final List<String> failed = new ArrayList<>();

        @Override
        public void done(Picture picture, R result) {
            done.put(picture.name(), result);
        }

        @Override
        public void failed(Picture picture, IOException reason) {
            assertTrue(reason.getMessage().contains(picture.name()), reason.getMessage());
            failed.add(picture.name());
        }
    }

    @Test
    void aListenerMayPutUpWithPicturesThatAreNone() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 2 * PictureBatches.MOST; i++) {
            Path file = folder.resolve(String.format("%03d.png", i));
            // the first, the last, both sides of a batch's end, and some in a row
            boolean bad = List.of(0, 5, 6, 7, PictureBatches.MOST - 1, PictureBatches.MOST, 2 * PictureBatches.MOST - 1)
                    .contains(i);
            Files.write(file, bad ? new byte[] {1, 2, 3} : Files.readAllBytes(PNG));
            files.add(file);
        }
        ZeroShotClassifier classifier = clip.classifier(List.of("cat", "dog"), clip.prompts());
        Notes<List<LabelProbability>> classified = new Notes<>();
        Notes<float[]> indexed = new Notes<>();
        clip.classify(Picture.files(files), classifier, classified);
        FeatureIndex<Picture> index = clip.index(Picture.files(files), indexed);

        assertEquals(7, classified.failed.size());
        assertEquals(files.size() - 7, classified.done.size());
        assertEquals(classified.failed, indexed.failed);
        assertEquals(classified.done.keySet(), indexed.done.keySet());
        assertEquals(files.size() - 7, index.size());
        float[] expected = clip.embed(PNG);
        indexed.done.forEach((name, feature) -> assertArrayEquals(expected, feature, 2e-6f, name));
    }

    @Test
    void anIndexOfNoPictureIsAnError() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
        for (List<Path> none : List.of(List.<Path>of(), List.of(bad))) {
            var error = assertThrows(
                    IllegalArgumentException.class, () -> clip.index(Picture.files(none), new Notes<float[]>()));
            assertTrue(error.getMessage().contains("no picture"), error.getMessage());
        }
    }

    @Test
    void aLinkToAFolderAboveItDoesNotKeepPicturesFromBeingFound() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("loop/a"));
        Path picture = Files.copy(FrontDoor.picture("gif.gif"), folder.resolve("loop/red.gif"));
        Files.createSymbolicLink(inner.resolve("up"), Path.of(".."));

        List<String> names = new ArrayList<>();
        Picture.in(folder.resolve("loop")).forEach(found -> names.add(found.name()));
        assertEquals(List.of(picture.toString()), names);
    }
}
