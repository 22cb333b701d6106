package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, away from its jars; what it starts is tested by the other classes. */
class LauncherTest {
    @TempDir
    Path folder;

    private record Ended(int code, String output) {}

    private Ended launch(String javaHome) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("checkout/glip-lib/bin"));
        Path script = Files.copy(Path.of("../bin/glip"), bin.resolve("glip"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), script);
        ProcessBuilder shell = new ProcessBuilder("sh", link.toString(), "--help").redirectErrorStream(true);
        shell.environment().put("JAVA_HOME", javaHome);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    @Test
    void saysHowToBuildWhatIsMissing() throws Exception {
        Ended ended = launch(System.getProperty("java.home"));

        assertEquals(1, ended.code());
        Path checkout = folder.toRealPath().resolve("checkout");
        assertEquals(
                "glip: the library is not built yet: run 'mvn -q -B -DskipTests package' in " + checkout + "\n",
                ended.output());
    }

    @Test
    void namesAJavaHomeWithoutJava() throws Exception {
        Ended ended = launch(folder.toString());

        assertEquals(1, ended.code());
        assertTrue(ended.output().contains("JAVA_HOME is " + folder), ended.output());
    }
}
