package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoints are kept, found and deleted; and what is never touched, since the run did not make it. */
class CheckpointFolderTest {
    @TempDir
    Path temporary;

    private Path run;
    private Path checkpoints;

    @BeforeEach
    void name() {
        run = temporary.resolve("run");
        checkpoints = run.resolve("checkpoints");
    }

    private void train(long steps, int keep, boolean resumes) throws IOException {
        Pretraining.Builder stage =
                TinyStage.stage(run, TinyStage.config(steps, 1).build());
        TinyStage.run(stage.optKeep(keep).optResume(resumes), report -> {});
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return List.copyOf(new TreeSet<>(
                    entries.map(entry -> entry.getFileName().toString()).toList()));
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void twoAreKeptByDefaultAndAsManyAsAreAskedFor() throws IOException {
        Pretraining.Builder usual = TinyStage.stage(run, TinyStage.config(4, 1).build());
        TinyStage.run(usual, report -> {});
        assertEquals(List.of("step-00000003", "step-00000004"), names(checkpoints));
        train(5, 1, true);
        assertEquals(List.of("step-00000005"), names(checkpoints));
        train(9, 3, true);
        assertEquals(List.of("step-00000007", "step-00000008", "step-00000009"), names(checkpoints));
        assertThrows(IllegalArgumentException.class, () -> Pretraining.builder().optKeep(0));
    }

    @Test
    void aDamagedNewestFallsBackToTheOneBeforeAndIsMovedOutOfTheWay() throws IOException {
        train(3, 2, false);
        byte[] weights = Files.readAllBytes(checkpoints.resolve("step-00000003/model.safetensors"));
        for (String file : Checkpoint.FILES) {
            if (file.equals("prompt_templates.json")) {
                continue;
            }
            damage(checkpoints.resolve("step-00000003").resolve(file));
            assertEquals(2, Checkpoint.newest(run).orElseThrow().step(), file);
            assertEquals(List.of("damaged-step-00000003", "step-00000002"), names(checkpoints), file);
            train(3, 2, true);
            assertEquals(List.of("damaged-step-00000003", "step-00000002", "step-00000003"), names(checkpoints), file);
            assertEquals(
                    Files.mismatch(
                            Files.write(temporary.resolve("weights"), weights),
                            checkpoints.resolve("step-00000003/model.safetensors")),
                    -1);
            PathUtils.delete(checkpoints.resolve("damaged-step-00000003"));
        }
    }

    @Test
    void whereAllAreDamagedNothingIsMovedAndTheNewestIsNamed() throws IOException {
        train(2, 2, false);
        damage(checkpoints.resolve("step-00000001/config.json"));
        Files.delete(checkpoints.resolve("step-00000002/optimizer.safetensors"));
        String message =
                assertThrows(IOException.class, () -> train(3, 2, true)).getMessage();
        assertTrue(message.contains("step-00000002/optimizer.safetensors is missing. No sound checkpoint"), message);
        assertEquals(List.of("step-00000001", "step-00000002"), names(checkpoints));
    }

    @Test
    void anInterruptWhileOneIsReadDoesNotMakeItDamaged() throws IOException {
        train(3, 2, false);
        Thread.currentThread().interrupt();
        assertEquals(3, Checkpoint.newest(run).orElseThrow().step());
        assertTrue(Thread.interrupted());
        assertEquals(List.of("step-00000002", "step-00000003"), names(checkpoints));
    }

    @Test
    void aCompletePartIsAccepted() throws IOException {
        train(2, 2, false);
        Files.move(checkpoints.resolve("step-00000002"), checkpoints.resolve(".step-00000002.part"));
        assertEquals(
                checkpoints.resolve("step-00000002"),
                Checkpoint.newest(run).orElseThrow().folder());
        assertEquals(List.of("step-00000001", "step-00000002"), names(checkpoints));
    }

    @Test
    void anIncompletePartIsPassedOverAndGoesWithTheNextCheckpoint() throws IOException {
        train(2, 2, false);
        Path part = checkpoints.resolve(".step-00000002.part");
        Files.move(checkpoints.resolve("step-00000002"), part);
        Files.delete(part.resolve("state.json"));
        Files.writeString(part.resolve(".state.json.0f.part"), "{");
        assertEquals(1, Checkpoint.newest(run).orElseThrow().step());
        train(2, 2, true);
        assertEquals(List.of("step-00000001", "step-00000002"), names(checkpoints));
    }

    @Test
    void whatWasMovedAsideIsFoundWhereNothingElseIs() throws IOException {
        train(1, 2, false);
        Files.move(checkpoints.resolve("step-00000001"), checkpoints.resolve(".step-00000001.old"));
        assertEquals(1, Checkpoint.newest(run).orElseThrow().step());
        assertEquals(List.of("step-00000001"), names(checkpoints));
    }

    @Test
    void onlyWhatTheRunMadeIsDeleted() throws IOException {
        train(1, 2, false);
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("model.safetensors"), "precious");
        Files.writeString(elsewhere.resolve("state.json"), "{}");
        Files.createSymbolicLink(checkpoints.resolve("latest"), elsewhere);
        Files.createSymbolicLink(checkpoints.resolve("step-00000000"), elsewhere);
        Files.createSymbolicLink(checkpoints.resolve(".step-00000000.part"), elsewhere);
        PathUtils.copyDirectory(checkpoints.resolve("step-00000001"), checkpoints.resolve("step-00000001-copy"));
        PathUtils.copyDirectory(checkpoints.resolve("step-00000001"), checkpoints.resolve("best"));
        Files.createDirectories(checkpoints.resolve("step-1"));
        Files.writeString(checkpoints.resolve("notes.txt"), "mine");
        Files.writeString(checkpoints.resolve("step-00000007"), "a file");
        Files.writeString(checkpoints.resolve("step-00000001/notes.txt"), "a good one");
        train(4, 1, true);

        assertEquals(
                List.of(
                        ".step-00000000.part",
                        "best",
                        "latest",
                        "notes.txt",
                        "step-00000000",
                        "step-00000001",
                        "step-00000001-copy",
                        "step-00000004",
                        "step-00000007",
                        "step-1"),
                names(checkpoints));
        assertEquals(List.of("notes.txt"), names(checkpoints.resolve("step-00000001")));
        assertEquals(List.of("model.safetensors", "state.json"), names(elsewhere));
        assertTrue(Files.exists(checkpoints.resolve("best/model.safetensors")));
        assertEquals(
                run.resolve("checkpoints/step-00000004/model.safetensors"),
                newestWeights(run),
                "a copy is not taken for the newest");
    }

