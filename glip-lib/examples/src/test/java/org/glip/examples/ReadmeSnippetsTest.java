package org.glip.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's code is what a reader can copy. A Java block is compiled as it stands there, its imports above a
 * {@code main} around its statements, and run; a Kotlin block stands between the lines {@code // README} and
 * {@code // end} of {@code Readme.kt}, which the build compiles and this runs. What they find on disk:
 * {@link TrainedModel}.
 */
class ReadmeSnippetsTest {
    private static final Path ROOT = Path.of(System.getProperty("glip.root", "../.."));
    private static final Path KOTLIN = ROOT.resolve("glip-lib/examples/src/main/kotlin/org/glip/examples/Readme.kt");

    @TempDir
    private Path folder;

    @Test
    void theJavaBlocksPrintAPrediction() throws Exception {
        assertFalse(TrainedModel.LOG.isEmpty());
        List<String> blocks = blocks("java");
        assertEquals(1, blocks.size(), "say here what a further block must print");
        List<String> lines = Printed.by(() -> run(blocks.get(0)));
        List<String> labels =
                lines.stream().map(line -> line.split(" ")[0]).sorted().toList();
        assertEquals(List.of("bird", "cat", "dog"), labels);
        double sum = lines.stream()
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
        assertEquals(1, sum, 0.002, "probabilities");
    }

    @Test
    void theKotlinBlocksAreThoseThatTheBuildCompiles() throws IOException {
        List<String> blocks = blocks("kotlin");
        assertFalse(blocks.isEmpty());
        assertEquals(regions(Files.readString(KOTLIN)), blocks);
    }

    @Test
    void theKotlinBlockTrainsAndSearches() throws Exception {
        assertFalse(TrainedModel.LOG.isEmpty());
        List<String> lines = Printed.by(ReadmeKt::main);
        assertTrue(lines.size() > 1, () -> String.join("\n", lines));
    }

    @Test
    void aBlockThatDoesNotCompileIsNoticed() {
        AssertionError e = org.junit.jupiter.api.Assertions.assertThrows(
                AssertionError.class, () -> run("import java.util.List;\nList<String> a = List.of(1);\n"));
        assertTrue(e.getMessage().contains("line 4"), e.getMessage());
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        long lines = Files.readString(ROOT.resolve("README.md")).lines().count();
        assertTrue(lines <= 120, "README.md has " + lines + " lines; 120 are enough, move the rest to docs");
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static List<String> regions(String source) {
        Matcher region = Pattern.compile("(?ms)^ *// README\n(.*?)^ *// end$").matcher(source);
        List<String> regions = new ArrayList<>();
        while (region.find()) {
            regions.add(region.group(1).stripTrailing().stripIndent() + "\n");
        }
        return regions;
    }

    /** A block is a class with a main method, or the statements of one. */
    private void run(String block) throws Exception {
        Matcher type = Pattern.compile("(?m)^public class (\\w+)").matcher(block);
        if (type.find()) {
            runMain(type.group(1), block);
        } else {
            runMain("Snippet", inAClass(block));
        }
    }

    private static String inAClass(String block) {
        String imports =
                block.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String statements =
                block.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        return imports + "\npublic class Snippet {\npublic static void main(String[] a) throws Exception {\n"
                + statements + "\n}}\n";
    }

    private void runMain(String name, String source) throws Exception {
        compile(Files.writeString(folder.resolve(name + ".java"), source));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method main = loader.loadClass(name).getMethod("main", String[].class);
            main.invoke(null, (Object) new String[0]);
        }
    }

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            List<String> options = List.of(
                    "-Xlint:all,-processing,-classfile",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString());
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(source))
                    .call();
        }
        assertTrue(
                found.getDiagnostics().isEmpty(),
                () -> found.getDiagnostics().stream()
                        .map(d -> "line " + d.getLineNumber() + ": " + d.getMessage(null))
                        .collect(Collectors.joining("\n")));
    }
}
