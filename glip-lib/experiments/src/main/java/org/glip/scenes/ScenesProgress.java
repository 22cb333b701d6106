package org.glip.scenes;

/** Is told how far the preparation of Scenes has come. Called from one thread at a time. */
@FunctionalInterface
public interface ScenesProgress {
    /** Tells nobody. */
    ScenesProgress NONE = (stage, done, total) -> {};

    /**
     * Something was done.
     *
     * @param stage what is being made, such as {@code drawings: noto} or {@code centred: train}
     * @param done how many of them
     * @param total how many there will be
     */
    void update(String stage, long done, long total);
}
