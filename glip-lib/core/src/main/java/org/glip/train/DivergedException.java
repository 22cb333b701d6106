package org.glip.train;

/** Training has diverged: the loss is infinite or no number. The message says at which step and what to change. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Tells of a training that went wrong.
     *
     * @param message complete, for a user
     */
    public DivergedException(String message) {
        super(message);
    }
}
