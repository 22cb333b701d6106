package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.glip.engine.Torch;
import org.glip.eval.Embedder;
import org.glip.eval.Features;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
    private static final ClipConfig CONFIG = new ClipConfig(
            8,
            false,
            new ClipConfig.Vision(16, 4, 8, 1, 4, 2, ClipConfig.Vision.Pooling.CLASS_TOKEN, true),
            new ClipConfig.Text(8, 49408, 8, 2, 1, 2));

    @TempDir
    Path folder;

    @Test
    void textsOfWordsThatStayAreEmbeddedAsBeforeAndOthersAreAllOne() {
        ClipTokenizer tokenizer = ClipTokenizer.load();
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(CONFIG, 1, manager)) {
            Embedder embedder = new Embedder(model, tokenizer);
            float[] before = embedder.texts(List.of("cat")).values();
            BitSet tokens = new BitSet();
            for (int id : tokenizer.tokenize("cat dog", 8).ids()) {
                tokens.set(id);
            }

            // the padding of the ids is a token too: "!", number 0
            assertEquals(5, Vocabulary.keepOnly(model, tokens));

            assertArrayEquals(before, embedder.texts(List.of("cat")).values());
            assertArrayEquals(
                    embedder.texts(List.of("bird")).values(),
                    embedder.texts(List.of("horse")).values());
        }
    }

    @Test
    void aModelInHalfPrecisionTakesHalfTheBytesAndAnswersAlike() throws IOException {
        Path whole = folder.resolve("whole");
        Path half = folder.resolve("half");
        PromptTemplates prompts = PromptTemplates.of("{}");
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(CONFIG, 1, manager)) {
            ModelFolder.write(whole, model, prompts, Map.of("seed", "1"));
            ModelFolder.writeHalf(half, model, prompts, Map.of("seed", "1"));
            try (ClipModel loaded = ModelFolder.load(half, manager)) {
                assertEquals(CONFIG, loaded.config());
                float[] exact = texts(model).values();
                float[] rounded = texts(loaded).values();
                assertArrayEquals(exact, rounded, 2e-3f);
                assertFalse(java.util.Arrays.equals(exact, rounded));
            }
        }
        assertEquals(prompts, ModelFolder.prompts(half).orElseThrow());
        assertEquals("1", ModelFolder.metadata(half).get("seed"));
        double share =
                (double) Files.size(half.resolve(ModelFolder.WEIGHTS)) / Files.size(whole.resolve(ModelFolder.WEIGHTS));
        assertTrue(share > 0.49 && share < 0.51, "share " + share);
    }

    private static Features texts(ClipModel model) {
        return new Embedder(model, ClipTokenizer.load()).texts(List.of("a red car", "bird"));
    }
}
