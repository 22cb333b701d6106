package org.glip.experiment;

import java.nio.file.Path;

/** The stages of a run's training, in their order. Each is one {@link org.glip.train.Pretraining}. */
public enum Stage {
    /** By the method, at its picture size. */
    PRETRAINING("pre-training", "pretrained"),
    /** Without a mask, on full pictures, from the weights of the pre-training. */
    TUNING("tuning", "tuned");

    private final String label;
    private final String folder;

    Stage(String label, String folder) {
        this.label = label;
        this.folder = folder;
    }

    /** Where a run keeps this stage and its model. */
    Path in(Path run) {
        return run.resolve(folder);
    }

    @Override
    public String toString() {
        return label;
    }
}
