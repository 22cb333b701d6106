package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.stats.Hits;
import org.glip.train.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    Path folder;

    private Path file(String name, String data, Map<String, Hits> hits) throws IOException {
        Path file = folder.resolve(name);
        RunResult result = new RunResult(
                RunSettings.of("GLIP", Mask.gaussian(0.5, 0.2), 0),
                Map.of("top-1", 0.5),
                hits,
                new Provenance("", data, Map.of(), Map.of(), "2026-11-26T00:00:00Z"));
        ResultFile.write(file, result);
        return file;
    }

    /** The first so many of 16 pictures right. */
    private static Hits first(int right) {
        int bits = (1 << right) - 1;
        byte[] bytes = {(byte) bits, (byte) (bits >> 8)};
        return Hits.parse(16, Base64.getEncoder().encodeToString(bytes));
    }

    private static CommandRun compare(Path first, Path second) {
        return glip("compare", first.toString(), second.toString());
    }

    @Test
    void comparesPictureByPictureWhatBothHaveTested() throws IOException {
        Path glip = file("glip.json", "cats", Map.of("zero-shot", first(12), "masked", first(3)));
        Path flip = file("flip.json", "cats", Map.of("zero-shot", first(4)));
        CommandRun run = compare(glip, flip);
        assertEquals(0, run.code(), run.err());
        JsonObject tests = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(1, tests.size());
        JsonObject test = tests.getAsJsonObject("zero-shot");
        assertEquals(16, test.get("pictures").getAsInt());
        assertEquals(0.75, test.get("first_top1").getAsDouble());
        assertEquals(0.5, test.get("difference").getAsDouble());
        assertEquals(8, test.get("only_first_right").getAsInt());
        assertEquals(0, test.get("only_second_right").getAsInt());
        // eight tosses of a fair coin, all heads or all tails; mid-p counts half of it
        assertEquals(Math.pow(0.5, 8), test.get("p").getAsDouble(), 1e-12);
    }

    @Test
    void refusesOtherPicturesAndFilesWithoutHits() throws IOException {
        Path cats = file("cats.json", "cats", Map.of("zero-shot", first(12)));
        CommandRun dogs = compare(cats, file("dogs.json", "dogs", Map.of("zero-shot", first(4))));
        assertEquals(2, dogs.code());
        assertTrue(dogs.err().contains("dogs.json") && dogs.err().contains("other pictures"), dogs.err());
        CommandRun silent = compare(cats, file("silent.json", "cats", Map.of()));
        assertEquals(2, silent.code());
        assertTrue(silent.err().contains("silent.json") && silent.err().contains("zero-shot"), silent.err());
        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{");
        assertEquals(2, compare(cats, damaged).code());
    }
}
