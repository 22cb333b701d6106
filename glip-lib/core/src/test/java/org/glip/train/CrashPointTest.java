package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.glip.files.Json;
import org.glip.files.WatchedFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process leaves that ends at any moment: before each operation on files the folder is copied, and from every
 * copy the run must go on from the newest checkpoint that was complete, to the same weights.
 */
class CrashPointTest {
    private static final int STEPS = 3;

    @TempDir
    Path temporary;

    private Path run;
    private Path straight;

    /** A copy of the run's folder, and what was about to happen. */
    private record Point(Path folder, String operation) {}

    @BeforeEach
    void trainWithoutACrash() throws IOException {
        run = temporary.resolve("run");
        straight = temporary.resolve("straight");
        TinyStage.run(stage(straight), report -> {});
    }

    private static Pretraining.Builder stage(Path folder) {
        return TinyStage.stage(folder, TinyStage.config(STEPS, 1).build());
    }

    /** Runs a stage on the folder, and copies it before each operation. */
    private List<Point> points(boolean resumes, int keep) throws IOException {
        List<Point> points = new ArrayList<>();
        Path watched = WatchedFileSystem.watch(run, operation -> {
            Path copy = temporary.resolve("point-" + resumes + keep).resolve(Integer.toString(points.size()));
            copy(run, copy);
            points.add(new Point(copy, operation));
        });
        TinyStage.run(stage(watched).optResume(resumes).optKeep(keep), report -> {});
        Path end = temporary.resolve("point-" + resumes + keep).resolve("end");
        copy(run, end);
        points.add(new Point(end, "nothing more"));
        return points;
    }

    /** Finished files as links, since nobody writes into them again; those that are being written as they are. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.toString().endsWith(".part") || file.endsWith("log.jsonl")) {
                    Files.copy(file, target);
                } else if (!file.endsWith(".lock")) {
                    Files.createLink(target, file);
                }
            }
        }
    }

    /** The newest step of which all is on disk, wherever that lies. */
    private static long newestComplete(Path folder) throws IOException {
        long newest = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path state : files.filter(file -> file.endsWith("state.json")).toList()) {
                if (state.toString().contains("damaged")) {
                    continue;
                }
                try {
                    Checkpoint.read(state.getParent());
                    newest = Math.max(newest, Json.read(state).whole("step"));
                } catch (IOException e) {
                    continue; // half deleted, or damaged by the test
                }
            }
        }
        return newest;
    }

    private static void goesOnFromAllOf(List<Point> points, TestReporter reporter) throws IOException {
        Map<Long, Integer> found = new TreeMap<>();
        long before = 0;
        for (Point point : points) {
            long possible = newestComplete(point.folder);
            assertTrue(possible >= before, "a checkpoint is lost before: " + point.operation);
            Optional<Checkpoint> newest = Checkpoint.newest(point.folder);
            assertEquals(possible, newest.map(Checkpoint::step).orElse(0L), "before: " + point.operation);
            before = possible;
            found.merge(possible, 1, Integer::sum);
        }
        assertEquals(STEPS, before);
        String told = points.size() + " points, by their newest step: " + found;
        assertTrue(found.size() == 1 + STEPS && points.size() > 100, told);
        reporter.publishEntry("tried", told);
        System.out.println("CrashPointTest: " + told);
    }

    @Test
    void fromEveryPointTheNewestCompleteCheckpointIsFound(TestReporter reporter) throws IOException {
        for (int keep = 1; keep <= 2; keep++) {
            goesOnFromAllOf(points(false, keep), reporter);
            PathUtils.delete(run);
        }
    }

    @Test
    void alsoWhereADamagedCheckpointIsWrittenAgain() throws IOException {
        TinyStage.run(stage(run), report -> {});
        Path weights = run.resolve("checkpoints/step-00000003/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        Files.delete(run.resolve("model.safetensors"));

        List<Point> points = points(true, 2);
        long before = STEPS - 1;
        for (Point point : points) {
            long possible = newestComplete(point.folder);
            assertTrue(possible >= before, "before: " + point.operation);
            before = possible;
            assertEquals(possible, Checkpoint.newest(point.folder).orElseThrow().step(), "before: " + point.operation);
        }
        assertEquals(STEPS, before);
    }

    @Test
    void aSoundCheckpointOfTheSameStepIsNotWrittenAgain() throws IOException {
        TinyStage.run(stage(run), report -> {});
        for (Point point : points(true, 2)) {
            assertFalse(point.operation.contains("step-"), point.operation);
        }
    }

    @Test
    void goingOnFromTheseLeadsToTheSameWeights() throws IOException {
        List<Point> points = points(false, 2);
        for (int i = 0; i < points.size(); i += 11) {
            Point point = points.get(i);
            TinyStage.run(stage(point.folder).optResume(true), report -> {});
            assertEquals(
                    -1,
                    Files.mismatch(
                            straight.resolve("checkpoints/step-00000003/model.safetensors"),
                            point.folder.resolve("checkpoints/step-00000003/model.safetensors")),
                    "before: " + point.operation);
            assertEquals(STEPS, StageLog.read(point.folder).size(), "before: " + point.operation);
        }
    }

    @Test
    void anErrorOfAnyOperationLosesNothingEither() throws IOException {
        int count = points(false, 2).size() - 1;
        PathUtils.delete(run);
        for (int failing = 0; failing < count; failing += 9) {
            int[] done = {0};
            int chosen = failing;
            Path folder = temporary.resolve("failing-" + failing);
            Path watched = WatchedFileSystem.watch(folder, operation -> {
                if (done[0]++ == chosen) {
                    throw new IOException("No space left on device");
                }
            });
            long[] steps = {0};
            try {
                TinyStage.run(stage(watched), report -> steps[0] = report.step());
            } catch (IOException e) {
                long kept = Checkpoint.newest(folder).map(Checkpoint::step).orElse(0L);
                assertEquals(steps[0], kept, "operation " + failing + ": " + e.getMessage());
            }
            boolean resumes = Files.exists(folder.resolve("log.jsonl"));
            TinyStage.run(stage(folder).optResume(resumes), report -> {});
            assertEquals(
                    -1,
                    Files.mismatch(
                            straight.resolve("checkpoints/step-00000003/model.safetensors"),
                            folder.resolve("checkpoints/step-00000003/model.safetensors")),
                    "operation " + failing);
        }
    }
}
