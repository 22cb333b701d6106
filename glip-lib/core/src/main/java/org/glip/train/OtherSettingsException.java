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

        /** {@return such as {@code lr was 0.001 and is 0.01}; long values are cut} */
        @Override
        public String toString() {
            return name + " was " + excerpt(before) + " and is " + excerpt(now)
                    + (reason.isEmpty() ? "" : ", " + reason);
        }

        private static String excerpt(String value) {
            return value.length() <= EXCERPT ? value : value.substring(0, EXCERPT) + "...";
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
