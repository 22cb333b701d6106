package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tensors are read by one class, {@link org.glip.engine.HostCopy}, which says why. */
class HostReadingsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/glip");
    private static final Pattern READING =
            Pattern.compile("\\.(getFloat|toFloatArray|toLongArray|toIntArray|toBooleanArray|toByteBuffer|copyTo)\\(");

    /** They read buffers of files, not tensors. */
    private static final Set<String> OF_FILES = Set.of("StoredWeights.java");

    @Test
    void tensorsAreReadInOnePlace() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> readers = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(HostReadingsTest::reads)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !OF_FILES.contains(name))
                    .toList();
            assertEquals(List.of("HostCopy.java"), readers);
        }
    }

    private static boolean reads(Path file) {
        try {
            String source = Files.readString(file);
            return READING.matcher(source).find() || source.contains("NDArray::to");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
