package org.glip.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.glip.mask.Mask;

/**
 * Result files that may stand in one table: runs of the same preset have the same data and the same configuration but
 * for what tells methods and seeds apart, and no run is there twice.
 */
public final class ComparableRuns {
    /** Name in a run's configuration of its mask. */
    public static final String MASK = "mask";
    /** Name in a run's configuration of its seed. */
    public static final String SEED = "seed";
    /**
     * Name in a run's configuration of the side of the pictures in pre-training, where they are smaller than the
     * model's.
     */
    public static final String PICTURE_SIZE = "pre-training picture size";

    /** What may differ between the runs of a comparison. */
    private static final Set<String> OWN = Set.of(MASK, SEED, PICTURE_SIZE);

    private ComparableRuns() {}

    /** A run and where it was read. */
    private record Read(Path file, RunResult run) {}

    /**
     * Reads all results of a folder, in the order of tables: the more image tokens the earlier, then by {@link
     * MethodName}.
     *
     * @param folder its files {@code *.json} are read, folders in it are not
     * @return the runs; none if there is no such folder or no such file, as before the first run
     * @throws ResultFileException if a file is damaged or of another version, or two files hold the same run or runs
     *     that cannot be compared; files and field are named
     * @throws IOException if the folder cannot be read
     */
    public static List<RunResult> read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        Map<RunSettings, Path> known = new HashMap<>();
        Map<String, Read> first = new HashMap<>();
        Read anyRead = null;
        List<RunResult> runs = new ArrayList<>();
        for (Path file : files) {
            RunResult run = ResultFile.read(file);
            Path twin = known.putIfAbsent(run.settings(), file);
            if (twin != null) {
                throw new ResultFileException(
                        file,
                        "it holds the same run as " + twin.getFileName() + ", " + named(run)
                                + "; its \"seed\" or name is wrong, delete one of the two");
            }
            if (anyRead == null) {
                anyRead = new Read(file, run);
            } else {
                requireSameRecipe(file, run, anyRead);
            }
            Read reference = first.putIfAbsent(run.settings().text(RunSettings.PRESET), new Read(file, run));
            if (reference != null) {
                requireComparable(file, run, reference);
            }
            runs.add(run);
        }
        runs.sort(tableOrder());
        return runs;
    }

    /**
     * {@return whether two runs have the same data and the same configuration but for what tells methods and seeds
     * apart}
     *
     * @param one a run
     * @param other another
     */
    public static boolean areComparable(RunResult one, RunResult other) {
        return one.provenance().data().equals(other.provenance().data()) && haveSamePlan(one, other);
    }

    /**
     * {@return whether two runs have the same configuration but for what tells methods and seeds apart, on whatever
     * data}
     *
     * @param one a run
     * @param other another
     */
    public static boolean haveSamePlan(RunResult one, RunResult other) {
        return common(one).equals(common(other));
    }

    private static Map<String, String> common(RunResult run) {
        Map<String, String> configuration = new LinkedHashMap<>(run.provenance().configuration());
        configuration.keySet().removeAll(OWN);
        return configuration;
    }

    private static String named(RunResult run) {
        RunSettings settings = run.settings();
        return settings.method() + ", masking " + settings.text(RunSettings.MASKING) + ", seed " + settings.seed();
    }

    private static void requireComparable(Path file, RunResult run, Read reference) throws ResultFileException {
        requireSame(
                file,
                reference.file(),
                "provenance.data",
                run.provenance().data(),
                reference.run().provenance().data());
        Map<String, String> here = common(run);
        Map<String, String> there = common(reference.run());
        Map<String, String> all = new LinkedHashMap<>(there);
        all.putAll(here);
        for (String field : all.keySet()) {
            requireSame(
                    file,
                    reference.file(),
                    "provenance.configuration." + field,
                    here.getOrDefault(field, "missing"),
                    there.getOrDefault(field, "missing"));
        }
    }

    /** Presets differ in their data, but those of one table are composed by one version of Scenes. */
    private static void requireSameRecipe(Path file, RunResult run, Read reference) throws ResultFileException {
        String here = recipeVersion(run);
        String there = recipeVersion(reference.run());
        if (!here.equals(there)) {
            throw new ResultFileException(
                    file,
                    "its pictures were composed by another version of Scenes than those of "
                            + reference.file().getFileName() + ": \"provenance.data\" has version "
                            + (here.isEmpty() ? "none" : here) + ", there it is " + (there.isEmpty() ? "none" : there)
                            + "; results of two versions share no table, keep them in different folders");
        }
    }

    /** The version of the recipe of the pictures; empty for data without one. */
    private static String recipeVersion(RunResult run) {
        try {
            JsonFields data = Json.parse(run.provenance().data(), "provenance.data");
            return data.has("version") ? data.text("version") : "";
        } catch (JsonException e) {
            return ""; // no recipe, but a description in words
        }
    }

    private static void requireSame(Path file, Path other, String field, String here, String there)
            throws ResultFileException {
        if (!here.equals(there)) {
            throw new ResultFileException(
                    file,
                    "it cannot be compared with " + other.getFileName() + ": its \"" + field + "\" is "
                            + Excerpt.of(here, there) + ", but there it is " + Excerpt.of(there, here)
                            + "; keep the two in different folders");
        }
    }

    private static Comparator<RunResult> tableOrder() {
        return Comparator.comparingDouble(
                        (RunResult run) -> -run.find(Metric.IMAGE_TOKENS).orElse(0.0))
                .thenComparing(run -> MethodName.find(run.settings().method())
                        .map(Enum::ordinal)
                        .orElse(-1))
                .thenComparing(run -> run.settings().mask() instanceof Mask.Gaussian gaussian ? gaussian.sigma() : 0.0)
                .thenComparing(run -> run.settings().seed());
    }
}
