package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.glip.Clip;
import org.glip.LabelProbability;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path red;
    private Path blue;

    @BeforeEach
    void makeModelAndPictures() throws IOException {
        model = TinyModel.write(folder);
        red = Files.write(folder.resolve("red.jpg"), TinyData.picture(Color.RED, 1));
        blue = Files.write(folder.resolve("blue.jpg"), TinyData.picture(Color.BLUE, 2));
    }

    private CommandRun classify(String... more) {
        return glip(with(List.of("classify", "--model", model.toString(), "--route", "linear"), more));
    }

    /** Expects exit code 2, nothing on standard output, and a message that tells all of this. */
    private static void refused(CommandRun run, String... told) {
        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertFalse(run.err().contains("\tat "), run.err());
        for (String part : told) {
            assertTrue(run.err().contains(part), part + " is not in: " + run.err());
        }
    }

    @Test
    void withoutAModelTheOneThatComesWithTheLibraryAnswers() throws IOException {
        CommandRun run = glip("classify", "--labels", "cat,tomato,ship", red.toString());

        assertEquals(0, run.code(), run.err());
        JsonObject best = JsonParser.parseString(run.out())
                .getAsJsonObject()
                .getAsJsonArray("labels")
                .get(0)
                .getAsJsonObject();
        assertEquals("tomato", best.get("label").getAsString(), "what is red: " + run.out());
    }

    @Test
    void aConfigurationWithoutAModelIsRefused() {
        refused(glip("classify", "--config", "tiny", "--labels", "cat,dog", red.toString()), "--model");
    }

    @Test
    void writesALineAPictureWithAllLabelsTheBestFirst() throws IOException {
        CommandRun run = classify("--labels", "cat,dog,a red car", red.toString(), blue.toString());

        assertEquals(0, run.code(), run.err());
        assertEquals(2, TinyModel.lines(run).size());
        try (Clip clip = Clip.open(model)) {
            requireAnswer(
                    clip.classify(red, List.of("cat", "dog", "a red car")),
                    red,
                    TinyModel.lines(run).get(0));
            requireAnswer(
                    clip.classify(blue, List.of("cat", "dog", "a red car")),
                    blue,
                    TinyModel.lines(run).get(1));
        }
    }

    private Set<String> labels(CommandRun run) {
        assertEquals(0, run.code(), run.err());
        Set<String> labels = new TreeSet<>();
        for (JsonElement label : JsonParser.parseString(TinyModel.lines(run).get(0))
                .getAsJsonObject()
                .getAsJsonArray("labels")) {
            labels.add(label.getAsJsonObject().get("label").getAsString());
        }
        return labels;
    }

    @Test
    void labelsComeBackAsTheyWereMeant() throws IOException {
        assertEquals(
                Set.of("cat", "red, big car", "dog"),
                labels(classify("--labels", "cat, \"red, big car\" ,dog", red.toString())));
        Path windows = Files.writeString(folder.resolve("windows.txt"), "\uFEFFcat\r\ngrüne Wiese\r\n");
        assertEquals(
                Set.of("cat", "grüne Wiese"), labels(classify("--labels-file", windows.toString(), red.toString())));
        refused(classify("--labels", "cat,dog,", red.toString()), "label 3 is blank");
        refused(classify("--labels", "cat,\"dog", red.toString()), "--labels cannot be split");
    }

    private static void requireAnswer(List<LabelProbability> expected, Path picture, String line) {
        JsonObject json = JsonParser.parseString(line).getAsJsonObject();
        assertEquals(Set.of("picture", "labels"), json.keySet());
        assertEquals(picture.toString(), json.get("picture").getAsString());
        JsonArray labels = json.getAsJsonArray("labels");
        assertEquals(expected.size(), labels.size());
        for (int i = 0; i < labels.size(); i++) {
            JsonObject label = labels.get(i).getAsJsonObject();
            assertEquals(Set.of("label", "probability"), label.keySet());
            assertEquals(expected.get(i).label(), label.get("label").getAsString());
            assertEquals(expected.get(i).probability(), label.get("probability").getAsDouble(), 1e-6);
        }
    }

    @Test
    void labelsAndTemplatesMayComeFromFiles() throws IOException {
        Path labels = Files.writeString(folder.resolve("labels.txt"), "cat\ndog, or wolf\n");
        Path templates = Files.writeString(folder.resolve("templates.txt"), "{}\nthe {}, drawn\n");
        CommandRun usual = classify("--labels-file", labels.toString(), red.toString());
        CommandRun drawn =
                classify("--labels-file", labels.toString(), "--templates", templates.toString(), red.toString());

        assertEquals(0, usual.code(), usual.err());
        assertEquals(0, drawn.code(), drawn.err());
        assertTrue(usual.out().contains("\"dog, or wolf\""), usual.out());
        assertNotEquals(usual.out(), drawn.out());
    }

    @Test
    void namesTheDamagedOfAThousandPicturesAndDoesTheRest() throws IOException {
        List<String> pictures = new ArrayList<>();
        Set<String> damaged = new TreeSet<>();
        byte[] good = Files.readAllBytes(red);
        for (int i = 0; i < 1000; i++) {
            Path picture = folder.resolve("picture" + i + ".jpg");
            boolean bad = i % 100 == 37;
            // empty, cut, not a picture, or not there
            switch (bad ? i / 100 % 4 : 4) {
                case 0 -> Files.write(picture, new byte[0]);
                case 1 -> Files.write(picture, java.util.Arrays.copyOf(good, good.length / 2));
                case 2 -> Files.writeString(picture, "this is no picture");
                case 3 -> assertFalse(Files.exists(picture));
                default -> Files.write(picture, good);
            }
            pictures.add(picture.toString());
            if (bad) {
                damaged.add(picture.toString());
            }
        }
        CommandRun run = classify(with(List.of("--labels", "cat,dog"), pictures.toArray(String[]::new)));

        assertEquals(2, run.code());
        assertEquals(10, damaged.size());
        for (String name : damaged) {
            assertEquals(
                    1,
                    run.err()
                            .lines()
                            .filter(line -> line.startsWith("glip: ") && line.contains(name + ""))
                            .filter(line -> !line.contains(name + "0"))
                            .count(),
                    name + " is not named once in " + run.err());
        }
        assertTrue(run.err().contains("glip: 10 of 1000 pictures could not be read, 990 are done"), run.err());
        pictures.removeAll(damaged);
        assertEquals(
                pictures,
                TinyModel.lines(run).stream()
                        .map(JsonParser::parseString)
                        .map(JsonElement::getAsJsonObject)
                        .map(line -> line.get("picture").getAsString())
                        .toList());
    }

    @Test
    void refusesLabelsThatMakeNoClassification() throws IOException {
        String picture = red.toString();
        refused(classify("--labels", "", picture), "label 1 is blank");
        refused(classify("--labels", "cat", picture), "at least two classes", "cat");
        refused(classify("--labels", "cat, ,dog", picture), "label 2 is blank");
        refused(classify("--labels", "cat,dog,cat", picture), "\"cat\" is repeated");
        refused(classify("--labels", "cat,Cat", picture), "same to the model");
        refused(classify(picture), "--labels");
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        refused(classify("--labels-file", empty.toString(), picture), "empty.txt is empty");
        refused(classify("--labels", "cat,dog", "--labels-file", empty.toString(), picture), "exclusive");
    }

    @Test
    void refusesTemplatesWithoutAPlaceForTheLabelAndNoPicture() throws IOException {
        Path templates = Files.writeString(folder.resolve("templates.txt"), "a photo\n");
        refused(classify("--labels", "cat,dog", "--templates", templates.toString(), red.toString()), "a photo", "{}");
        refused(classify("--labels", "cat,dog"), "PICTURE");
    }

    @Test
    void namesAFolderThatIsNoModelAndAFieldThatIsNotHonoured() throws IOException {
        Path none = Files.createDirectory(folder.resolve("none"));
        Path config = model.resolve("open_clip_config.json");
        Files.writeString(
                config,
                Files.readString(config).replace("\"image_size\"", "\"timm_model_name\": \"x\", \"image_size\""));
        refused(classify("--labels", "cat,dog", red.toString()), config.toString(), "timm_model_name", "not supported");
        model = none;
        refused(classify("--labels", "cat,dog", red.toString()), none.toString(), "neither a file of weights");
        model = folder.resolve("absent");
        refused(classify("--labels", "cat,dog", red.toString()), "absent", "does not exist");
    }

    @Test
    void asksByThePromptsThatTheModelRecords() throws IOException {
        CommandRun photo = classify("--labels", "cat,dog", red.toString());
        CommandRun plain = classify("--labels", "cat,dog", "--prompt", "{}", red.toString());
        assertNotEquals(photo.out(), plain.out());
        Files.writeString(model.resolve("prompt_templates.json"), "{\"templates\": [\"{}\"]}");
        assertEquals(
                plain.out(), classify("--labels", "cat,dog", red.toString()).out());
    }
}