    private static Path newestWeights(Path run) throws IOException {
        Files.delete(run.resolve("model.safetensors"));
        return org.glip.model.ModelFolder.weights(run);
    }

    @Test
    void aUsersFileInTheWayOfACheckpointIsMovedAsideAndKept() throws IOException {
        train(1, 2, false);
        Files.writeString(checkpoints.resolve("step-00000002"), "in the way");
        train(2, 2, true);
        assertEquals("in the way", Files.readString(checkpoints.resolve(".step-00000002.old")));
        assertEquals(2, Checkpoint.newest(run).orElseThrow().step());
    }

    @Test
    void theFoldersThemselvesMayBeLinks() throws IOException {
        Path disk = Files.createDirectories(temporary.resolve("disk"));
        Path more = Files.createDirectories(temporary.resolve("more"));
        Files.createSymbolicLink(run, disk);
        train(1, 2, false);
        Files.move(disk.resolve("checkpoints/step-00000001"), more.resolve("step-00000001"));
        Files.delete(disk.resolve("checkpoints"));
        Files.createSymbolicLink(disk.resolve("checkpoints"), more);
        train(3, 2, true);
        assertTrue(Files.isSymbolicLink(run) && Files.isSymbolicLink(disk.resolve("checkpoints")));
        assertEquals(List.of("step-00000002", "step-00000003"), names(more));
    }

    @Test
    void aFolderWithFilesThatTheRunWouldReplaceIsRefused() throws IOException {
        for (String file : List.of("config.json", "open_clip_config.json", "prompt_templates.json", "log.jsonl")) {
            Files.createDirectories(run);
            Files.writeString(run.resolve(file), "mine");
            String message =
                    assertThrows(IOException.class, () -> train(1, 2, false)).getMessage();
            assertTrue(message.contains("(" + file + ")"), message);
            assertEquals(List.of(file), names(run));
            assertEquals("mine", Files.readString(run.resolve(file)));
            Files.delete(run.resolve(file));
        }
    }
}
