package org.glip.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.train.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparableRunsTest {
    @TempDir
    private Path folder;

    private void write(String name, String method, Mask mask, long seed, Map<String, String> configuration)
            throws IOException {
        Provenance provenance = new Provenance("test", "scenes", configuration, Map.of(), "2026-01-02T03:04:05Z");
        ResultFile.write(
                folder.resolve(name),
                new RunResult(
                        new RunSettings(method, mask, seed, Map.of("preset", "centred")),
                        Map.of("image tokens", 1 + 64 * (1 - mask.ratio())),
                        provenance));
    }

    private void assertRejects(String... parts) {
        var error = assertThrows(ResultFileException.class, () -> ComparableRuns.read(folder));
        for (String part : parts) {
            assertTrue(error.getMessage().contains(part), error.getMessage());
        }
    }

    @Test
    void readsInTheOrderOfTables() throws IOException {
        write("a.json", "GLIP", Mask.gaussian(0.5, 0.2), 1, Map.of("seed", "1", "mask", "a"));
        write("b.json", "GLIP", Mask.gaussian(0.5, 0.2), 0, Map.of("seed", "0", "mask", "a"));
        write("c.json", "FLIP", Mask.random(0.5), 0, Map.of("seed", "0", "mask", "b"));
        write("d.json", "FLIP", Mask.random(0.75), 0, Map.of("seed", "0", "mask", "c"));
        write("e.json", "CLIP", Mask.none(), 0, Map.of("seed", "0", "mask", "d"));
        Files.createDirectories(folder.resolve("linear-probe"));
        assertEquals(
                List.of("CLIP – 0", "FLIP 50% 0", "GLIP 50% 0", "GLIP 50% 1", "FLIP 75% 0"),
                ComparableRuns.read(folder).stream()
                        .map(RunResult::settings)
                        .map(run -> run.method() + " " + run.text("masking") + " " + run.seed())
                        .toList());
    }

    @Test
    void thereMayBeNothingYet() throws IOException {
        assertEquals(List.of(), ComparableRuns.read(folder));
        assertEquals(List.of(), ComparableRuns.read(folder.resolve("not there")));
    }

    @Test
    void refusesRunsOfDifferentPlansAndNamesTheField() throws IOException {
        write("a.json", "FLIP", Mask.random(0.5), 0, Map.of("samples", "48000"));
        write("b.json", "FLIP", Mask.random(0.5), 1, Map.of("samples", "120000"));
        assertRejects("b.json", "a.json", "\"provenance.configuration.samples\" is 120000", "48000");
        write("b.json", "FLIP", Mask.random(0.5), 1, Map.of());
        assertRejects("b.json", "\"provenance.configuration.samples\" is missing");
    }

    private void write(String name, String version, String preset) throws IOException {
        String data = "{\"version\":\"" + version + "\",\"preset\":\"" + preset + "\"}";
        RunSettings settings = new RunSettings("CLIP", Mask.none(), 0, Map.of("preset", preset));
        Provenance provenance = new Provenance("test", data, Map.of(), Map.of(), "2026-01-02T03:04:05Z");
        ResultFile.write(folder.resolve(name), new RunResult(settings, Map.of("image tokens", 65.0), provenance));
    }

    @Test
    void refusesPicturesOfTwoVersionsOfScenesUnderWhateverPreset() throws IOException {
        write("a.json", "v1", "loose");
        write("b.json", "v1", "centred");
        assertEquals(2, ComparableRuns.read(folder).size());
        write("b.json", "v2", "centred");
        assertRejects("b.json", "a.json", "version v2", "there it is v1", "different folders");
    }

    @Test
    void refusesTheSameRunUnderTwoNames() throws IOException {
        write("seed0.json", "FLIP", Mask.random(0.5), 1, Map.of());
        write("seed1.json", "FLIP", Mask.random(0.5), 1, Map.of());
        assertRejects("seed1.json", "seed0.json", "\"seed\"", "FLIP, masking 50%, seed 1");
    }

    @Test
    void refusesDamagedFilesAndOtherVersions() throws IOException {
        write("a.json", "FLIP", Mask.random(0.5), 0, Map.of());
        String whole = Files.readString(folder.resolve("a.json"));
        Files.writeString(folder.resolve("b.json"), whole.substring(0, whole.length() / 2));
        assertRejects("b.json", "damaged");
        Files.writeString(folder.resolve("b.json"), whole.replace("\"schema\": 1", "\"schema\": 7"));
        assertRejects("b.json", "schema 7");
    }
}
