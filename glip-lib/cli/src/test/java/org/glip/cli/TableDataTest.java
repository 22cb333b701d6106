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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table in the place of shards. */
class TableDataTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makeModelAndPictures() throws IOException {
        model = TinyModel.write(folder);
        for (int i = 0; i < 3; i++) {
            Files.write(folder.resolve("café 猫 " + i + ".jpg"), TinyData.picture(new Color(60 * i, 99, 9), i));
        }
    }

    private CommandRun retrieval(Path table, String... more) {
        List<String> common = new ArrayList<>(List.of("evaluate", "--model", model.toString(), "--task", "retrieval"));
        common.addAll(List.of("--out", folder.resolve("result.json").toString(), "--workers", "1"));
        common.addAll(List.of("--route", "linear", "--data", table.toString()));
        return glip(with(common, more));
    }

    /** Three rows with quotes in them. */
    private Path table(String name, String separator) throws IOException {
        return Files.writeString(folder.resolve(name), """
                filepath|title
                café 猫 0.jpg|"the boss" at his desk
                café 猫 1.jpg|a 5" screen
                café 猫 2.jpg|"one| two"
                """.replace("|", separator));
    }

    private JsonObject metrics(CommandRun run) throws IOException {
        assertEquals(0, run.code(), run.err());
        String result = Files.readString(folder.resolve("result.json"));
        assertTrue(result.contains("3 rows of"), result);
        assertTrue(result.contains("none skipped"), result);
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @Test
    void tablesAreReadWhateverTheirNamesAndSeparators() throws IOException {
        JsonObject expected = metrics(retrieval(table("pairs.tsv", "\t")));
        for (String name : List.of("tabs.csv", "tabs.txt", "TABS.TXT", "tabs.tab")) {
            assertEquals(expected, metrics(retrieval(table(name, "\t"))), name);
        }
        for (String separator : List.of(",", ";", "|")) {
            for (String name : List.of("other.csv", "other.txt", "other.tsv")) {
                Path table = table(name, separator);
                assertEquals(6, metrics(retrieval(table)).size());
                assertEquals(
                        6,
                        metrics(retrieval(table, "--csv-separator", separator)).size());
            }
        }
    }

    @Test
    void aTabMayBeWrittenAsInPython() throws IOException {
        Path table = table("pairs.csv", "\t");
        JsonObject expected = metrics(retrieval(table));
        assertEquals(expected, metrics(retrieval(table, "--csv-separator", "\\t")));
        assertEquals(expected, metrics(retrieval(table, "--csv-separator", "\t")));
        assertEquals(expected, metrics(retrieval(table("pairs", "\t"), "--csv-separator", "\\t")), "no ending");
    }

    @Test
    void whatIsNoSeparatorIsRefused() throws IOException {
        Path table = table("pairs.csv", ",");
        for (String none : List.of("ab", "", "\"", "\\s+", "\n")) {
            CommandRun run = retrieval(table, "--csv-separator", none);
            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().contains("--csv-separator") && run.err().contains("for a tab"), run.err());
        }
    }

    @Test
    void missingColumnsAreNamedAndAListOfShardsIsToldApart() throws IOException {
        Path table = table("pairs.csv", ",");
        CommandRun run = retrieval(table, "--csv-caption-key", "caption");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("no column \"caption\", only \"filepath\", \"title\""), run.err());
        Path list = Files.writeString(folder.resolve("shards.txt"), "a.tar\nb.tar\n");
        CommandRun shards = retrieval(list);
        assertEquals(2, shards.code(), shards.err());
        assertTrue(shards.err().contains("a list of shards is written @" + list), shards.err());
        TinyData.shard(folder.resolve("a.tar"), 3);
        TinyData.shard(folder.resolve("b.tar"), 3);
        CommandRun read = retrieval(Path.of("@" + list));
        assertEquals(0, read.code(), read.err());
    }

    @Test
    void theHelpSaysWherePicturesAreLookedFor() {
        String help = glip("pretrain", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("in the folder of the table, then in the working folder"), help);
    }

    @Test
    void oneTableIsReadAlone() throws IOException {
        Path first = table("a.csv", ",");
        CommandRun run = retrieval(first, "--data", table("b.csv", ",").toString());
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("a.csv is a table, and one table is read alone"), run.err());
    }

    @Test
    void numbersAreAskedForInWords() throws IOException {
        CommandRun run = retrieval(table("a.csv", ","), "--batch", "ten");
        assertTrue(run.err().contains("'ten' is not a whole number"), run.err());
    }
}
