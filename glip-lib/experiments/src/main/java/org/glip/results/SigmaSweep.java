package org.glip.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.glip.mask.Mask;

/**
 * Runs that differ in sigma, preset, masking ratio and seed only, with random masking as the limit (paper, Figure 4).
 *
 * @param panels one for each preset and ratio that there are runs of, presets by name, ratios ascending
 * @param plan the configuration that all runs have in common
 */
public record SigmaSweep(List<SigmaPanel> panels, Map<String, String> plan) {
    /** Copies both, keeping their order. */
    public SigmaSweep {
        panels = List.copyOf(panels);
        plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
    }

    /**
     * Reads the result files of a folder. Not every sigma needs every seed, so that a sweep that is not finished can be
     * drawn, but every centred run needs the random one of the same preset, ratio and seed.
     *
     * @param folder of the files
     * @return the sweep
     * @throws ResultFileException if a file cannot be used, is of another plan, of other data or test pictures than the
     *     others, is there twice or lacks its random baseline, or there is no file; the message names the file
     * @throws IOException if the folder cannot be read
     */
    public static SigmaSweep read(Path folder) throws IOException {
        List<SigmaPanel.Run> runs = new ArrayList<>();
        Map<String, SigmaPanel.Run> firstOfPreset = new TreeMap<>();
        Map<String, Map<Double, SigmaPanel>> panels = new TreeMap<>();
        for (Path file : ResultFile.list(folder)) {
            SigmaPanel.Run run = new SigmaPanel.Run(file, ResultFile.read(file));
            requireFields(run);
            runs.add(run);
            requireSamePlan(runs.get(0), run);
            RunSettings settings = run.result().settings();
            String preset = settings.text(RunSettings.PRESET);
            requireSameTest(firstOfPreset.computeIfAbsent(preset, none -> run), run);
            add(
                    panels.computeIfAbsent(preset, none -> new TreeMap<>())
                            .computeIfAbsent(settings.mask().ratio(), ratio -> new SigmaPanel(preset, ratio)),
                    run);
        }
        List<SigmaPanel> all = panels.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
        for (SigmaPanel panel : all) {
            requireRandom(panel);
        }
        return new SigmaSweep(all, planOf(runs.get(0)));
    }

    private static void requireFields(SigmaPanel.Run run) throws ResultFileException {
        RunSettings settings = run.result().settings();
        if (settings.mask() instanceof Mask.None) {
            throw new ResultFileException(
                    run.file(), "its run has no mask; a sweep over sigma has gaussian and random masks only");
        }
        if (!settings.labels().containsKey(RunSettings.PRESET)) {
            throw new ResultFileException(run.file(), "its labels have no \"" + RunSettings.PRESET + "\"");
        }
        if (run.result().hits(SigmaPanel.TEST).isEmpty()) {
            throw new ResultFileException(
                    run.file(),
                    "it has no hits of \"" + SigmaPanel.TEST
                            + "\", which tell the number of test pictures; evaluate the run again");
        }
    }

    private static Map<String, String> planOf(SigmaPanel.Run run) {
        Map<String, String> plan = new LinkedHashMap<>(run.result().provenance().configuration());
        plan.remove(ComparableRuns.MASK);
        plan.remove(ComparableRuns.SEED);
        return plan;
    }

    private static void requireSamePlan(SigmaPanel.Run first, SigmaPanel.Run run) throws ResultFileException {
        Map<String, String> expected = planOf(first);
        Map<String, String> found = planOf(run);
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            if (!Objects.equals(expected.get(name), found.get(name))) {
                throw new ResultFileException(
                        run.file(),
                        "it is of another plan: its " + name + " is " + found.get(name) + ", but that of "
                                + first.file().getFileName() + " is " + expected.get(name)
                                + "; keep the files of one plan in a folder");
            }
        }
    }

    private static void requireSameTest(SigmaPanel.Run first, SigmaPanel.Run run) throws ResultFileException {
        boolean sameData = first.result()
                .provenance()
                .data()
                .equals(run.result().provenance().data());
        if (!sameData || first.hits().images() != run.hits().images()) {
            throw new ResultFileException(
                    run.file(),
                    "it is of other data than " + first.file().getFileName() + ": "
                            + (sameData
                                    ? "the one has " + run.hits().images() + " test pictures, the other "
                                            + first.hits().images()
                                    : "their provenance differs"));
        }
    }

    private static void add(SigmaPanel panel, SigmaPanel.Run run) throws ResultFileException {
        Mask mask = run.result().settings().mask();
        double sigma = mask instanceof Mask.Gaussian gaussian ? gaussian.sigma() : Double.POSITIVE_INFINITY;
        SigmaPanel.Run there = panel.add(sigma, run);
        if (there != run) {
            throw new ResultFileException(
                    run.file(), "it holds the same run as " + there.file().getFileName() + "; delete one of them");
        }
    }

    private static void requireRandom(SigmaPanel panel) throws ResultFileException {
        for (double sigma : panel.sigmas()) {
            for (Map.Entry<Long, SigmaPanel.Run> run : panel.at(sigma).entrySet()) {
                if (!panel.at(Double.POSITIVE_INFINITY).containsKey(run.getKey())) {
                    throw new ResultFileException(
                            run.getValue().file(),
                            "there is no random masking (FLIP) to compare it with: " + panel.title() + ", seed "
                                    + run.getKey() + "; make that run too, or take this file away");
                }
            }
        }
    }
}
