package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An application that depends on this module gets the engine, readers of files and an interface for logging: no chart
 * library, no data set, no logger. The build writes what Maven resolves for it, the whole tree, before the tests run.
 */
class DependencyTreeTest {
    private static final Path RESOLVED = Path.of("target/runtime-dependencies.txt");

    /** What an application may get, by group and artefact; {@code *} ends a name that has several. */
    private static final List<String> ALLOWED = List.of(
            "ai.djl:api",
            "net.java.dev.jna:jna", // of DJL's
            "ai.djl.pytorch:*",
            "com.google.code.gson:gson",
            "com.google.errorprone:error_prone_annotations", // of Gson's; annotations only
            "com.ibm.icu:icu4j",
            "org.apache.commons:commons-*",
            "commons-codec:commons-codec",
            "commons-io:commons-io",
            "org.tukaani:xz", // shards in .tar.xz, by commons-compress
            "com.github.luben:zstd-jni", // shards in .tar.zst, likewise; nothing in plain Java is kept up
            "com.github.usefulness:webp-imageio",
            "org.jetbrains.kotlin:kotlin-stdlib", // of webp-imageio's, which is written in Kotlin
            "org.jetbrains:annotations", // of Kotlin's; annotations only
            "org.jspecify:jspecify",
            "org.slf4j:slf4j-api");

    /** What a data set would come in. */
    private static final Set<String> DATA =
            Set.of("png", "jpg", "jpeg", "webp", "gif", "svg", "tar", "zip", "7z", "csv");

    @Test
    void anApplicationGetsNothingThatIsNotAllowed() throws IOException {
        Set<String> resolved = resolved();
        Set<String> strangers =
                resolved.stream().filter(name -> !isAllowed(name)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), strangers, "add these to another module, or say here why every application needs them");
    }

    @Test
    void theListIsThatOfThisModule() throws IOException {
        // An empty or foreign list would pass the test above.
        assertTrue(
                resolved()
                        .containsAll(Set.of(
                                "ai.djl:api",
                                "ai.djl.pytorch:pytorch-engine",
                                "com.ibm.icu:icu4j",
                                "org.slf4j:slf4j-api")),
                () -> RESOLVED.toAbsolutePath() + " lacks what this module declares");
    }

    @Test
    void theModuleCarriesNoDataSet() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
            List<Path> data = files.filter(Files::isRegularFile)
                    .filter(file -> DATA.contains(extension(file)))
                    .toList();
            assertEquals(List.of(), data);
        }
    }

    private static Set<String> resolved() throws IOException {
        assertTrue(
                Files.isRegularFile(RESOLVED),
                () -> RESOLVED.toAbsolutePath() + " is missing; Maven writes it in the phase generate-test-resources");
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(RESOLVED)) {
            String[] coordinates = line.strip().split(":"); // group:artifact:jar[:classifier]:version:scope, then words
            if (coordinates.length >= 5) {
                names.add(coordinates[0] + ":" + coordinates[1]);
            }
        }
        return names;
    }

    private static boolean isAllowed(String name) {
        return ALLOWED.stream()
                .anyMatch(allowed -> allowed.endsWith("*")
                        ? name.startsWith(allowed.substring(0, allowed.length() - 1))
                        : name.equals(allowed));
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
