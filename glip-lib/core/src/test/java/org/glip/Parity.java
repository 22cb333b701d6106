package org.glip;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Compares with a reference implementation, and keeps every measured difference in {@code target/parity.tsv}, from
 * which the table of docs/open_clip.md is filled.
 */
public final class Parity {
    private static final Path LOG = Path.of("target", "parity.tsv");

    private Parity() {}

    /** Euclidean distance over the reference's Euclidean norm. */
    public static double relative(float[] expected, float[] actual) {
        assertTrue(expected.length == actual.length, expected.length + " numbers expected, not " + actual.length);
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = (double) expected[i] - actual[i];
            distance += difference * difference;
            norm += (double) expected[i] * expected[i];
        }
        return distance == 0 ? 0 : Math.sqrt(distance / norm);
    }

    /** Fails where a difference is over its bound or not a number. */
    public static void check(String row, String what, double difference, double bound) {
        String line = String.format(Locale.ROOT, "%s\t%s\t%.2e\t%.1e%n", row, what, difference, bound);
        try {
            Files.createDirectories(LOG.getParent());
            Files.writeString(LOG, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertTrue(difference <= bound, row + ", " + what + ": " + difference + " is over " + bound);
    }
}
