package org.glip.notebook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.glip.report.Markup;

/** What an exercise says to an answer: that it is right, or what is wrong with it, but not the solution. */
public final class Check {
    private static final String NOT_YET = "not answered yet: put your number in the place of the one above";
    private static final double ROUNDING = 1e-9;

    private Check() {}

    /**
     * Checks a whole number.
     *
     * @param what what was asked for
     * @param answer the answer; 0 counts as none
     * @param right the right one
     * @param mistakes what is wrong with other answers that people give
     * @return the verdict, for a cell's last line
     */
    public static Html number(String what, long answer, long right, Map<Long, String> mistakes) {
        if (answer == right) {
            return right(what, answer + " is right");
        }
        if (answer == 0) {
            return open(what, NOT_YET);
        }
        String hint = mistakes.getOrDefault(answer, answer < right ? "too small" : "too large");
        return wrong(what, answer + " is not right: " + hint);
    }

    /**
     * Checks a number that need not be exact.
     *
     * @param what what was asked for
     * @param answer the answer; 0 counts as none
     * @param low the smallest that is right
     * @param high the largest that is right
     * @param tooLow what to say of a smaller one
     * @param tooHigh what to say of a larger one
     * @return the verdict
     */
    public static Html between(String what, double answer, double low, double high, String tooLow, String tooHigh) {
        String said = String.format(Locale.ROOT, "%.4g", answer);
        if (answer >= low - ROUNDING && answer <= high + ROUNDING) {
            return right(what, said + " is right");
        }
        if (answer == 0 || Double.isNaN(answer)) {
            return open(what, NOT_YET);
        }
        return wrong(what, said + " is not right: " + (answer < low ? tooLow : tooHigh));
    }

    /**
     * Checks several whole numbers.
     *
     * @param what what was asked for
     * @param answers the answers; where all are 0 there is none yet
     * @param right the right ones
     * @param each what one of them is about, such as {@code picture}
     * @return the verdict, which names those that are wrong
     */
    public static Html numbers(String what, int[] answers, int[] right, String each) {
        if (Arrays.stream(answers).allMatch(answer -> answer == 0)) {
            return open(what, NOT_YET);
        }
        if (answers.length != right.length) {
            return wrong(what, "there are " + answers.length + " numbers, but " + right.length + " are asked for");
        }
        String others = IntStream.range(0, right.length)
                .filter(i -> answers[i] != right[i])
                .mapToObj(i -> each + " " + (i + 1))
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? right(what, "all right") : wrong(what, "not right: " + others);
    }

    /**
     * Checks chosen patches.
     *
     * @param what what was asked for
     * @param answer their indices, in any order
     * @param right the right ones
     * @return the verdict, which names the first that differs
     */
    public static Html patches(String what, int[] answer, int[] right) {
        if (answer.length == 0) {
            return open(what, "not answered yet: the array is empty");
        }
        if (answer.length != right.length) {
            return wrong(what, "there are " + answer.length + " patches, but " + right.length + " stay");
        }
        int[] mine = Arrays.stream(answer).sorted().toArray();
        int[] theirs = Arrays.stream(right).sorted().toArray();
        OptionalInt other = IntStream.range(0, mine.length)
                .filter(i -> mine[i] != theirs[i])
                .findFirst();
        return other.isEmpty()
                ? right(what, "the very same " + right.length + " patches")
                : wrong(
                        what,
                        "yours has patch " + mine[other.getAsInt()] + " where the library keeps "
                                + theirs[other.getAsInt()] + "; do you take the largest scores, and is the bonus in?");
    }

    /**
     * Sets a prediction beside what was measured: there is no wrong one.
     *
     * @param what what was predicted
     * @param predicted the prediction, in the unit of the measurement
     * @param measured what came out
     * @return both, and how far apart they are
     */
    public static Html prediction(String what, double predicted, double measured) {
        return open(
                what,
                String.format(
                        Locale.ROOT,
                        "you said %.3g, it is %.3g%s",
                        predicted,
                        measured,
                        Math.abs(predicted - measured) <= 0.1 * Math.abs(measured) ? ": well guessed" : ""));
    }

    private static Html right(String what, String said) {
        return verdict("✓", "#176b37", what, said);
    }

    private static Html wrong(String what, String said) {
        return verdict("✗", "#a3262c", what, said);
    }

    private static Html open(String what, String said) {
        return verdict("→", "#555555", what, said);
    }

    private static Html verdict(String mark, String colour, String what, String said) {
        String text = what + ": " + said;
        return new Html(
                "<p><b style=\"color:" + colour + "\">" + mark + "</b> " + Markup.escaped(text) + "</p>",
                mark + " " + text);
    }
}
