package org.glip.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log that a training left. */
final class CommandRunLog {
    private CommandRunLog() {}

    static List<String> of(Path run) {
        try {
            return Files.readAllLines(run.resolve("log.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
