package org.glip.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleMetadata;
import org.glip.image.ImageDecoder;
import org.glip.image.RgbImage;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets that CLIP_benchmark wrote, and what it reads from them (src/test/python/make_benchmark_sets.py). */
class BenchmarkShardsTest {
    @TempDir
    Path folder;

    private Path shapes;
    private Path pairs;
    private JsonObject expected;

    @BeforeEach
    void copySets() throws IOException, URISyntaxException {
        Path golden = Path.of(BenchmarkShardsTest.class.getResource("benchmark").toURI());
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(golden.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        shapes = folder.resolve("wds_shapes");
        pairs = folder.resolve("wds_pairs");
        expected = JsonParser.parseString(Files.readString(folder.resolve("expected.json")))
                .getAsJsonObject();
    }

    private static JsonArray size(ImageTextSample sample) throws IOException {
        RgbImage image = ImageDecoder.decode(sample.image(), sample.origin());
        JsonArray size = new JsonArray();
        size.add(image.width());
        size.add(image.height());
        return size;
    }

    @Test
    void readsClassesAsClipBenchmarkDoes() throws IOException {
        ClassificationSet set = assertInstanceOf(ClassificationSet.class, SetFolder.open("shapes", shapes));
        JsonArray samples = new JsonArray();
        for (ImageTextSample sample : SetFixtures.read(set.source())) {
            JsonArray row = new JsonArray();
            row.add(size(sample));
            row.add(sample.metadata().get("class"));
            samples.add(row);
            assertEquals(set.classNames().get(row.get(1).getAsInt()), sample.caption());
        }
        JsonObject shapesExpected = expected.getAsJsonObject("shapes");
        assertEquals(shapesExpected.getAsJsonArray("samples"), samples);
        assertEquals(
                shapesExpected.getAsJsonArray("classes").asList().stream()
                        .map(JsonElement::getAsString)
                        .toList(),
                set.classNames());
        assertEquals(PromptTemplates.of("a photo of a {}.", "{} from above"), set.templates());
        assertEquals(5, set.source().countSamples());
    }

    @Test
    void readsCaptionsAsClipBenchmarkDoes() throws IOException {
        RetrievalSet set = assertInstanceOf(RetrievalSet.class, SetFolder.open("pairs", pairs));
        JsonArray samples = new JsonArray();
        for (ImageTextSample sample : SetFixtures.read(set.source())) {
            JsonArray row = new JsonArray();
            row.add(size(sample));
            row.add(sample.metadata().get(SampleMetadata.CAPTIONS));
            samples.add(row);
        }
        assertEquals(expected.getAsJsonObject("pairs").getAsJsonArray("samples"), samples);
        assertEquals(3, set.source().countSamples());
    }

    private String failure(Path set) {
        return assertThrows(IOException.class, () -> SetFolder.open("shapes", set))
                .getMessage();
    }

    private void assertFails(String... parts) {
        String message = failure(shapes);
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void aClassNumberOutOfRangeIsAnErrorThatNamesTheSample() throws IOException {
        Files.write(shapes.resolve("classnames.txt"), List.of("circle", "square"));
        EvaluationSet set = SetFolder.open("shapes", shapes);
        String message = assertThrows(UncheckedIOException.class, () -> SetFixtures.read(set.source()))
                .getMessage();
        assertTrue(
                message.contains("0.tar!s0000001") && message.contains("\"2\"") && message.contains("0 to 1"), message);
    }

    @Test
    void picturesWithoutClassNumberAreAnErrorThatNamesTheSample() throws IOException {
        Files.delete(pairs.resolve("dataset_type.txt"));
        Files.write(pairs.resolve("classnames.txt"), List.of("circle", "square"));
        Files.writeString(pairs.resolve("zeroshot_classification_templates.txt"), "{c}");
        EvaluationSet set = SetFolder.open("pairs", pairs);
        String message = assertThrows(UncheckedIOException.class, () -> SetFixtures.read(set.source()))
                .getMessage();
        assertTrue(message.contains("0.tar!s0000000 has no .cls member"), message);
    }

    @Test
    void wrongFilesAreErrorsThatNameThem() throws IOException {
        Files.writeString(shapes.resolve("zeroshot_classification_templates.txt"), "a {c}\na photo\n");
        assertFails("zeroshot_classification_templates.txt, line 2", "{c}");
        Files.delete(shapes.resolve("zeroshot_classification_templates.txt"));
        assertFails("lacks zeroshot_classification_templates.txt");
        Files.writeString(shapes.resolve("classnames.txt"), "circle\n\nsquare\n");
        assertFails("classnames.txt, line 2");
        Files.writeString(shapes.resolve("classnames.txt"), "circle\n");
        assertFails("classnames.txt", "at least two classes");
        Files.writeString(shapes.resolve("classnames.txt"), "");
        assertFails("classnames.txt", "empty");
        Files.delete(shapes.resolve("classnames.txt"));
        assertFails("lacks classnames.txt");
        Files.writeString(shapes.resolve("test/nshards.txt"), "3");
        assertFails("2.tar is missing", "3");
        Files.writeString(shapes.resolve("test/nshards.txt"), "many");
        assertFails("nshards.txt", "\"many\"");
        Files.writeString(shapes.resolve("dataset_type.txt"), "multilabel\n");
        assertFails("dataset_type.txt", "multilabel");
    }

    @Test
    void knownTemplatesServeAFolderWithoutAny() throws IOException {
        Files.delete(shapes.resolve("zeroshot_classification_templates.txt"));
        ClassificationSet set = (ClassificationSet) SetFolder.open("vtab/dtd", shapes);
        assertEquals(ZeroShotSet.named("dtd").templates(), set.templates());
    }

    @Test
    void filesOfAnySystemGiveTheSameSet() throws IOException {
        ClassificationSet before = (ClassificationSet) SetFolder.open("shapes", shapes);
        for (String name : List.of("classnames.txt", "zeroshot_classification_templates.txt", "test/nshards.txt")) {
            Path file = shapes.resolve(name);
            Files.writeString(file, "\uFEFF" + String.join("\u00A0\r\n", Files.readAllLines(file)) + "\r\n\r\n");
        }
        ClassificationSet after = (ClassificationSet) SetFolder.open("shapes", shapes);
        assertEquals(before.classNames(), after.classNames());
        assertEquals(before.templates(), after.templates());
        assertEquals(5, after.source().countSamples());
    }
}
