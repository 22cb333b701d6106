package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of packages: what each may use. Its twin in words stands in each package-info. */
class PackageTableTest {
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("random", ""),
            entry("files", ""),
            entry("text", ""),
            entry("engine", "files"),
            entry("mask", "random"),
            entry("image", "random"),
            entry("model", "engine mask random files"),
            entry("data", "text image random files"),
            entry("train", "model data mask engine random files"),
            entry("eval", "train model data mask text image random files"),
            entry("scenes", "data image random files"),
            entry("sets", "data text"),
            entry("stats", "eval random"),
            entry("results", "stats eval train mask files"),
            entry("claims", "results stats eval mask"),
            entry("report", "claims results stats eval model mask image random"),
            entry(
                    "experiment",
                    "report claims results stats scenes sets eval train data model mask image text engine random files"),
            entry("cli", "report results stats scenes sets eval train data model mask image text engine random files"));

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

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith("org.glip.")
                ? name.substring("org.glip.".length()).split("\\.")[0]
                : "";
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
