package org.glip.parts;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.glip.data.SampleRange;

/**
 * One of the parts that a piece of work is divided into. Each goes through its own samples and leaves one file; any
 * machine may do any of them, in any order, and twice.
 *
 * @param number which, from 1
 * @param parts how many there are
 */
public record Part(int number, int parts) {
    /** More files than a folder should hold. */
    private static final int MOST = 100_000;

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})/(\\d{1,9})");

    /** Checks the range. */
    public Part {
        requireCount(parts);
        if (number < 1 || number > parts) {
            throw new IllegalArgumentException("parts are numbered from 1: of " + parts + " the last is " + parts
                    + ", and there is no part " + number);
        }
    }

    private static void requireCount(int parts) {
        if (parts < 1 || parts > MOST) {
            throw new IllegalArgumentException("there can be 1 to " + MOST + " parts, not " + parts);
        }
    }

    /**
     * Reads what {@link #toString} gives.
     *
     * @param text such as {@code 3/8}
     * @return the part
     * @throws IllegalArgumentException if it is written otherwise, or there is no such part
     */
    public static Part parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "a part is written as its number and how many there are, such as 3/8," + " not '" + text + "'");
        }
        return new Part(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }

    /**
     * {@return all parts, in order}
     *
     * @param parts how many, at least 1
     */
    public static List<Part> all(int parts) {
        requireCount(parts);
        return IntStream.rangeClosed(1, parts)
                .mapToObj(number -> new Part(number, parts))
                .toList();
    }

    /**
     * {@return where a part leaves what it found, beside the result of all}
     *
     * @param whole the file that all parts together become
     */
    public Path file(Path whole) {
        return whole.resolveSibling(whole.getFileName() + ".part-" + number + "-of-" + parts);
    }

    /**
     * Returns the samples of this part. Parts take whole batches, and so each batch is computed as without parts: what
     * a sample shares a batch with changes the last bits of its features.
     *
     * @param samples how many there are in all
     * @param batch samples of a batch
     * @return whole batches, as many as the other parts have, or one more; perhaps none
     */
    public SampleRange of(long samples, int batch) {
        long batches = (samples + batch - 1) / batch;
        long first = batches * (number - 1) / parts;
        long end = batches * number / parts;
        return new SampleRange(Math.min(samples, first * batch), Math.min(samples, end * batch));
    }

    /** {@return such as {@code 3/8}} */
    @Override
    public String toString() {
        return number + "/" + parts;
    }
}
