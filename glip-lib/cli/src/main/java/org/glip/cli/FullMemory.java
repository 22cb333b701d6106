package org.glip.cli;

import java.util.Locale;
import java.util.Optional;

/** Knows failures that come of too little memory, in Java or in the engine, and what helps. */
final class FullMemory {
    private FullMemory() {}

    /** What to tell of a failure; nothing where it has another reason. */
    static Optional<String> told(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError full) {
                return Optional.of("Java's memory is full (" + full.getMessage() + "): let it use more"
                        + " (GLIP_JAVA_OPTS=-Xmx8g), or take a smaller --batch or --shuffle, or fewer --workers");
            }
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("can't allocate memory") || message.contains("out of memory")) {
                return Optional.of("the engine found no memory for a step: take a smaller --micro-batch or --batch");
            }
        }
        return Optional.empty();
    }
}
