package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
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
}
