package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.model.weights.SafetensorsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedCommandTest {
    private static final int WIDTH = 16;

    @TempDir
    Path folder;

    private Path model;
    private Path out;

    @BeforeEach
    void makeModelAndPictures() throws IOException {
        model = TinyModel.write(folder);
        out = folder.resolve("features.safetensors");
        Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 40; i++) {
            Files.write(folder.resolve("pictures/" + i + ".jpg"), TinyData.picture(new Color(6 * i, 90, 9), i));
        }
    }

    private CommandRun embed(String... more) {
        return glip(with(
                List.of("embed", "--model", model.toString(), "--out", out.toString(), "--route", "linear"), more));
    }

    private Path list(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static float[] row(float[] matrix, int row) {
        return Arrays.copyOfRange(matrix, row * WIDTH, (row + 1) * WIDTH);
    }

    @Test
    void writesNormalisedFeaturesInTheOrderOfTheLists() throws IOException {
        String[] pictures = IntStream.range(0, 40)
                .mapToObj(i -> "pictures/" + (39 - i) + ".jpg")
                .toArray(String[]::new);
        Path images = list("images.txt", pictures);
        Path texts = list("texts.txt", "a red picture", "blue", "a red picture");

        CommandRun run = embed("--images", images.toString(), "--texts", texts.toString());
        assertEquals(0, run.code(), run.err());
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            assertEquals(Map.of("image", new Shape(40, WIDTH), "text", new Shape(3, WIDTH)), file.shapes());
            float[] image = file.floats("image");
            float[] text = file.floats("text");
            assertArrayEquals(row(text, 0), row(text, 2), 1e-6f);
            assertFalse(Arrays.equals(row(text, 0), row(text, 1)));
            for (int i = 0; i < 40; i++) {
                double norm = 0;
                for (float value : row(image, i)) {
                    norm += value * value;
                }
                assertEquals(1, norm, 1e-5);
            }
            assertArrayEquals(embedAlone("pictures/3.jpg"), row(image, 36), 1e-5f);
        }
    }

    private float[] embedAlone(String picture) throws IOException {
        Path images = list("one.txt", picture);
        assertEquals(0, embed("--images", images.toString()).code());
        try (SafetensorsFile file = SafetensorsFile.open(out)) {
            assertEquals(Map.of("image", new Shape(1, WIDTH)), file.shapes());
            return file.floats("image");
        }
    }

    @Test
    void takesTheConfigurationApartFromTheWeights() throws IOException {
        Path weights = Files.move(model.resolve("model.safetensors"), folder.resolve("bare.safetensors"));
        Path config = Files.move(model.resolve("open_clip_config.json"), folder.resolve("bare.json"));
        model = weights;
        Path texts = list("texts.txt", "red");

        CommandRun without = embed("--texts", texts.toString());
        assertEquals(2, without.code());
        assertTrue(without.err().contains("config.json"), without.err());
        CommandRun with = embed("--texts", texts.toString(), "--config", config.toString());
        assertEquals(0, with.code(), with.err());
    }

    /** Expects exit code 2, a message that tells all of this, and no output file. */
    private void refuses(List<String> told, String... more) {
        CommandRun run = embed(more);

        assertEquals(2, run.code(), run.err());
        told.forEach(part -> assertTrue(run.err().contains(part), part + " is not in: " + run.err()));
        assertFalse(Files.exists(out));
    }

    @Test
    void namesAPictureThatDoesNotDecode() throws IOException {
        Files.write(folder.resolve("pictures/1.jpg"), new byte[] {1, 2, 3});
        Path images = list("images.txt", "pictures/0.jpg", "pictures/1.jpg", "pictures/2.jpg");
        refuses(List.of("images.txt line 2", "1.jpg", "not a picture"), "--images", images.toString());
    }

    @Test
    void namesAPictureThatIsMissing() throws IOException {
        Path images = list("images.txt", "pictures/0.jpg", "pictures/nowhere.jpg");
        refuses(List.of("images.txt line 2", "no file", "nowhere.jpg"), "--images", images.toString());
    }

    @Test
    void namesAnEmptyLineAmongThePictures() throws IOException {
        Path images = list("images.txt", "pictures/0.jpg", "", "pictures/1.jpg");
        refuses(List.of("images.txt line 2 is empty"), "--images", images.toString());
    }

    @Test
    void namesAListThatIsEmptyMissingOrNotUtf8() throws IOException {
        Path empty = list("empty.txt");
        refuses(List.of("empty.txt is empty"), "--texts", empty.toString());
        refuses(
                List.of("there is no list file", "gone.txt"),
                "--texts",
                folder.resolve("gone.txt").toString());
        Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', '\n', (byte) 0xE9});
        refuses(List.of("latin.txt line 2 is not UTF-8"), "--texts", latin.toString());
    }

    @Test
    void needsSomethingToEmbed() {
        refuses(List.of("nothing to embed"));
    }

    @Test
    void namesDamagedWeights() throws IOException {
        Path weights = model.resolve("model.safetensors");
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 5000));
        Path texts = list("texts.txt", "red");
        refuses(List.of("model.safetensors", "not a well-formed safetensors file"), "--texts", texts.toString());
    }

    @Test
    void listsOfAnySystemGiveTheSameFeatures() throws IOException {
        Files.copy(folder.resolve("pictures/5.jpg"), folder.resolve("café 猫.jpg"));
        Path images = list("images.txt", "pictures/0.jpg", "café 猫.jpg", "pictures/1.jpg");
        Path texts = list("texts.txt", "a red picture", "naïve", "blue");
        assertEquals(
                0,
                embed("--images", images.toString(), "--texts", texts.toString())
                        .code());
        byte[] expected = Files.readAllBytes(out);
        for (String end : List.of("\r\n", "\r", " \n", "\u00A0\r\n")) {
            for (Path list : List.of(images, texts)) {
                List<String> lines = Files.readAllLines(list);
                String content = "\uFEFF" + String.join(end, lines) + end + end + " ";
                Files.writeString(folder.resolve("other-" + list.getFileName()), content);
            }
            CommandRun run = embed(
                    "--images",
                    folder.resolve("other-images.txt").toString(),
                    "--texts",
                    folder.resolve("other-texts.txt").toString());
            assertEquals(0, run.code(), run.err());
            assertArrayEquals(expected, Files.readAllBytes(out));
        }
    }

    @Test
    void namesABlankLineAmongTheTextsAndOtherEncodings() throws IOException {
        Path gap = list("gap.txt", "red", " \r", "blue");
        refuses(List.of("gap.txt line 2 is empty"), "--texts", gap.toString());
        Path wide = Files.write(folder.resolve("wide.txt"), "\uFEFFred\n".getBytes(StandardCharsets.UTF_16LE));
        refuses(List.of("wide.txt is UTF-16, not UTF-8"), "--texts", wide.toString());
        refuses(List.of("wide.txt is UTF-16, not UTF-8"), "--images", wide.toString());
    }
}
