package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the tests of {@code run.py} and of what it calls, which are Python as it is. */
class InstallerTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir"));

    private record Ended(int code, String said) {}

    private static Ended run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(MODULE.resolve("src/test/python").toFile());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void itsOwnTestsPass() throws Exception {
        try {
            run(List.of("python3", "--version"), Map.of());
        } catch (IOException e) {
            assumeTrue(false, "the set-up needs python3");
        }
        Ended ended = run(List.of("python3", "-m", "unittest", "test_installer"), Map.of());
        assertEquals(0, ended.code(), ended.said());
        assertTrue(ended.said().contains("\nOK"), ended.said());
    }

    @Test
    void theDoorSaysHowToGetPython() throws Exception {
        String door = MODULE.resolve("run.sh").toString();
        Ended ended = run(List.of("sh", door, "--lab"), Map.of("PYTHON", "/no/such/python"));
        assertEquals(1, ended.code());
        assertTrue(
                ended.said().startsWith("error: Python 3.9 or newer is missing: there is no /no/such/python."),
                ended.said());
    }
}
