package org.glip.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.mask.Mask;
import org.glip.stats.Hits;
import org.glip.train.Provenance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileTest {
    @TempDir
    private Path folder;

    private Path file;
    private RunResult result;

    @BeforeEach
    void makeAResult() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("zeta", 0.1 + 0.2);
        metrics.put("alpha", 1e-300);
        file = folder.resolve("a/b/run.json");
        result = new RunResult(
                new RunSettings("GLIP", Mask.gaussian(0.918, 0.2), Long.MAX_VALUE, Map.of("preset", "<centred> ä")),
                metrics,
                Runs.PROVENANCE);
    }

    private void assertRejects(String part, Executable call) {
        var error = assertThrows(ResultFileException.class, call);
        assertTrue(error.getMessage().contains(part), error.getMessage());
        assertTrue(error.getMessage().contains(folder.toString()), "names the file: " + error.getMessage());
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        ResultFile.write(file, result);
        RunResult read = ResultFile.read(file);
        assertEquals(result, read);
        assertEquals(List.of("zeta", "alpha"), List.copyOf(read.metrics().keySet()), "order of the metrics");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            none     | 0.0   | 0.0
            random   | 0.5   | 0.0
            gaussian | 0.918 | 0.2
            """)
    void storesAMaskByItsKindItsRatioAndASigmaThatIsZeroWhereItHasNone(String kind, String ratio, String sigma)
            throws IOException {
        Mask mask =
                switch (kind) {
                    case "none" -> Mask.none();
                    case "random" -> Mask.random(0.5);
                    default -> Mask.gaussian(0.918, 0.2);
                };
        RunResult run = Runs.of("any", mask, 1, Map.of("top-1", 0.5));
        ResultFile.write(file, run);
        String written = Files.readString(file);
        String fields = "  \"mask\": {\n    \"kind\": \"%s\",\n    \"ratio\": %s,\n    \"sigma\": %s\n  },\n";
        assertTrue(written.contains(String.format(fields, kind, ratio, sigma)), written);
        assertEquals(run, ResultFile.read(file));
    }

    @Test
    void keepsWhichImagesWereRightForPairedTests() throws IOException {
        Map<String, Hits> hits = Map.of("tuned", Hits.parse(11, "gQQ="));
        RunResult withHits = new RunResult(result.settings(), result.metrics(), hits, result.provenance());
        ResultFile.write(file, withHits);
        RunResult read = ResultFile.read(file);
        assertEquals(withHits, read);
        assertTrue(read.hits().get("tuned").isHit(10));
    }

    @Test
    void refusesHitsThatDoNotFitTheirNumberOfImages() throws IOException {
        Map<String, Hits> hits = Map.of("tuned", Hits.parse(11, "gQQ="));
        ResultFile.write(file, new RunResult(result.settings(), result.metrics(), hits, result.provenance()));
        String written = Files.readString(file);
        for (String images : List.of("10", "17", "0", "3000000000", "\"11\"")) {
            Files.writeString(file, written.replace("\"images\": 11", "\"images\": " + images));
            assertRejects("", () -> ResultFile.read(file));
        }
        Files.writeString(file, written.replace("gQQ=", "g!"));
        assertRejects("tuned", () -> ResultFile.read(file));
    }

    @Test
    void replacesAFileAndLeavesNothingElseBehind() throws IOException {
        ResultFile.write(file, result);
        ResultFile.write(file, Runs.of("CLIP", Mask.none(), 1, Map.of("top-1", 0.5)));
        assertEquals("CLIP", ResultFile.read(file).settings().method());
        try (var entries = Files.list(file.getParent())) {
            assertEquals(List.of(file), entries.toList());
        }
    }

    @Test
    void refusesAFileOfAnotherVersion() throws IOException {
        ResultFile.write(file, result);
        Files.writeString(file, Files.readString(file).replace("\"schema\": 1", "\"schema\": 2"));
        assertRejects("it has schema 2, but this version of the library reads schema 1", () -> ResultFile.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"schema\": 1", "[1, 2]", "null", "\u0000\u0001", "{\"schema\": 1} trailing"})
    void refusesDamagedJson(String content) throws IOException {
        Path damaged = folder.resolve("damaged.json");
        Files.writeString(damaged, content);
        assertRejects("damaged", () -> ResultFile.read(damaged));
    }

    @Test
    void refusesEveryTruncationOfAFile() throws IOException {
        ResultFile.write(file, result);
        String whole = Files.readString(file).strip();
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file, whole.substring(0, length));
            assertThrows(ResultFileException.class, () -> ResultFile.read(file));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "seed": 9223372036854775807 | "seed": 1.5      | "seed" must be a whole number, but is 1.5
            "seed": 9223372036854775807 | "seed": 1e99     | "seed" must be a whole number
            "method": "GLIP"            | "method": 3      | "method" must be a text, but is 3
            "method": "GLIP"            | "methods": "x"   | "method" must be a text, but is missing
            "kind": "gaussian"          | "kind": "square" | Unknown mask "square"
            "ratio": 0.918              | "ratio": 91.8    | must be in [0, 1)
            "sigma": 0.2                | "sigma": null    | "mask.sigma" must be a finite number, but is null
            "date": "2026               | "day": "2026     | "provenance.date" must be a text, but is missing
            "zeta": 0.30000000000000004  | "zeta": "much"   | "metrics.zeta" must be a finite number
            """)
    void namesTheFieldThatIsWrong(String original, String replacement, String message) throws IOException {
        ResultFile.write(file, result);
        String content = Files.readString(file);
        assertTrue(content.contains(original), content);
        Files.writeString(file, content.replace(original, replacement));
        assertRejects(message, () -> ResultFile.read(file));
    }

    @Test
    void readsAFolderInTheOrderOfTheNames() throws IOException {
        ResultFile.write(folder.resolve("b.json"), Runs.of("B", Mask.none(), 1, Map.of("top-1", 0.5)));
        ResultFile.write(folder.resolve("a.json"), Runs.of("A", Mask.none(), 1, Map.of("top-1", 0.5)));
        Files.writeString(folder.resolve("notes.txt"), "not a result");
        assertEquals(
                List.of("A", "B"),
                ResultFile.readFolder(folder).stream()
                        .map(run -> run.settings().method())
                        .toList());
    }

    @Test
    void saysWhenThereIsNothingToRead() {
        assertRejects("no result file", () -> ResultFile.readFolder(folder));
        assertRejects("no such folder", () -> ResultFile.readFolder(folder.resolve("nowhere")));
        assertRejects("no such file", () -> ResultFile.read(folder.resolve("nothing.json")));
    }

    @Test
    void reusesARunThatIsTheSameWheneverAndWhereverItWasMade() throws IOException {
        assertEquals(Optional.empty(), readIfDone(result.settings(), "scenes centred", "0.001"));
        Provenance elsewhere =
                new Provenance("other command", "scenes centred", Runs.PROVENANCE.configuration(), Map.of(), "2020");
        ResultFile.write(file, new RunResult(result.settings(), result.metrics(), elsewhere));
        assertEquals(
                result.metrics(),
                readIfDone(result.settings(), "scenes centred", "0.001")
                        .orElseThrow()
                        .metrics());
    }

    @Test
    void refusesToReuseAnotherRun() throws IOException {
        ResultFile.write(file, result);
        RunSettings same = result.settings();
        RunSettings otherSeed = new RunSettings(same.method(), same.mask(), 7, same.labels());
        assertRejects(
                "its seed is 9223372036854775807, but this run has 7",
                () -> readIfDone(otherSeed, "scenes centred", "0.001"));
        RunSettings otherMask = new RunSettings(same.method(), Mask.random(0.5), same.seed(), same.labels());
        assertRejects("its mask is gaussian 91.8%", () -> readIfDone(otherMask, "scenes centred", "0.001"));
        assertRejects("its data is scenes centred", () -> readIfDone(same, "scenes loose", "0.001"));
        assertRejects("its configuration is", () -> readIfDone(same, "scenes centred", "0.1"));
    }

    private Optional<RunResult> readIfDone(RunSettings settings, String data, String learningRate) throws IOException {
        return ResultFile.readIfDone(file, settings, data, Map.of("learning rate", learningRate));
    }

    @Test
    void refusesMetricsThatAreNotNumbersBeforeAFileIsTouched() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> Runs.of("GLIP", Mask.none(), 1, Map.of("top-1", Double.NaN)));
        assertTrue(error.getMessage().contains("\"top-1\" is NaN"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Runs.of("GLIP", Mask.none(), 1, Map.of()));
    }

    @Test
    void detailsAreReadWhereTheyAreAndTellNoTwoRunsApart() throws IOException {
        Provenance plain = Runs.PROVENANCE;
        Provenance detailed = new Provenance(
                plain.command(),
                plain.data(),
                plain.configuration(),
                Map.of("shards", "[\"a.tar\"]"),
                plain.versions(),
                plain.date());
        ResultFile.write(file, new RunResult(result.settings(), result.metrics(), detailed));
        assertEquals(detailed, ResultFile.read(file).provenance());
        assertTrue(readIfDone(result.settings(), "scenes centred", "0.001").isPresent());
        ResultFile.write(file, new RunResult(result.settings(), result.metrics(), plain));
        assertEquals(Map.of(), ResultFile.read(file).provenance().details());
    }
}
