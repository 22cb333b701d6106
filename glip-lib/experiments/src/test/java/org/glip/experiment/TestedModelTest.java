package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.data.SampleMetadata;
import org.glip.engine.Torch;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.eval.Features;
import org.glip.eval.Retrieval;
import org.glip.experiment.TestedModel.SuiteResult;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.sets.SetFixtures;
import org.glip.sets.SetsFolder;
import org.glip.stats.AxisFeatures;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestedModelTest {
    private static final String MODEL = """
            {
              "embed_dim": 16,
              "vision_cfg": {"image_size": 16, "patch_size": 4, "width": 16, "layers": 1, "head_width": 8},
              "text_cfg": {"context_length": 12, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1}
            }
            """;

    @TempDir
    Path folder;

    private NDManager manager;
    private ClipModel model;
    private TestedModel tested;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void makeModel() throws IOException {
        manager = Torch.newManager();
        Path config = Files.writeString(folder.resolve("model.json"), MODEL);
        model = ClipModel.create(ClipConfig.read(config), 3, manager);
        tested = new TestedModel(manager, model, null, 2, 1, RunProgress.lines("GLIP", said::add));
    }

    @AfterEach
    void closeModel() {
        tested.close();
    }

    private void picture(String file, int number) throws IOException {
        SetFixtures.picture(folder.resolve(file), number);
    }

    @Test
    void evaluatesTheSetsThatAreThereAndNamesTheOthers() throws IOException {
        picture("imagenet-a/n01498041/a.jpg", 1);
        picture("imagenet-a/n01534433/b.jpg", 2);
        picture("imagenet-a/n01534433/c.jpg", 3);
        SetFixtures.flickr(folder.resolve("flickr30k"));
        SuiteResult result = tested.evaluateAll(
                new SetsFolder(folder), List.of("imagenetv2", "imagenet-a", "flickr30k", "objectnet"));

        assertEquals(List.of("imagenetv2", "objectnet"), result.absent());
        assertEquals(
                List.of("imagenet-a", "flickr30k"),
                result.results().stream().map(TestedModel.SetResult::set).toList());
        assertEquals(3, result.results().get(0).pictures());
        assertEquals(
                List.of("top-1", "top-5", "mean per-class recall"),
                List.copyOf(result.results().get(0).measures().keySet()));
        assertEquals(1, result.results().get(1).measures().get("image-to-text recall@10"), "of five captions");
        assertEquals(1, result.results().get(1).measures().get("text-to-image recall@5"), "of two pictures");
    }

    @Test
    void aWrongSetIsToldBeforeAnyIsComputed() throws IOException {
        picture("imagenet-a/n01498041/a.jpg", 1);
        String message = assertThrows(
                        IOException.class,
                        () -> tested.evaluateAll(new SetsFolder(folder), SetsFolder.imageNetRobustness()))
                .getMessage();
        assertTrue(message.contains("imagenet-a") && message.contains("two classes"), message);
    }

    @Test
    void aPictureIsFoundByAnyOfItsCaptions() {
        List<List<String>> captions =
                List.of(List.of("a dog", "two dogs"), List.of("a boat", "the sea", "a dog"), List.of("one red house"));
        Embedder embedder = new Embedder(model, ClipTokenizer.load());
        // a picture has the features of its last caption, so that its other captions must not be needed
        Features images = embedder.texts(
                captions.stream().map(own -> own.get(own.size() - 1)).toList());
        Retrieval.Result result = Evaluation.retrieval(embedder, set(images, captions));

        assertEquals(6, result.textToImageRanks().length, "every caption is a query");
        // caption "a dog" of picture 0 is level with that of picture 1: a stranger's tie counts against the model
        assertEquals(List.of(0, 1, 0), ranks(result.imageToTextRanks()));
        assertEquals(0, result.textToImageRanks()[1]);
        assertEquals(0, result.textToImageRanks()[4]);
        assertTrue(result.textToImageRanks()[0] > 0, "\"a dog\" is nearest to picture 1");
    }

    @Test
    void picturesWithAndWithoutAListAreNotMixed() {
        Embedder embedder = new Embedder(model, ClipTokenizer.load());
        EmbeddedSet lists = set(AxisFeatures.axes(16, 0, 1), List.of(List.of("a"), List.of("b")));
        EmbeddedSet mixed = new EmbeddedSet(
                lists.images(),
                lists.keys(),
                lists.captions(),
                List.of(lists.metadata().get(0), new JsonObject()));
        String message = assertThrows(IllegalArgumentException.class, () -> Evaluation.retrieval(embedder, mixed))
                .getMessage();
        assertTrue(message.contains("picture 1 (p1)") && message.contains("captions"), message);
    }

    private static EmbeddedSet set(Features images, List<List<String>> captions) {
        return new EmbeddedSet(
                images,
                IntStream.range(0, captions.size())
                        .mapToObj(picture -> "p" + picture)
                        .toList(),
                captions.stream().map(own -> own.get(0)).toList(),
                captions.stream().map(SampleMetadata::ofCaptions).toList());
    }

    private static List<Integer> ranks(int[] ranks) {
        return Arrays.stream(ranks).boxed().toList();
    }

    @Test
    void tellsHowManyPicturesAndPromptsAreDone() throws IOException {
        picture("imagenet-a/n01498041/a.jpg", 1);
        picture("imagenet-a/n01534433/b.jpg", 2);
        picture("imagenet-a/n01534433/c.jpg", 3);
        tested.evaluateAll(new SetsFolder(folder), List.of("imagenet-a"));
        assertEquals(
                List.of("GLIP, test: imagenet-a, 0", "GLIP, test: imagenet-a, 2", "GLIP, test: imagenet-a, 3"),
                said.stream()
                        .filter(line -> line.contains("imagenet-a"))
                        .distinct()
                        .toList());
        assertTrue(said.get(4).matches("GLIP, test: prompts, \\d+ of 16000"), said.get(4));
        assertEquals("GLIP, test: prompts, 16000 of 16000", said.get(said.size() - 1));
    }

    @Test
    void aSetIsAskedByTheModelsOwnPromptsWhereItRecordsSome() throws IOException {
        PromptTemplates ofSet = PromptTemplates.photo();
        assertEquals(ofSet, tested.promptsOr(ofSet));
        PromptTemplates own = PromptTemplates.of("{}");
        NDManager other = Torch.newManager();
        try (TestedModel recording = new TestedModel(
                other,
                ClipModel.create(ClipConfig.read(folder.resolve("model.json")), 3, other),
                own,
                2,
                1,
                (stage, report) -> {})) {
            assertEquals(own, recording.promptsOr(ofSet));
        }
    }
}
