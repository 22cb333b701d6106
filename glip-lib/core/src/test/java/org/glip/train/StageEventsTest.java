package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;
import org.glip.data.BatchShare;
import org.glip.data.SampleSource;
import org.glip.tensorboard.EventReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageEventsTest {
    @TempDir
    Path folder;

    private Path run;
    private Path events;

    @BeforeEach
    void name() {
        run = folder.resolve("run");
        events = folder.resolve("events");
    }

    private Pretraining.Builder stage(long steps) {
        return TinyStage.stage(run, TinyStage.config(steps, 2).build()).optTensorBoard(events);
    }

    private Set<Long> steps() throws IOException {
        return EventReader.read(events).keySet();
    }

    @Test
    void showsTheFiguresOfEachStep() throws IOException {
        List<StepReport> reports = new ArrayList<>();
        TinyStage.run(stage(4).optValidation(3, model -> Map.of("top-1", 0.25)), reports::add);
        Map<Long, Map<String, Float>> found = EventReader.read(events);
        assertEquals(Set.of(1L, 2L, 3L, 4L), found.keySet());
        for (StepReport report : reports) {
            Map<String, Float> scalars = found.get(report.step());
            assertEquals((float) report.loss(), scalars.get("train/loss"));
            assertEquals((float) report.learningRate(), scalars.get("train/lr"));
            assertEquals((float) report.logitScale(), scalars.get("train/logit_scale"));
            assertEquals((float) report.gradientNorm(), scalars.get("train/gradient_norm"));
            assertEquals((float) report.samplesPerSecond(), scalars.get("speed/samples_per_second"));
            assertEquals((float) report.dataWait(), scalars.get("speed/data_wait"));
            assertEquals(report.badSamples(), scalars.get("data/bad_samples").longValue());
            assertEquals(report.step() < 3 ? null : 0.25f, scalars.get("validation/top-1"));
        }
    }

    @Test
    void stepsThatAreDoneAgainAfterACrashComeOnce() throws IOException {
        TinyStage.run(stage(6), report -> {});
        PathUtils.delete(run.resolve("checkpoints/step-00000006"));
        TinyStage.run(stage(6).optResume(true), report -> {
            if (report.step() == 5) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(Thread.interrupted());
        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), steps(), "the sixth step of before is no more");
        TinyStage.run(stage(6).optResume(true), report -> {});
        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L, 6L), steps());
        assertEquals(3, EventReader.files(events).size(), "one for each time");
    }

    @Test
    void aRunThatBeginsAnewAfterAnEarlyCrashShowsNothingOfBefore() throws IOException {
        TinyStage.run(stage(5), report -> {});
        PathUtils.delete(run);
        TinyStage.run(stage(2).optResume(true), report -> {});
        assertEquals(Set.of(1L, 2L), steps());
    }

    @Test
    void eventsOfAnotherRunAreRefusedBeforeAnythingIsWritten() throws IOException {
        Files.createDirectories(events);
        Files.createFile(events.resolve("events.out.tfevents.1700000000.host.1.0"));
        IOException error = assertThrows(IOException.class, () -> TinyStage.run(stage(2), report -> {}));
        assertTrue(error.getMessage().contains("holds event files of a run already (events.out.tf"), error.toString());
        assertFalse(Files.exists(run.resolve("log.jsonl")));
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Files.createFile(events);
        IOException error = assertThrows(IOException.class, () -> TinyStage.run(stage(2), report -> {}));
        assertTrue(error.getMessage().contains(events + " is a file"), error.toString());
    }

    @Test
    void whoTidiesUpMeanwhileLosesWhatHeRemovedAndNoMore() throws IOException {
        TinyStage.run(stage(4), report -> {
            if (report.step() == 2) {
                try {
                    PathUtils.delete(events);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertEquals(Set.of(3L, 4L), steps());
    }

    @Test
    void aStageThatKeepsNothingElseMayBeWatchedToo() throws IOException {
        TinyStage.run(
                Pretraining.builder()
                        .setModel(TinyStage.MODEL)
                        .setConfig(TinyStage.config(3, 0).build())
                        .optTensorBoard(events),
                report -> {});
        assertEquals(Set.of(1L, 2L, 3L), steps());
    }

    @Test
    void ofSeveralRanksTheFirstWrites() throws Exception {
        SampleSource source = SampleSource.inMemory(TinyStage.samples());
        List<ThreadRanks.Ended<StageResult>> ended = ThreadRanks.run(
                2,
                ranks ->
                        TinyStage.run(stage(3).optRanks(ranks), source, new BatchShare(ranks.rank(), 2), report -> {}));
        IntStream.range(0, 2).forEach(rank -> assertEquals(null, ended.get(rank).failure()));
        assertEquals(1, EventReader.files(events).size());
        assertEquals(Set.of(1L, 2L, 3L), steps());
    }
}
