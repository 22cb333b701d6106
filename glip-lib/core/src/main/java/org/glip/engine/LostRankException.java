package org.glip.engine;

/**
 * Another process of a {@link ProcessGroup} has gone, or said nothing for as long as the group's patience. There is no
 * repair in place: all processes end, and a new group goes on from the last checkpoint.
 */
public final class LostRankException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what happened
     * @param cause the engine's exception
     */
    public LostRankException(String message, Throwable cause) {
        super(message, cause);
    }
}
