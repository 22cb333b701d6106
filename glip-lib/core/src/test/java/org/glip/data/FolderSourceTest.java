package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
    private static final byte[] PICTURE = SampleFixtures.picture(1, 8, "png");

    @TempDir
    Path folder;

    private final SkipLog skipped = new SkipLog();

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private List<ImageTextSample> read(SampleSource source) throws IOException {
        return SampleFixtures.list(source.open(0, SampleOrder.asStored(), skipped));
    }

    /** The pictures of the class folders n01 and n02. */
    private SampleSource classFolders() throws IOException {
        Map<String, Integer> numbers = new TreeMap<>(Map.of("n01", 0, "n02", 1));
        return SampleSource.classFolders(folder, numbers, List.of("n01", "n02"));
    }

    @Test
    void classFoldersGiveLabels() throws IOException {
        write("n02/b.JPEG", PICTURE);
        write("n02/a.png", PICTURE);
        write("n01/deep/c.webp", PICTURE);
        write("n01/notes.txt", PICTURE);
        write("n01/.hidden.png", PICTURE);
        write("top.png", PICTURE);
        SampleSource source = classFolders();
        List<ImageTextSample> samples = read(source);

        assertEquals(
                List.of("n01/deep/c", "n02/a", "n02/b"),
                samples.stream().map(ImageTextSample::key).toList());
        assertEquals("n02", samples.get(1).caption());
        assertEquals("n02", samples.get(1).metadata().get("label").getAsString());
        assertEquals(1, samples.get(1).metadata().get("class").getAsInt());
        assertArrayEquals(PICTURE, samples.get(1).image());
        assertEquals(3, source.countSamples());
    }

    @Test
    void aClassWithoutPicturesIsAnErrorThatNamesIt() throws IOException {
        write("n01/a.png", PICTURE);
        write("n02/a.txt", PICTURE);
        String message = assertThrows(IOException.class, this::classFolders).getMessage();
        assertTrue(message.contains("n02") && message.contains("no picture"), message);
    }

    @Test
    void absentClassFoldersAreErrors() throws IOException {
        write("n01/a.png", PICTURE);
        write("n02", PICTURE);
        String message = assertThrows(IOException.class, this::classFolders).getMessage();
        assertTrue(message.contains("n02") && message.contains("not a folder"), message);
        Files.delete(folder.resolve("n02"));
        message = assertThrows(IOException.class, this::classFolders).getMessage();
        assertTrue(message.contains("n02") && message.contains("does not exist"), message);
    }

    @Test
    void captionsLieBesidePictures() throws IOException {
        write("b.jpg", PICTURE);
        write("b.txt", " the second \n".getBytes());
        write("sub/a.v1.png", PICTURE);
        write("sub/a.v1.txt", "the third".getBytes());
        write("A.png", PICTURE);
        write("A.txt", "the first".getBytes());
        SampleSource source = SampleSource.folder(folder);
        List<ImageTextSample> samples = read(source);

        assertEquals(
                List.of("the first", "the second", "the third"),
                samples.stream().map(ImageTextSample::caption).toList());
        assertEquals("sub/a.v1", samples.get(2).key());
        assertEquals(3, source.countSamples());
    }

    @Test
    void leavesOutAndCountsPicturesWithoutCaption() throws IOException {
        write("a.png", PICTURE);
        write("b.png", PICTURE);
        write("b.txt", " ".getBytes());
        write("c.png", PICTURE);
        write("c.txt", new byte[] {(byte) 0xff});
        write("d.png", PICTURE);
        write("d.txt", "good".getBytes());

        assertEquals(1, read(SampleSource.folder(folder)).size());
        assertEquals(1, skipped.count(Reason.NO_CAPTION));
        assertEquals(1, skipped.count(Reason.EMPTY_CAPTION));
        assertEquals(1, skipped.count(Reason.CAPTION_NOT_UTF8));
        assertTrue(skipped.summary().startsWith("3 skipped"), skipped.summary());
    }

    @Test
    void aFolderWithoutPicturesIsAnError() throws IOException {
        write("a.txt", "text".getBytes());
        assertThrows(IOException.class, () -> SampleSource.folder(folder));
        assertThrows(IOException.class, () -> SampleSource.folder(folder.resolve("absent")));
    }

    @Test
    void aPictureThatDisappearsIsLeftOut() throws IOException {
        write("n01/a.png", PICTURE);
        write("n01/b.png", PICTURE);
        write("n02/c.png", PICTURE);
        SampleSource source = classFolders();
        Files.delete(folder.resolve("n01/a.png"));

        assertEquals(2, read(source).size());
        assertEquals(1, skipped.count(Reason.MISSING_FILE));
    }

    @Test
    void aCaptionMayComeFromAnySystemButNotInUtf16() throws IOException {
        write("a.png", PICTURE);
        write("a.txt", "\uFEFFa naïve cat\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        write("b.png", PICTURE);
        write("b.txt", "\uFEFFa dog".getBytes(StandardCharsets.UTF_16LE));

        List<ImageTextSample> samples = read(SampleSource.folder(folder));
        assertEquals(
                List.of("a naïve cat"),
                samples.stream().map(ImageTextSample::caption).toList());
        assertEquals(1, skipped.count(Reason.CAPTION_NOT_UTF8));
        assertTrue(skipped.messages().get(0).contains("b.txt is UTF-16"), skipped.messages()::toString);
    }
}
