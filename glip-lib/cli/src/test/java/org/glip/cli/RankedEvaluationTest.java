package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Several processes evaluate one model; each test starts them as a launcher does, on this machine. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class RankedEvaluationTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.write(folder);
    }

    private List<String> evaluate(String task, String out, String... more) throws IOException {
        BadShards.write(folder);
        List<String> command = new ArrayList<>(List.of("evaluate", "--task", task, "--model", model.toString()));
        command.addAll(List.of(
                "--data", folder + "/t-{0..1}.tar", "--out", folder.resolve(out).toString()));
        command.addAll(List.of("--batch", "4", "--workers", "1", "--threads", "1", "--route", "linear"));
        command.addAll(List.of(more));
        return command;
    }

    private void isThatOfOneProcess(int count, String task, String... more) throws Exception {
        CommandRun alone = glip(evaluate(task, "alone.json", more).toArray(String[]::new));
        assertEquals(0, alone.code(), alone.err());
        try (RankedRun ranks = new RankedRun(folder.resolve("output"))) {
            ranks.start(Collections.nCopies(count, evaluate(task, "ranks.json", more)));
            assertEquals(Collections.nCopies(count, 0), ranks.codes(), ranks::allErr);
            assertEquals(alone.out(), ranks.out(0));
            assertEquals("", ranks.out(1), "the first rank alone tells the result");
            assertTrue(ranks.err(0).contains("index"), ranks::allErr);
            assertFalse(ranks.err(1).contains("index"), "the first rank alone makes the index");
        }
        assertEquals(
                BadShards.timeless(folder.resolve("alone.json")), BadShards.timeless(folder.resolve("ranks.json")));
    }

    @Test
    void aMaskedRetrievalIsThatOfOneProcess() throws Exception {
        isThatOfOneProcess(2, "retrieval", "--masked", "--mask", "random", "--ratio", "0.5");
    }

    @Test
    void aProbeIsThatOfOneProcess() throws Exception {
        Path training = TinyData.shard(folder.resolve("train.tar"), 9);
        isThatOfOneProcess(3, "linear-probe", "--train-data", training.toString(), "--regularization", "1");
    }

    private void areRefused(List<String> one, List<String> other, String told) throws Exception {
        try (RankedRun ranks = new RankedRun(folder.resolve("output"))) {
            ranks.start(List.of(one, other));
            assertEquals(List.of(2, 2), ranks.codes(), ranks::allErr);
            for (int rank = 0; rank < 2; rank++) {
                assertTrue(ranks.err(rank).contains("the ranks must be started alike: " + told), ranks::allErr);
            }
        }
        assertFalse(Files.exists(folder.resolve("out.json")));
    }

    @Test
    void ranksMustBeStartedAlike() throws Exception {
        areRefused(
                evaluate("zero-shot", "out.json"),
                evaluate("zero-shot", "out.json", "--seed", "9"),
                "--seed is 0 on rank 0 and 9 on rank 1");
    }

    @Test
    void ranksMustHaveTheSameTask() throws Exception {
        areRefused(
                evaluate("zero-shot", "out.json"),
                evaluate("retrieval", "out.json"),
                "--task is zero-shot on rank 0 and retrieval on rank 1");
    }
}
