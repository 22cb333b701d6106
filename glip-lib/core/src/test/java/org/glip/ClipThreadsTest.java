package org.glip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.text.PromptTemplates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipThreadsTest {
    private static final int THREADS = 6;
    private static final List<String> LABELS = List.of("cat", "dog", "a red car");
    private static final List<String> TEXTS = IntStream.range(0, 24)
            .mapToObj(i -> "a" + " photo of a cat".repeat(i % 7) + " " + i)
            .toList();

    @TempDir
    Path folder;

    /** What a thread computes: every kind of call. */
    private record Answers(float[] texts, float[] pictures, float[] one, List<List<LabelProbability>> labels) {
        static Answers of(Clip clip) throws Exception {
            return new Answers(
                    clip.embedTexts(TEXTS).values(),
                    clip.embedPictures(FrontDoor.pictures()).values(),
                    clip.embed(FrontDoor.picture("gif.gif")),
                    clip.classify(FrontDoor.pictures(), LABELS, PromptTemplates.simpleImageNet()));
        }

        void requireSame(Answers other) {
            assertArrayEquals(texts, other.texts);
            assertArrayEquals(pictures, other.pictures);
            assertArrayEquals(one, other.one);
            assertEquals(labels, other.labels);
        }
    }

    /** Large enough that the engine divides an operator among its own threads. */
    private Clip open() throws Exception {
        Path model = folder.resolve("model");
        try (NDManager manager = Torch.newManager();
                ClipModel tiny = ClipModel.create(ClipConfig.preset("tiny"), 5, manager)) {
            ModelFolder.write(model, tiny, Map.of());
        }
        return Clip.open(model);
    }

    @Test
    void threadsThatShareAModelGetTheBitsThatOneGets() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Clip clip = open();
                Clip alone = Clip.open(folder.resolve("model"))) {
            Answers expected = Answers.of(alone);
            CountDownLatch start = new CountDownLatch(THREADS); // the first calls compile the operators: all at once
            List<Future<List<Answers>>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                runs.add(threads.submit((Callable<List<Answers>>) () -> {
                    start.countDown();
                    start.await();
                    return List.of(Answers.of(clip), Answers.of(clip));
                }));
            }
            for (Future<List<Answers>> run : runs) {
                run.get().forEach(expected::requireSame);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closingWaitsForCallsAndRefusesLaterOnes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Clip clip = open()) {
            float[] expected = clip.embedTexts(TEXTS).values();
            CountDownLatch running = new CountDownLatch(THREADS);
            List<Future<Integer>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                runs.add(threads.submit(() -> {
                    int answers = 0;
                    while (true) {
                        try {
                            assertArrayEquals(expected, clip.embedTexts(TEXTS).values());
                        } catch (IllegalStateException closed) {
                            return answers;
                        }
                        if (++answers == 1) {
                            running.countDown(); // once a thread: closing begins when each has had an answer
                        }
                    }
                }));
            }
            running.await();
            clip.close();
            for (Future<Integer> run : runs) {
                assertTrue(run.get() > 0);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
