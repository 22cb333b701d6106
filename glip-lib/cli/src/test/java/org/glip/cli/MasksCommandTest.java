package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksCommandTest {
    private record Result(int kept, double[][] frequency) {
        double sum() {
            return Arrays.stream(frequency).flatMapToDouble(Arrays::stream).sum();
        }
    }

    private static Result masks(String... arguments) {
        CommandRun run = glip(CommandRun.with(List.of("masks"), arguments));
        assertEquals(0, run.code(), run.err());
        return new Gson().fromJson(run.out(), Result.class);
    }

    @Test
    void countsHowOftenEachPatchIsKept() {
        Result result = masks("--grid", "14", "--mask", "gaussian", "--ratio", ".75", "--seed", "1", "--count", "2000");

        assertEquals(49, result.kept());
        assertEquals(14, result.frequency().length);
        assertEquals(49, result.sum(), 1e-9);
        assertTrue(result.frequency()[6][7] > 2 * result.frequency()[0][0]);
    }

    @Test
    void keepsAllPatchesWithoutAMask() {
        Result result = masks("--grid", "3", "--mask", "none", "--count", "5");

        assertEquals(9, result.kept());
        assertEquals(9, result.sum());
    }

    @Test
    void keepsPatchesAsOftenAsAMapSays(@TempDir Path folder) throws IOException {
        Path map = Files.writeString(folder.resolve("map.json"), "{\"lead\": 3, \"map\": [[3, 1], [0, 0]]}");
        Result result = masks("--grid", "2", "--mask", "map:" + map, "--ratio", ".75", "--count", "4000");

        assertEquals(1, result.kept());
        assertEquals(.75, result.frequency()[0][0], .04);
        assertEquals(.25, result.frequency()[0][1], .04);
        assertEquals(0, result.frequency()[1][0]);
    }

    @Test
    void knowsTheOtherMasks() {
        assertEquals(
                49, masks("--grid", "14", "--mask", "block", "--count", "9").kept());
        assertEquals(49, masks("--grid", "14", "--mask", "grid", "--count", "9").kept());
        Result annealed = masks("--grid", "14", "--mask", "annealed", "--last-sigma", "0.5", "--count", "9");
        Result last = masks("--grid", "14", "--mask", "gaussian", "--sigma", "0.5", "--count", "9");
        assertTrue(Arrays.deepEquals(last.frequency(), annealed.frequency()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"map\": [[1, -1], [1, 1]]}; row 0, column 1 is -1.0",
                "{\"map\": [[1, 1], [1]]}; row 1 of 2 has 1 entries",
                "{\"map\": [[1, 0], [0, 0]]}; only 1 above 0",
                "{\"map\": [[1, \"x\"], [0, 0]]}; is no list of rows of numbers",
                "{\"map\": [[1, 1, 1], [1, 1, 1], [1, 1, 1]]}; of 3 x 3 patches, but the pictures have 2 x 2",
                "{\"maps\": []}; has no \"map\"",
                "[[1, 1], [1, 1]]; map.json"
            })
    void refusesMapsThatCannotBeUsed(String content, String told, @TempDir Path folder) throws IOException {
        Path map = Files.writeString(folder.resolve("map.json"), content);
        CommandRun run = glip("masks", "--grid", "2", "--ratio", ".5", "--count", "1", "--mask", "map:" + map);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(told), run.err());
    }

    @Test
    void givesTheSameForTheSameSeedOnly() {
        String[] command = {"masks", "--grid", "4", "--mask", "random", "--ratio", "0.5", "--count", "50", "--seed"};
        String first = glip(CommandRun.with(Arrays.asList(command), "1")).out();

        assertEquals(first, glip(CommandRun.with(Arrays.asList(command), "1")).out());
        assertNotEquals(
                first, glip(CommandRun.with(Arrays.asList(command), "2")).out());
    }

    @Test
    void tellsThatAnOptionHasNoEffect() {
        CommandRun run = glip("masks", "--grid", "4", "--mask", "random", "--sigma", "0.3", "--count", "5");

        assertEquals(0, run.code());
        assertEquals("glip: --sigma has no effect with --mask random\n", run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--ratio, 1, '[0, 1)'",
        "--ratio, -0.1, '[0, 1)'",
        "--ratio, NaN, '[0, 1)'",
        "--sigma, 0, sigma",
        "--sigma, -2, sigma",
        "--grid, 0, side",
        "--count, 0, one draw",
        "--mask, blurred, blurred",
        "--ratio, three, three"
    })
    void refusesValuesOutOfRange(String option, String value, String told) {
        CommandRun run = glip("masks", option, value);

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("glip: ") && run.err().contains(told), run.err());
    }

    @Test
    void drawsTheMaskOnAPicture(@TempDir Path folder) throws IOException {
        Path picture = Files.write(folder.resolve("red.jpg"), TinyData.picture(Color.RED, 0));
        Path png = folder.resolve("red.png");
        CommandRun run = glip(
                "masks", "--grid", "4", "--ratio", "0.5", "--picture", picture.toString(), "--out", png.toString());

        assertEquals(0, run.code(), run.err());
        BufferedImage drawn = ImageIO.read(png.toFile());
        assertEquals(64, drawn.getWidth());
        int grey = 0;
        for (int patch = 0; patch < 16; patch++) {
            Color middle = new Color(drawn.getRGB(patch % 4 * 16 + 8, patch / 4 * 16 + 8));
            boolean isPicture = middle.getRed() > 240; // red, or its white corner
            grey += isPicture ? 0 : 1;
        }
        assertEquals(8, grey);
    }

    @Test
    void namesAPictureThatCannotBeDrawnOn(@TempDir Path folder) throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.png"), "text");
        for (Path picture : List.of(bad, folder.resolve("gone.png"))) {
            CommandRun run = glip("masks", "--picture", picture.toString());

            assertEquals(2, run.code());
            assertTrue(run.err().contains(picture.toString()), run.err());
        }
        assertEquals(2, glip("masks", "--out", "x.png").code());
    }
}
