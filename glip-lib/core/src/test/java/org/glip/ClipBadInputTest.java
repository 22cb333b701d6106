package org.glip;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.model.ClipConfig;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong thing has a message of its own. */
class ClipBadInputTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void unpack() throws IOException {
        model = FrontDoor.model(folder.resolve("model"));
    }

    private static void assertRefused(Class<? extends Exception> kind, Executable call, String... parts) {
        String message = assertThrows(kind, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void labelsAreAtLeastTwoAndDifferentToTheModel() throws IOException {
        Path picture = FrontDoor.picture("gif.gif");
        try (Clip clip = Clip.open(model)) {
            for (LabelCase wrong : List.of(
                    new LabelCase(List.of(), "there are no labels"),
                    new LabelCase(List.of("cat"), "only \"cat\""),
                    new LabelCase(List.of("cat", ""), "label 2 is blank"),
                    new LabelCase(List.of(" \t", "cat"), "label 1 is blank"),
                    new LabelCase(List.of("cat", "dog", "cat"), "label \"cat\" is repeated (labels 1 and 3)"),
                    new LabelCase(List.of("dog", "Red  Car", "red car"), "labels 2 and 3, \"Red  Car\""))) {
                assertRefused(
                        IllegalArgumentException.class, () -> clip.classify(picture, wrong.labels()), wrong.message());
                assertRefused(
                        IllegalArgumentException.class,
                        () -> clip.classifier(wrong.labels(), PromptTemplates.photo()),
                        wrong.message());
            }
            assertRefused(IllegalArgumentException.class, () -> clip.embedTexts(List.of()), "no text");
        }
    }

    private record LabelCase(List<String> labels, String message) {}

    @Test
    void labelsThatDifferOnlyBehindTheContextAreTheSameToTheModel() throws IOException {
        Path picture = FrontDoor.picture("gif.gif");
        String words = "one ".repeat(80);
        try (Clip clip = Clip.open(model)) {
            assertRefused(
                    IllegalArgumentException.class,
                    () -> clip.classify(picture, List.of("cat", words + "dog", words + "car")),
                    "labels 2 and 3",
                    "tokens of a sentence such as");
            PromptTemplates deaf = new PromptTemplates(List.of(words + "{}"));
            assertRefused(
                    IllegalArgumentException.class,
                    () -> clip.classifier(List.of("cat", "dog"), deaf),
                    "labels 1 and 2",
                    "shorten the labels or the template");
        }
    }

    @Test
    void namesAFolderThatIsNoModel() throws IOException {
        Path none = Files.createDirectory(folder.resolve("none"));
        assertRefused(IOException.class, () -> Clip.open(none), none.toString(), "nor a folder with one of");
        assertRefused(IOException.class, () -> Clip.open(folder.resolve("absent")), "absent", "does not exist");
        assertRefused(IOException.class, () -> ClipImageTranslator.criteria(none), none.toString());
        assertRefused(IOException.class, () -> ClipTextTranslator.criteria(none), none.toString());
        assertRefused(IllegalArgumentException.class, () -> Clip.builder().build(), "no model is set");
    }

    @Test
    void namesDamagedWeightsAndMissingConfigurations() throws IOException {
        Path weights = model.resolve("model.safetensors");
        Files.move(model.resolve("open_clip_config.json"), folder.resolve("aside.json"));
        assertRefused(IOException.class, () -> Clip.open(model), "open_clip_config.json", "configuration");
        Files.move(folder.resolve("aside.json"), model.resolve("open_clip_config.json"));
        Files.write(weights, java.util.Arrays.copyOf(Files.readAllBytes(weights), 5000));
        assertRefused(IOException.class, () -> Clip.open(model), weights.toString());
        assertRefused(
                IOException.class, () -> ClipImageTranslator.criteria(model).loadModel(), weights.toString());
    }

    @Test
    void namesWhatAConfigurationAsksForInVain() throws IOException {
        Path file = model.resolve("open_clip_config.json");
        String config = Files.readString(file);
        Files.writeString(file, config.replace("\"head_width\": 8", "\"head_width\": 8, \"timm_model_name\": \"x\""));
        for (Executable opening : List.<Executable>of(
                () -> Clip.open(model),
                () -> ClipImageTranslator.criteria(model),
                () -> ClipTextTranslator.criteria(model))) {
            assertRefused(
                    IllegalArgumentException.class,
                    opening,
                    file.toString(),
                    "vision_cfg.timm_model_name",
                    "supported");
        }
    }

    @Test
    void refusesAModelOfAnotherVocabulary() throws IOException {
        Path file = model.resolve("open_clip_config.json");
        Files.writeString(file, Files.readString(file).replace("49408", "32000"));
        assertRefused(IllegalArgumentException.class, () -> Clip.open(model), model.toString(), "32000", "49408");
        assertRefused(IllegalArgumentException.class, () -> ClipTextTranslator.criteria(model), "32000", "49408");
    }

    @Test
    void namesTheTensorsThatDoNotFitTheConfiguration() {
        ClipConfig other = ClipConfig.preset("tiny");
        assertRefused(
                IllegalArgumentException.class,
                () -> Clip.builder().setModel(model).optConfig(other).build(),
                "model.safetensors");
    }

    @Test
    void aClosedModelSaysSo() throws IOException {
        Clip clip = Clip.open(model);
        clip.close();
        assertRefused(IllegalStateException.class, () -> clip.embed("a text"), "closed");
        assertRefused(IllegalStateException.class, () -> clip.embed(FrontDoor.picture("gif.gif")), "closed");
    }
}
