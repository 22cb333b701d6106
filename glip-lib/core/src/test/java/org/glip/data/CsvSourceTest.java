package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.CsvSource.Layout;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {
    private static final Layout CSV = new Layout(',', "image", "text");

    @TempDir
    Path folder;

    private final SkipLog skipped = new SkipLog();

    @BeforeEach
    void writePictures() throws IOException {
        Files.createDirectories(folder.resolve("pictures"));
        for (int i = 0; i < 3; i++) {
            Files.write(folder.resolve("pictures/" + i + ".png"), SampleFixtures.picture(i, 8, "png"));
        }
    }

    private CsvSource source(String content, Layout layout) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, content);
        return new CsvSource(file, layout);
    }

    private List<String> captions(CsvSource source) {
        return SampleFixtures.list(source.open(0, SampleSource.Order.asStored(), skipped)).stream()
                .map(ImageTextSample::caption)
                .toList();
    }

    @Test
    void readsWhatOpenClipReads() throws IOException {
        CsvSource source = source(
                "id\tfilepath\ttitle\n7\tpictures/0.png\ta cat, sitting\n8\t" + folder
                        + "/pictures/1.png\t naïve 東京 \n",
                new Layout('\t', "filepath", "title"));
        List<ImageTextSample> samples = SampleFixtures.list(source.open(0, SampleSource.Order.asStored(), skipped));

        assertEquals("a cat, sitting", samples.get(0).caption());
        assertEquals("naïve 東京", samples.get(1).caption());
        assertEquals("pictures/0.png", samples.get(0).key());
        assertTrue(
                samples.get(1).origin().endsWith("data.csv line 3"),
                samples.get(1).origin());
        assertEquals(2, source.countSamples());
        assertEquals(0, skipped.count());
    }

    @Test
    void readsAFileWithANamelessIndexColumn() throws IOException {
        CsvSource source = source(",image,text\n0,pictures/0.png,one\n1,pictures/1.png,two\n", CSV);
        assertEquals(List.of("one", "two"), captions(source));
    }

    @Test
    void readsQuotedFields() throws IOException {
        CsvSource source = source(
                "\uFEFFimage,text\r\npictures/0.png,\"one, \"\"two\"\"\nthree\"\r\n\r\npictures/1.png,plain\r\n", CSV);
        assertEquals(List.of("one, \"two\"\nthree", "plain"), captions(source));
    }

    @Test
    void leavesOutAndCountsRowsThatAreNoSamples() throws IOException {
        CsvSource source = source(
                "image,text\npictures/0.png,good\nabsent.png,text\npictures/1.png\npictures/2.png,\"  \"\n,text\npictures,text\n",
                CSV);
        assertEquals(List.of("good"), captions(source));
        assertEquals(2, skipped.count(Reason.MISSING_FILE));
        assertEquals(1, skipped.count(Reason.NO_CAPTION));
        assertEquals(1, skipped.count(Reason.EMPTY_CAPTION));
        assertEquals(1, skipped.count(Reason.NO_IMAGE));
        assertTrue(skipped.messages().get(0).contains("data.csv line 3"), skipped.messages()::toString);
    }

    @Test
    void namesTheColumnThatIsMissing() {
        String message = errorOf("picture;text\na;b\n", CSV);
        assertTrue(message.contains("data.csv has no column \"image\"") && message.contains("separator"), message);
    }

    @Test
    void namesTheLineWithTooManyFields() {
        String message = errorOf("image,text\npictures/0.png,good\npictures/1.png,a cat, sitting\n", CSV);
        assertTrue(message.contains("data.csv line 3 has 3 fields, but the header has 2"), message);
    }

    @Test
    void namesTheFileWithABrokenQuote() {
        String message = errorOf("image,text\npictures/0.png,\"no end\n", CSV);
        assertTrue(message.contains("data.csv cannot be read") && message.contains("2"), message);
    }

    @Test
    void namesAFileThatIsNotUtf8() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, "image,text\npictures/0.png,naïve\n".getBytes(StandardCharsets.ISO_8859_1));
        String message =
                assertThrows(IOException.class, () -> new CsvSource(file, CSV)).getMessage();
        assertTrue(message.contains("latin.csv") && message.contains("not UTF-8"), message);
    }

    @Test
    void namesAPathThatIsNone() {
        String message = errorOf("image,text\na\0b.png,text\n", CSV);
        assertTrue(message.contains("data.csv line 2"), message);
    }

    @Test
    void anEmptyFileAndAMissingOneAreErrors() {
        assertTrue(errorOf("", CSV).contains("no column"));
        String message = assertThrows(IOException.class, () -> new CsvSource(folder.resolve("absent.csv"), CSV))
                .getMessage();
        assertTrue(message.contains("absent.csv does not exist"), message);
    }

    private String errorOf(String content, Layout layout) {
        return assertThrows(IOException.class, () -> source(content, layout)).getMessage();
    }
}
