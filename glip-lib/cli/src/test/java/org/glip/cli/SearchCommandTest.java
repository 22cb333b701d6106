package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.glip.Clip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path album;

    @BeforeEach
    void makeModelAndPictures() throws IOException {
        model = TinyModel.write(folder);
        album = Files.createDirectories(folder.resolve("album/deep")).getParent();
        for (int i = 0; i < 12; i++) {
            Path place = i % 2 == 0 ? album : album.resolve("deep");
            Files.write(place.resolve(i + ".jpg"), TinyData.picture(new Color(20 * i, 99, 255 - 20 * i), i));
        }
        Files.writeString(album.resolve("notes.txt"), "a text is no picture and no failure");
    }

    private CommandRun search(String... more) {
        return glip(with(
                List.of("search", "--model", model.toString(), "--data", album.toString(), "--route", "linear"), more));
    }

    @Test
    void findsTheNearestPicturesOfAFolderAndOfThoseInIt() throws IOException {
        CommandRun run = search("a red car", "--top", "20");

        assertEquals(0, run.code(), run.err());
        assertEquals(12, TinyModel.lines(run).size());
        Set<String> found = new TreeSet<>();
        double before = 1;
        try (Clip clip = Clip.open(model)) {
            for (String line : TinyModel.lines(run)) {
                JsonObject hit = JsonParser.parseString(line).getAsJsonObject();
                assertEquals(Set.of("picture", "similarity"), hit.keySet());
                String picture = hit.get("picture").getAsString();
                double similarity = hit.get("similarity").getAsDouble();
                assertTrue(similarity <= before, run.out());
                assertEquals(clip.similarity(Path.of(picture), "a red car"), similarity, 1e-5);
                found.add(picture);
                before = similarity;
            }
        }
        assertEquals(12, found.size());
    }

    @Test
    void tellsTenUnlessAskedForAnotherNumber() {
        List<String> ten = TinyModel.lines(search("a red car"));
        assertEquals(10, ten.size());
        assertEquals(ten.subList(0, 3), TinyModel.lines(search("a red car", "--top", "3")));
    }

    @Test
    void namesDamagedPicturesAndSearchesTheOthers() throws IOException {
        Path bad = Files.write(album.resolve("deep/bad.png"), new byte[] {1, 2, 3});
        CommandRun run = search("a red car", "--top", "99");

        assertEquals(2, run.code());
        assertEquals(12, TinyModel.lines(run).size());
        assertTrue(run.err().contains("glip: " + bad), run.err());
        assertTrue(run.err().contains("glip: 1 of 13 pictures could not be read, 12 are done"), run.err());
    }

    /** Expects exit code 2, nothing on standard output, and a message that tells this. */
    private static void refused(CommandRun run, String told) {
        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(told), run.err());
    }

    @Test
    void refusesWhatCannotBeSearched() throws IOException {
        refused(search(" "), "blank");
        refused(search("a red car", "--top", "0"), "--top must be at least 1");
        refused(search(), "TEXT");
        album = Files.createDirectory(folder.resolve("empty"));
        refused(search("a red car"), "holds no picture");
        Files.write(album.resolve("bad.png"), new byte[] {1, 2, 3});
        refused(search("a red car"), "1 of 1 pictures could not be read");
        album = folder.resolve("absent");
        refused(search("a red car"), "does not exist");
    }
}
