package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** data-scripts/fetch-scenes.sh with a package client that delivers what the test wants. */
class FetchScenesScriptTest {
    private static final String GOOD = "the package";

    @TempDir
    Path folder;

    private Path file;

    /** How a run ended and what it said. */
    private record Run(int code, String output) {}

    @BeforeEach
    void install() throws IOException {
        for (String name : new String[] {"fetch-scenes.sh", "fetch_scenes.py"}) {
            Files.copy(Path.of("../../data-scripts", name), folder.resolve(name));
        }
        String sum = DigestUtils.sha256Hex(GOOD.getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("scenes.sha256"), "# a list\n" + sum + "  a-b-1.0.tgz  @a/b@1.0\n");
        Files.createDirectory(folder.resolve("bin"));
        file = folder.resolve("data/downloads/a-b-1.0.tgz");
    }

    /** A client whose n-th call delivers the n-th content, and the last one ever after; "" stands for a failure. */
    private Run fetch(String... contents) throws IOException, InterruptedException {
        StringBuilder npm = new StringBuilder("#!/bin/bash\necho call >> \"" + folder.resolve("calls") + "\"\n"
                + "while [ $# -gt 0 ]; do [ \"$1\" = --pack-destination ] && to=$2; shift; done\n"
                + "case $(wc -l < \"" + folder.resolve("calls") + "\") in\n");
        for (int i = 0; i < contents.length; i++) {
            String pattern = i == contents.length - 1 ? "*" : String.valueOf(i + 1);
            String action = contents[i].isEmpty()
                    ? "echo 'no network' >&2; exit 1"
                    : "printf '" + contents[i] + "' > \"$to/a-b-1.0.tgz\"";
            npm.append(pattern).append(") ").append(action).append(" ;;\n");
        }
        Path client = Files.writeString(folder.resolve("bin/npm"), npm.append("esac\n"));
        assertTrue(client.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", folder.resolve("fetch-scenes.sh").toString(), "data")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private long calls() throws IOException {
        Path log = folder.resolve("calls");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void fetchesAndChecks() throws Exception {
        Run run = fetch(GOOD);
        assertEquals(0, run.code(), run.output());
        assertEquals(GOOD, Files.readString(file));
    }

    @Test
    void asksForNothingASecondTime() throws Exception {
        fetch(GOOD);
        assertEquals(new Run(0, ""), fetch(GOOD));
        assertEquals(1, calls());
    }

    @Test
    void aBrokenDownloadIsNamedAndFetchedAgain() throws Exception {
        Run run = fetch("half the pack", "", GOOD);
        assertEquals(0, run.code(), run.output());
        assertTrue(run.output().contains("@a/b@1.0: a-b-1.0.tgz has SHA-256"), run.output());
        assertTrue(run.output().contains("(try 1 of 3)") && run.output().contains("no network"), run.output());
        assertEquals(GOOD, Files.readString(file));
    }

    @Test
    void givesUpAfterThreeTriesAndLeavesNoFile() throws Exception {
        Run run = fetch("wrong");
        assertEquals(1, run.code());
        assertEquals(3, calls());
        assertTrue(run.output().contains("not fetched: @a/b@1.0"), run.output());
        assertFalse(Files.exists(file));
    }

    @Test
    void aFileThatWasDamagedSinceIsReplaced() throws Exception {
        fetch(GOOD);
        Files.writeString(file, "damaged");
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        Run run = fetch(GOOD);
        assertTrue(run.output().contains("does not match its SHA-256"), run.output());
        assertEquals(GOOD, Files.readString(file));
    }
}
