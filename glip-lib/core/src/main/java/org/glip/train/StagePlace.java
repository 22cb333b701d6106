package org.glip.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glip.model.ClipConfig;
import org.glip.train.OtherSettingsException.Difference;

/**
 * Where a stage is kept, and how.
 *
 * @param folder of this stage alone
 * @param provenance what is said of it there
 * @param keep how many checkpoints stay, 0 for none
 * @param resumes whether it goes on from the newest of them
 * @param changes names of the settings that may differ from that checkpoint's
 */
record StagePlace(Path folder, Provenance provenance, int keep, boolean resumes, Set<String> changes) {
    private static final String CHANGED = "changed at step ";

    /**
     * Where a stage begins.
     *
     * @param checkpoint nothing for a new one
     * @param provenance of what is made from there on: that of the stage, with what was changed on the way
     */
    record Start(Optional<Checkpoint> checkpoint, Provenance provenance) {}

    /**
     * Finds where the stage begins.
     *
     * @throws IOException where the folder holds another run and the stage is not to go on, or its checkpoints are
     *     damaged
     * @throws OtherSettingsException where the checkpoint was made with other settings
     */
    Start start(ClipConfig model, StageConfig config) throws IOException {
        if (!resumes) {
            StageFolder.requireNoRun(folder);
            return new Start(Optional.empty(), provenance);
        }
        Optional<Checkpoint> newest = StageFolder.newestCheckpoint(folder);
        if (newest.isEmpty()) {
            return new Start(newest, provenance);
        }
        Checkpoint checkpoint = newest.get();
        List<Difference> changed = new ResumedSettings(model, config, provenance, changes).require(checkpoint);
        Map<String, String> details = new LinkedHashMap<>(provenance.details());
        checkpoint.provenance().details().forEach((name, text) -> {
            if (name.startsWith(CHANGED)) {
                details.put(name, text);
            }
        });
        if (!changed.isEmpty()) {
            String text =
                    String.join("; ", changed.stream().map(Difference::toString).toList());
            details.merge(CHANGED + checkpoint.step(), text, (before, now) -> before + "; " + now);
        }
        return new Start(newest, provenance.with(details));
    }
}
