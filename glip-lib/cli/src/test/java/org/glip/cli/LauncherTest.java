package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, away from its jars, with a Java that tells what it is asked; what is started is tested elsewhere. */
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

    @Test
    void saysThatTheWorkingFolderIsGone() throws Exception {
        Path script = Path.of("../bin/glip").toRealPath();
        Path gone = Files.createDirectory(folder.resolve("gone"));
        String command = "cd '" + gone + "' && rmdir '" + gone + "' && exec sh '" + script + "' --help";
        Process process = new ProcessBuilder("sh", "-c", command).start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(1, process.waitFor());
        assertTrue(told.contains("glip: the folder that you are in has been removed"), told);
    }

    /** A Java of a version that prints its arguments and its locale. */
    private Path java(int version) throws IOException {
        Path home = folder.resolve("jdk-" + version);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
            #!/bin/sh
            [ "$1" != -version ] || { echo 'openjdk version "%d.0.1"' >&2; exit; }
            printf '%%s\\n' "$(locale charmap)" "$@"
            """.formatted(version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return home;
    }

    /** What Java is started with, from a checkout whose folder has a name that needs care. */
    private List<String> started(int version, Map<String, String> environment) throws Exception {
        Path checkout = folder.resolve("täst dir");
        Path bin = Files.createDirectories(checkout.resolve("glip-lib/bin"));
        Path script = Files.copy(Path.of("../bin/glip"), bin.resolve("glip"), StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(checkout.resolve("glip-lib/cli/target/lib"));
        Files.write(checkout.resolve("glip-lib/cli/target/glip-cli-1.jar"), new byte[0]);
        ProcessBuilder shell = new ProcessBuilder("sh", script.toString(), "classify", "café 猫.jpg");
        shell.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        shell.environment().putAll(environment);
        shell.environment().put("JAVA_HOME", java(version).toString());
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), errors);
        assertEquals("", errors);
        return output.lines().toList();
    }

    @Test
    void javaReadsUtf8WhateverTheLocale() throws Exception {
        List<Map<String, String>> locales = List.of(
                Map.of(),
                Map.of("LC_ALL", "C"),
                Map.of("LC_ALL", "POSIX"),
                Map.of("LC_ALL", "tlh_QO.UTF-8"),
                Map.of("LANG", "tlh_QO.UTF-8"),
                Map.of("LC_CTYPE", "tlh_QO@euro"),
                Map.of("LC_ALL", "C.UTF-8"));
        for (Map<String, String> locale : locales) {
            List<String> started = started(17, locale);
            assertEquals("UTF-8", started.get(0), locale.toString());
            assertEquals("café 猫.jpg", started.get(started.size() - 1));
            String classPath = started.get(started.indexOf("-cp") + 1);
            assertTrue(classPath.contains("täst dir/glip-lib/cli/target/glip-cli-1.jar:"), classPath);
        }
    }

    @Test
    void nativeAccessIsAllowedWhereJavaWouldWarnOfIt() throws Exception {
        List<String> allowed = List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        for (int version : new int[] {17, 21, 23}) {
            List<String> started = started(version, Map.of());
            assertTrue(started.stream().noneMatch(allowed::contains), started.toString());
        }
        for (int version : new int[] {24, 25, 29}) {
            List<String> started = started(version, Map.of());
            assertTrue(started.containsAll(allowed), started.toString());
        }
    }
}
