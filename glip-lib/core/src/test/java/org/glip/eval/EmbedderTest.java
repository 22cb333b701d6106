package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.glip.data.Batch;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.text.ClipTokenizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbedderTest {
    private static final float ROUNDING = 2e-6f;

    private final ClipConfig config = ClipConfig.preset("tiny");
    private final ClipTokenizer tokenizer = ClipTokenizer.load();
    private final NDManager manager = Torch.newManager();
    private final ClipModel model = ClipModel.create(config, 1, manager);
    private final Embedder embedder = new Embedder(model, tokenizer);

    @AfterEach
    void free() {
        model.close();
        manager.close();
    }

    @Test
    void aTextHasTheFeaturesThatItHasAloneWhateverStandsBesideIt() {
        // Lengths go up and down, so that grouping by length moves nearly every text.
        List<String> texts = IntStream.range(0, 60)
                .mapToObj(i -> "a" + " photo of a cat".repeat(i * 7 % 19) + " " + i)
                .toList();
        Features together = embedder.texts(texts);
        assertEquals(texts.size(), together.count());
        for (int i = 0; i < texts.size(); i++) {
            Features alone = embedder.texts(List.of(texts.get(i)));
            assertArrayEquals(alone.values(), row(together, i), ROUNDING, texts.get(i));
        }
    }

    @Test
    void tellsHowFarItIsAndEndsAtAnInterrupt() {
        List<String> texts = IntStream.range(0, 1100).mapToObj(i -> "word " + i).toList();
        List<Long> told = new ArrayList<>();
        assertThrows(
                CancellationException.class,
                () -> embedder.texts(texts, done -> {
                    told.add(done);
                    if (told.size() == 2) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(List.of(512L, 1024L), told);
        told.clear();
        embedder.texts(texts, told::add);
        assertEquals(List.of(512L, 1024L, 1100L), told);
    }

    @Test
    void moreTextsThanAreComputedAtOnceComeBackInOrder() {
        List<String> some = IntStream.range(0, 40).mapToObj(i -> "word " + i).toList();
        List<String> many =
                Collections.nCopies(26, some).stream().flatMap(List::stream).toList();
        Features expected = embedder.texts(some);
        Features found = embedder.texts(many);
        for (int i = 0; i < many.size(); i++) {
            assertArrayEquals(row(expected, i % some.size()), row(found, i), ROUNDING, many.get(i));
        }
    }

    @Test
    void aTextThatNamesTheEndTokenEndsThere() {
        Features found = embedder.texts(List.of("a red car <end_of_text> on a wide street", "a red car"));
        assertArrayEquals(row(found, 1), row(found, 0), ROUNDING);
    }

    @Test
    void aPictureHasTheFeaturesThatItHasAloneHoweverLargeItsBatch() {
        // More pictures than are computed at once, which for this model is 157 unmasked and 602 masked, with a
        // remainder.
        Batch batch = pictures(650);
        for (Mask mask : List.of(Mask.none(), Mask.gaussian(0.75, 0.2))) {
            EmbeddedSet together = embedder.images(List.of(batch).iterator(), mask, 3);
            assertEquals(batch.size(), together.images().count());
            assertEquals(batch.captions(), together.captions());
            for (int i : new int[] {0, 156, 157, 601, 602, 649}) {
                Features alone = embedder.images(List.of(single(batch, i)).iterator(), mask, 3)
                        .images();
                assertArrayEquals(alone.values(), row(together.images(), i), ROUNDING, mask + ", picture " + i);
            }
        }
    }

    @Test
    void saysThatThereIsNoPicture() {
        var error = assertThrows(IllegalArgumentException.class, () -> embedder.images(Collections.emptyIterator()));
        assertTrue(error.getMessage().contains("no picture"), error.getMessage());
    }

    private Batch pictures(int count) {
        return SyntheticPairs.builder()
                .setTokenizer(tokenizer)
                .setBatchSize(count)
                .setImageSize(config.vision().imageSize())
                .setContextLength(config.text().contextLength())
                .optSeed(1)
                .build()
                .next();
    }

    /** A batch of one picture of another, with the place in the run that it had there. */
    private static Batch single(Batch all, int i) {
        return new Batch(
                all.firstSampleIndex() + i,
                1,
                all.imageSize(),
                all.pixels().subList(i, i + 1),
                all.tokens().subList(i, i + 1),
                all.keys().subList(i, i + 1),
                all.captions().subList(i, i + 1),
                all.metadata().subList(i, i + 1),
                all.epoch(),
                all.end());
    }

    private static float[] row(Features features, int i) {
        return Arrays.copyOfRange(features.values(), i * features.dimension(), (i + 1) * features.dimension());
    }
}
