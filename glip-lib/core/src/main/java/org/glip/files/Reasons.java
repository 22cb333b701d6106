package org.glip.files;

import java.io.EOFException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;

/**
 * What an exception says. Some of the JDK's say nothing, or only the name of a file; by their message alone nobody
 * learns why.
 */
public final class Reasons {
    private Reasons() {}

    /**
     * Returns the reason of a failure, for a message around it.
     *
     * @param failure what happened
     * @return its message, or what its type tells; never empty
     */
    public static String of(Exception failure) {
        String message = failure.getMessage();
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return failure.getClass().getSimpleName() + " for " + file.getFile();
        }
        if (message != null && !message.isBlank()) {
            return message;
        }
        if (failure instanceof EOFException) {
            return "it ends early";
        }
        return failure instanceof ClosedByInterruptException
                ? "interrupted"
                : failure.getClass().getSimpleName();
    }
}
