package org.glip.study;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesProgress;

/** How much of a study is done. */
public enum StudySize {
    /** A few pictures, to prove that everything runs; the figures mean nothing. */
    SMOKE,

    /** As much as one waits for; what takes longer is drawn from the result files that come along. */
    DEFAULT,

    /** All of it: what has no result file yet is trained, tested and kept. */
    FULL;

    private static final int TRAIN_SAMPLES = 60_000;
    private static final int FEW = 600;

    /**
     * Opens Scenes as the notebooks use them: 60,000 training pictures, composed on first use; for {@code SMOKE} a few
     * of drawings that the library carries.
     *
     * @param data the project's folder of data
     * @param preset where the objects lie
     * @param progress told while the pictures are made
     * @return the data set
     * @throws IOException if a file is missing, damaged or cannot be written; it is named
     */
    public Scenes scenes(Path data, ScenesPreset preset, ScenesProgress progress) throws IOException {
        ScenesConfig config = ScenesConfig.of(preset).withTrainSamples(this == SMOKE ? FEW : TRAIN_SAMPLES);
        return this == SMOKE ? Scenes.openMini(data, config, progress) : Scenes.open(data, config, progress);
    }

    /** Picks the value for this size. */
    <T> T choose(T smoke, T usual, T full) {
        return switch (this) {
            case SMOKE -> smoke;
            case DEFAULT -> usual;
            case FULL -> full;
        };
    }
}
