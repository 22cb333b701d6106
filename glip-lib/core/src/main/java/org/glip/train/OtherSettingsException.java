package org.glip.train;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A stage is to go on from a checkpoint that was made with other settings or data; the message says which. */
public final class OtherSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String checkpoint;
    private final transient List<Difference> differences;

    /**
     * A setting that differs.
     *
     * @param name of a setting, as {@link Pretraining.Builder#optChanges} takes it
     * @param before the checkpoint's
     * @param now that of the stage which is to go on
     * @param reason what speaks against it, to be put after the rest; may be empty
     */
    public record Difference(String name, String before, String now, String reason) {
        private static final int EXCERPT = 100;
        private static final int BEFORE_THE_DIFFERENCE = 30;

        /** {@return such as {@code lr was 0.001 and is 0.01}, on one line; of long values, the part that differs} */
        @Override
        public String toString() {
            String then = before.replaceAll("\\s+", " ");
            String there = now.replaceAll("\\s+", " ");
            int same = 0;
            while (same < Math.min(then.length(), there.length()) && then.charAt(same) == there.charAt(same)) {
                same++;
            }
            int begin =
                    Math.max(then.length(), there.length()) <= EXCERPT ? 0 : Math.max(0, same - BEFORE_THE_DIFFERENCE);
            return name + " was " + excerpt(then, begin) + " and is " + excerpt(there, begin)
                    + (reason.isEmpty() ? "" : ", " + reason);
        }

        private static String excerpt(String value, int begin) {
            int end = Math.min(value.length(), begin + EXCERPT);
            return (begin > 0 ? "..." : "") + value.substring(begin, end) + (end < value.length() ? "..." : "");
        }
    }

    /**
     * @param checkpoint its folder
     * @param differences at least one
     */
    OtherSettingsException(Path checkpoint, List<Difference> differences) {
        super(message(checkpoint.toString(), differences));
        this.checkpoint = checkpoint.toString();
        this.differences = List.copyOf(differences);
    }

    /**
     * {@return the folder of the checkpoint}
     */
    public String checkpoint() {
        return checkpoint;
    }

    /**
     * {@return what differs}
     */
    public List<Difference> differences() {
        return differences;
    }

    private static String message(String checkpoint, List<Difference> differences) {
        return checkpoint + " was made with other settings: "
                + differences.stream().map(Difference::toString).collect(Collectors.joining("; "));
    }
}
