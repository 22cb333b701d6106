package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test pictures with a label and no caption, as the field's shards of labelled pictures are. */
class LabelledShardsTest {
    private static final Color[] PAINT = {Color.BLUE, Color.GREEN, Color.RED};

    @TempDir
    Path folder;

    private Path model;
    private Path classes;
    private Path out;

    @BeforeEach
    void makeModelAndClasses() throws IOException {
        model = TinyModel.write(folder);
        out = folder.resolve("result.json");
        classes = Files.write(folder.resolve("classes.txt"), TinyData.COLOURS);
    }

    /** Nine pictures, each with the members that belong to its class. */
    private Path shard(String name, IntFunction<Map<String, String>> members) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file), "UTF-8")) {
            for (int i = 0; i < 9; i++) {
                add(tar, "s" + i + ".jpg", TinyData.picture(PAINT[i % 3], i));
                for (Map.Entry<String, String> member : members.apply(i % 3).entrySet()) {
                    add(tar, "s" + i + "." + member.getKey(), member.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return file;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private CommandRun evaluate(String task, Path data, String... more) {
        List<String> common = new ArrayList<>(List.of("evaluate", "--model", model.toString(), "--task", task));
        common.addAll(List.of("--data", data.toString(), "--out", out.toString(), "--prompt", "a {} picture"));
        common.addAll(List.of("--batch", "4", "--workers", "1", "--route", "linear"));
        return glip(with(common, more));
    }

    private JsonObject zeroShot(Path data, String... more) throws IOException {
        CommandRun run = evaluate("zero-shot", data, more);
        assertEquals(0, run.code(), run.err());
        JsonObject result = JsonParser.parseString(Files.readString(out)).getAsJsonObject();
        JsonObject settings = result.getAsJsonObject("provenance").getAsJsonObject("configuration");
        assertEquals("9", settings.get("pictures").getAsString());
        assertEquals("none skipped", settings.get("skipped").getAsString());
        return result.getAsJsonObject("metrics");
    }

    @Test
    void aLabelIsEnoughHoweverItIsWritten() throws IOException {
        JsonObject expected = zeroShot(TinyData.shard(folder.resolve("pairs.tar"), 9), "--classes", classes.toString());
        String[] forms = {
            "cls:%d",
            "cls: %d\n",
            "cls:+%d",
            "json:{\"label\": %d}",
            "json:{\"label\": \"%d\"}",
            "json:{\"label\": %d.0}"
        };
        for (String form : forms) {
            String[] parts = form.split(":", 2);
            Path shard = shard("labels.tar", c -> Map.of(parts[0], String.format(parts[1], c)));
            assertEquals(expected, zeroShot(shard, "--classes", classes.toString()), form);
        }
        Path names = shard("labels.tar", c -> Map.of("json", "{\"label\": \"" + TinyData.COLOURS.get(c) + " \"}"));
        assertEquals(expected, zeroShot(names, "--classes", classes.toString()));
        Path words = shard("labels.tar", c -> Map.of("cls", TinyData.COLOURS.get(c)));
        assertEquals(expected, zeroShot(words));
    }

    @Test
    void aBadCaptionIsNotInTheWay() throws IOException {
        JsonObject expected = zeroShot(TinyData.shard(folder.resolve("pairs.tar"), 9), "--classes", classes.toString());
        Path shard = shard("labels.tar", c -> Map.of("cls", "" + c, "txt", "  "));
        assertEquals(expected, zeroShot(shard, "--classes", classes.toString()));
    }

    @Test
    void aSetOfTheFieldAndItsShardsGiveTheSame() throws IOException {
        Path shard = shard("colours/test/0.tar", c -> Map.of("cls", "" + c));
        Path set = folder.resolve("colours");
        Files.writeString(set.resolve("test/nshards.txt"), "1\r\n");
        Files.writeString(set.resolve("classnames.txt"), "\uFEFFblue\r\ngreen\r\nred\r\n\r\n");
        Files.writeString(set.resolve("zeroshot_classification_templates.txt"), "a {c}\r\n");

        JsonObject alone =
                zeroShot(shard, "--classes", set.resolve("classnames.txt").toString());
        JsonObject folderOfShards = zeroShot(
                shard.getParent(), "--classes", set.resolve("classnames.txt").toString());
        assertEquals(alone, folderOfShards);
        assertEquals(alone, zeroShot(set, "--set", "colours"));
        shard("colours/test/0.tar", c -> Map.of("json", "{\"label\": \"" + c + "\"}"));
        assertEquals(alone, zeroShot(set, "--set", "colours"));
    }

    @Test
    void probesLearnFromLabelsToo() throws IOException {
        Path shard = shard("labels.tar", c -> Map.of("cls", "" + c));
        String[] learning = {"--train-data", shard.toString(), "--classes", classes.toString()};
        CommandRun probe = evaluate("linear-probe", shard, with(Arrays.asList(learning), "--regularization", "1"));
        assertEquals(0, probe.code(), probe.err());
        CommandRun tuned =
                evaluate("fine-tune", shard, with(Arrays.asList(learning), "--epochs", "1", "--train-batch", "3"));
        assertEquals(0, tuned.code(), tuned.err());
    }

    @Test
    void namesThePictureWithoutALabel() throws IOException {
        Path shard = shard("labels.tar", c -> c == 2 ? Map.of("txt", "red") : Map.of("cls", "" + c));
        refuses(List.of("s2", "no metadata field 'label'", ".cls"), shard, "--classes", classes.toString());
        refuses(List.of("s0", "0 in 'label'", "or the classes"), shard);
        Path beyond = shard("labels.tar", c -> Map.of("cls", "" + 2 * c));
        refuses(
                List.of("s2", "class 4", "none of the 3 classes: their numbers are 0 to 2"),
                beyond,
                "--classes",
                classes.toString());
    }

    @Test
    void namesTheLineOfAClassFileThatIsBlankAndRefusesUtf16() throws IOException {
        Path shard = shard("labels.tar", c -> Map.of("cls", "" + c));
        Files.writeString(classes, "blue\r\n\r\nred\r\n");
        refuses(List.of("classes.txt line 2 is empty"), shard, "--classes", classes.toString());
        Files.write(classes, "\uFEFFblue\nred\n".getBytes(StandardCharsets.UTF_16LE));
        refuses(List.of("classes.txt is UTF-16"), shard, "--classes", classes.toString());
    }

    private void refuses(List<String> told, Path data, String... more) {
        CommandRun run = evaluate("zero-shot", data, more);
        assertEquals(2, run.code(), run.err());
        told.forEach(part -> assertTrue(run.err().contains(part), part + " is not in: " + run.err()));
    }

    @Test
    void theFileOfClassesMayComeFromAnySystem() throws IOException {
        Path shard = shard("labels.tar", c -> Map.of("cls", "" + c));
        JsonObject expected = zeroShot(shard, "--classes", classes.toString());
        for (String content : List.of(
                "blue\r\ngreen\r\nred\r\n",
                "\uFEFFblue\ngreen\nred\n\n",
                "blue\rgreen\rred",
                " blue \n\tgreen\u00A0\nred\n\r\n")) {
            Files.writeString(classes, content);
            assertEquals(expected, zeroShot(shard, "--classes", classes.toString()), content);
        }
    }
}
