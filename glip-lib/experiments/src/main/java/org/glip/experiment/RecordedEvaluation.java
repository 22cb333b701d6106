package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.results.ResultFileException;
import org.glip.sets.SetsFolder;
import org.jspecify.annotations.Nullable;

/**
 * Which evaluation of a run a result file is of: the usual one, or a {@link FurtherEvaluation}, whose settings stand
 * under its name among those of the run.
 *
 * @param further the linear probe or the fine-tuning; null for the others
 * @param sets names of the field's sets that the tuned model was put to; empty for the others
 */
record RecordedEvaluation(@Nullable FurtherEvaluation further, List<String> sets) {
    private static final String PROBE = "linear-probe ";
    private static final String FINE_TUNING = "fine-tuning ";
    private static final String SETS = "sets names";

    static RecordedEvaluation read(RecordedSettings settings) throws ResultFileException {
        if (settings.has(PROBE + "pictures")) {
            return new RecordedEvaluation(
                    settings.parsed(
                            PROBE + "pictures", "a number of pictures", text -> new KindProbe(Integer.parseInt(text))),
                    List.of());
        }
        if (settings.has(FINE_TUNING + "pictures")) {
            int epochs = settings.integer(FINE_TUNING + "epochs");
            double rate = settings.number(FINE_TUNING + "learning rate");
            double decay = settings.number(FINE_TUNING + "layer decay");
            return new RecordedEvaluation(
                    settings.parsed(
                            FINE_TUNING + "pictures",
                            "a number of pictures",
                            text -> new KindFineTuning(Integer.parseInt(text), epochs, rate, decay)),
                    List.of());
        }
        return new RecordedEvaluation(
                null,
                settings.find(SETS).map(names -> List.of(names.split(" "))).orElse(List.of()));
    }

    /** What it adds to the settings of the run. */
    Map<String, String> configuration() {
        if (further == null) {
            return sets.isEmpty() ? Map.of() : Map.of(SETS, String.join(" ", sets));
        }
        Map<String, String> configuration = new LinkedHashMap<>();
        further.settings().forEach((name, value) -> configuration.put(further.id() + " " + name, value));
        return configuration;
    }

    /** Whether it is one that figures of the training stand beside. */
    boolean isUsual() {
        return further == null && sets.isEmpty();
    }

    /**
     * Opens what is tested on.
     *
     * @param file the result file, for messages
     * @param folder of the field's sets, or null
     * @throws IOException where it is missing
     */
    RunEvaluation open(Path file, Benchmark benchmark, @Nullable Path folder) throws IOException {
        if (further != null) {
            return further;
        }
        if (sets.isEmpty()) {
            return benchmark.openEvaluation();
        }
        if (folder == null) {
            throw new ResultFileException(
                    file,
                    "\"provenance.configuration." + SETS + "\" names " + sets + "; say where they lie: --sets DIR");
        }
        Optional<FieldSets> found = FieldSets.present(new SetsFolder(folder), sets);
        if (found.isEmpty() || !found.get().names().equals(sets)) {
            throw new ResultFileException(
                    file,
                    "\"provenance.configuration." + SETS + "\" names " + sets + ", of which " + folder + " has "
                            + found.map(FieldSets::names).orElse(List.of()));
        }
        return found.get();
    }
}
