package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.glip.data.CsvSource.Layout;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return SampleFixtures.list(source.open(0, SampleOrder.asStored(), skipped)).stream()
                .map(ImageTextSample::caption)
                .toList();
    }

    @Test
    void readsWhatOpenClipReads() throws IOException {
        CsvSource source = source(
                "id\tfilepath\ttitle\n7\tpictures/0.png\ta cat, sitting\n8\t" + folder
                        + "/pictures/1.png\t naïve 東京 \n",
                new Layout('\t', "filepath", "title"));
        List<ImageTextSample> samples = SampleFixtures.list(source.open(0, SampleOrder.asStored(), skipped));

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

    static String[][] quotes() {
        return new String[][] {
            {"\"the boss\" at his desk", "the boss at his desk"},
            {"\"the boss\" at \"his\" desk", "the boss at \"his\" desk"},
            {"a \"big\" dog", "a \"big\" dog"},
            {"five 5\" tall", "five 5\" tall"},
            {"\"a \"\"b\"\" c\"d", "a \"b\" cd"},
            {"\"\"\"x\"\" y\"", "\"x\" y"},
            {"\"\" x", "x"},
            {"\"a\" ", "a"},
            {" \"x\" y", "\"x\" y"},
            {"'tis \"quoted\", ok", "'tis \"quoted\", ok"},
            {"x\\\"y", "x\\\"y"},
            {"#x", "#x"},
        };
    }

    /** Every value beside what pandas 3.1.1 gives for the same text, white space at the ends aside. */
    @ParameterizedTest
    @MethodSource("quotes")
    void readsQuotesInTabSeparatedFieldsAsPandas(String field, String caption) throws IOException {
        CsvSource source = source(
                "image\ttext\npictures/0.png\t" + field + "\npictures/1.png\tnext\n",
                new Layout('\t', "image", "text"));
        assertEquals(List.of(caption, "next"), captions(source));
    }

    @Test
    void aQuoteAtTheBeginningOfAFieldGoesOnToTheNext() throws IOException {
        CsvSource source = source(
                "image\ttext\npictures/0.png\t\"unclosed\npictures/1.png\t\"x\n", new Layout('\t', "image", "text"));
        assertEquals(List.of("unclosed\npictures/1.png\tx"), captions(source));
    }

    @Test
    void readsLineEndsOfAnySystem() throws IOException {
        for (String end : List.of("\n", "\r\n", "\r")) {
            CsvSource source = source(
                    String.join(end, "\uFEFF\"image\",text", "pictures/0.png,one", "", "  ", "pictures/1.png,two", ""),
                    CSV);
            assertEquals(List.of("one", "two"), captions(source));
        }
        assertEquals(List.of("x, y\r\nz"), captions(source("image,text\r\npictures/0.png,\"x, y\r\nz\"\r\n", CSV)));
    }

    @Test
    void takesFieldsWithoutAColumnForAnIndexAsPandas() throws IOException {
        assertEquals(
                List.of("one", "two"),
                captions(source("image,text\n0,pictures/0.png,one\n1,pictures/1.png,two\n", CSV)));
        String message = errorOf("image,text\npictures/0.png,a cat, sitting\npictures/1.png,good\n", CSV);
        assertTrue(message.contains("data.csv line 2 has 3 fields, but the header has 2"), message);
    }

    @Test
    void countsWordsForMissingValuesAsRowsWithoutCaption() throws IOException {
        CsvSource source = source(
                "image,text\npictures/0.png,NA\npictures/1.png,null\npictures/2.png,nan\nNULL,x\npictures/0.png,none\n",
                CSV);
        assertEquals(List.of("none"), captions(source));
        assertEquals(3, skipped.count(Reason.NO_CAPTION));
        assertEquals(1, skipped.count(Reason.NO_IMAGE));
    }

    @Test
    void ofTwoColumnsOfOneNameTheFirstHasItAndTheSecondGetsANumber() throws IOException {
        String twice = "image,text,text,\npictures/0.png,first,second,\n";
        assertEquals(List.of("first"), captions(source(twice, CSV)));
        assertEquals(List.of("second"), captions(source(twice, new Layout(',', "image", "text.1"))));
        String message = errorOf(twice, new Layout(',', "image", "title"));
        assertTrue(
                message.contains("no column \"title\", only \"image\", \"text\", \"text.1\", \"Unnamed: 3\""), message);
    }

    @Test
    void namesAColumnWithWhiteSpaceAsItStands() {
        String message = errorOf("image, text\npictures/0.png,x\n", CSV);
        assertTrue(message.contains("no column \"text\", only \"image\", \" text\""), message);
    }

    @Test
    void findsPicturesBesideTheTableFirstAndThenInTheWorkingFolder() throws IOException {
        Path here = Files.createTempDirectory(Path.of("target"), "pictures");
        Path there = here.resolve("only-here.png");
        Files.write(there, SampleFixtures.picture(1, 8, "png"));
        Path both = Files.createDirectories(folder.resolve(here)).resolve("both.png");
        Files.write(here.resolve("both.png"), SampleFixtures.picture(1, 8, "png"));
        Files.write(both, SampleFixtures.picture(2, 16, "png"));
        try {
            CsvSource source = source("image,text\n" + there + ",one\n" + here + "/both.png,two\n", CSV);
            List<ImageTextSample> samples = SampleFixtures.list(source.open(0, SampleOrder.asStored(), skipped));
            assertEquals(2, samples.size(), skipped.messages()::toString);
            assertArrayEquals(Files.readAllBytes(there), samples.get(0).image());
            assertArrayEquals(Files.readAllBytes(both), samples.get(1).image());
        } finally {
            Files.delete(here.resolve("both.png"));
            Files.delete(there);
            Files.delete(here);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\t", ";", "|"})
    void findsTheSeparatorByTheColumns(String separator) throws IOException {
        Path file = folder.resolve("data.txt");
        Files.writeString(
                file,
                "image,text\npictures/0.png,\"one; two\"\n"
                        .replace(",", separator)
                        .replace("one; two", "one" + separator + " two"));
        SampleSource source = SampleSource.csv(file, "\t,;|", "image", "text");
        assertEquals(
                List.of("one" + separator + " two"),
                SampleFixtures.list(source.open(skipped)).stream()
                        .map(ImageTextSample::caption)
                        .toList());
    }

    @Test
    void readsAPackedTable() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\uFEFFimage,text\npictures/0.png,naïve\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(List.of("naïve"), captions(new CsvSource(file, CSV)));
    }

    @Test
    void namesUtf16AndTheLineThatIsNotUtf8() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.write(file, "\uFEFFimage,text\n".getBytes(StandardCharsets.UTF_16LE));
        String wide =
                assertThrows(IOException.class, () -> new CsvSource(file, CSV)).getMessage();
        assertTrue(wide.contains("data.csv is UTF-16") && wide.contains("save it as UTF-8"), wide);
        Files.write(file, "image,text\na.png,a\nb.png,naïve\n".getBytes(StandardCharsets.ISO_8859_1));
        String latin =
                assertThrows(IOException.class, () -> new CsvSource(file, CSV)).getMessage();
        assertTrue(latin.contains("data.csv line 3 is not UTF-8"), latin);
    }

    @Test
    void refusesASeparatorThatIsNone() {
        for (char none : new char[] {'"', '\n', '\r'}) {
            assertThrows(IllegalArgumentException.class, () -> source("a", new Layout(none, "image", "text")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zstd"})
    void readsATableHoweverItIsPackedAndCalled(String format) throws Exception {
        String compressor = format.equals("bz2") ? "bzip2" : format;
        Path file = folder.resolve("data.csv");
        try (OutputStream out =
                new CompressorStreamFactory().createCompressorOutputStream(compressor, Files.newOutputStream(file))) {
            out.write("image,text\npictures/0.png,naïve\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(List.of("naïve"), captions(new CsvSource(file, CSV)));
        byte[] packed = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(packed, packed.length - 12));
        String cut =
                assertThrows(IOException.class, () -> new CsvSource(file, CSV)).getMessage();
        assertTrue(cut.contains("data.csv") && cut.contains("damaged"), cut);
    }

    @Test
    void aNameEndingInGzSaysNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv.gz"), "image,text\npictures/0.png,plain\n");
        assertEquals(List.of("plain"), captions(new CsvSource(file, CSV)));
    }

    @Test
    void namesUrlsOfPicturesAndAFolder() throws IOException {
        assertEquals(List.of(), captions(source("image,text\nhttps://x.org/a.jpg,one\n", CSV)));
        assertTrue(skipped.messages().get(0).contains("line 2")
                && skipped.messages().get(0).contains("is a URL"));
        Path named = Files.createDirectory(folder.resolve("folder.csv"));
        assertTrue(assertThrows(IOException.class, () -> new CsvSource(named, CSV))
                .getMessage()
                .contains("is a folder"));
    }
}
