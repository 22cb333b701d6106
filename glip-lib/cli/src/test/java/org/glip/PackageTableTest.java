package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of packages: what each may use. Its twin in words stands in each package-info. */
class PackageTableTest {
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("random", ""),
            entry("files", ""),
            entry("tensorboard", "files"),
            entry("text", "text.repair files"),
            entry("text.repair", "files"),
            entry("engine", "files"),
            entry("mask", "random"),
            entry("image", "random"),
            entry("model.weights", "engine files"),
            entry("model.pickle", "model.weights files"),
            entry("model", "model.weights model.pickle engine mask text image random files"),
            entry("data", "text image random files"),
            entry("train", "model model.weights data mask text engine random tensorboard files"),
            entry("parts", "model.weights data files"),
            entry("eval", "train parts model model.weights data mask text image engine random files"),
            entry("ranks", "engine"),
            entry("parquet", "data files"),
            entry("root", "eval model data text image mask engine files"),
            entry("scenes", "data image random files"),
            entry("sets", "data text files"),
            entry("stats", "eval random"),
            entry("results", "stats eval train mask files"),
            entry("claims", "results stats eval mask files"),
            entry("report", "claims results stats eval model mask image random files"),
            entry(
                    "experiment",
                    "root report claims results stats scenes sets eval train data model mask image text engine random"
                            + " files"),
            entry("study", "experiment report claims results scenes sets model mask engine"),
            entry("pages", "study report claims results model mask image files"),
            entry(
                    "cli",
                    "root ranks parquet experiment report results stats scenes sets eval train parts data model mask image text"
                            + " engine random files"));

    private static Map.Entry<String, Set<String>> entry(String name, String uses) {
        return Map.entry(name, uses.isEmpty() ? Set.of() : Set.of(uses.split(" ")));
    }

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.glip");
    }

    /**
     * The package below the root, such as {@code model.weights}; "root" for the front door there, empty outside the
     * library.
     */
    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals("org.glip")) {
            return "root";
        }
        return name.startsWith("org.glip.") ? name.substring("org.glip.".length()) : "";
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Set<String> breaches = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (JavaClass type : classes) {
            String from = packageOf(type);
            seen.add(from);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String to = packageOf(dependency.getTargetClass());
                if (!to.isEmpty()
                        && !to.equals(from)
                        && !MAY_USE.getOrDefault(from, Set.of()).contains(to)) {
                    breaches.add(from + " uses " + to + ": " + dependency.getDescription());
                }
            }
        }
        assertEquals(new TreeSet<>(MAY_USE.keySet()), seen, "the table names every package");
        assertTrue(breaches.isEmpty(), () -> String.join("\n", breaches));
    }

    @Test
    void onlyTheEnginePackageTouchesEngineInternals() {
        Set<String> breaches = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                if (dependency.getTargetClass().getPackageName().startsWith("ai.djl.pytorch")
                        && !packageOf(type).equals("engine")) {
                    breaches.add(dependency.getDescription());
                }
            }
        }
        assertTrue(breaches.isEmpty(), () -> String.join("\n", breaches));
    }

    /** DJL's ways to write numbers into a tensor make the engine warn on standard error; {@code Operators.copy} does not. */
    @Test
    void nothingWritesIntoATensorInAWayThatTheEngineWarnsOf() {
        Set<String> breaches = classes.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isAssignableTo("ai.djl.ndarray.NDArray"))
                .map(call -> call.getTarget().getFullName())
                .filter(name ->
                        Stream.of(".copyTo(", ".set(java.nio.", ".set([").anyMatch(name::contains))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), breaches);
    }

    @Test
    void packageInfosSayWhatTheTableSays() throws IOException {
        for (Map.Entry<String, Set<String>> row : MAY_USE.entrySet()) {
            String words = Files.readString(packageInfo(row.getKey())).replaceAll("\\s+\\*?\\s*", " ");
            Matcher sentence =
                    Pattern.compile("<p>May depend on: (.*?)\\. \\*?/").matcher(words);
            assertTrue(sentence.find(), row.getKey() + " does not say what it may depend on");
            Set<String> said = Pattern.compile("\\{@code ([\\w.]+)}")
                    .matcher(sentence.group(1))
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(new TreeSet<>(row.getValue()), said, row.getKey());
        }
    }

    private static Path packageInfo(String name) {
        String folder = name.equals("root") ? "" : name.replace('.', '/') + "/";
        String file = "src/main/java/org/glip/" + folder + "package-info.java";
        return Stream.of("core", "ranks", "parquet", "experiments", "cli")
                .map(module -> Path.of("..", module, file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + file));
    }

    @Test
    void everyPackageStatesItsNullness() throws Exception {
        Set<String> packages = new TreeSet<>();
        classes.forEach(type -> packages.add(type.getPackageName()));
        for (String name : packages) {
            Class<?> info = Class.forName(name + ".package-info");
            assertTrue(info.isAnnotationPresent(org.jspecify.annotations.NullMarked.class), name);
        }
    }
}
