package org.glip.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.glip.train.OtherSettingsException;
import org.glip.train.OtherSettingsException.Difference;
import org.glip.train.Pretraining;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folder of a stage, and how a run in it goes on. */
final class RunFolderOptions {
    /** Fingerprint of the data's files, beside what they are called. */
    static final String DATA_FILES = "data files";

    static final String TRAINING = "training";

    /** Names of the provenance whose options are called otherwise. */
    private static final Map<String, String> OPTIONS =
            Map.of(DATA_FILES, "data", "transform", "augment", "weights", "init");

    /** What {@code --changed} takes. */
    private static final List<String> CHANGEABLE = List.of(
            "data",
            "init",
            "steps",
            "batch",
            "micro-batch",
            "lr",
            "warmup",
            "weight-decay",
            "beta1",
            "beta2",
            "eps",
            "mask",
            "augment",
            "shuffle",
            "caption-key",
            "random-caption",
            "seed",
            "precision",
            "route");

    /** What follows from others. */
    private static final List<String> DERIVED = List.of(TRAINING, ModelOrigin.SETTING);

    @Option(
            names = "--checkpoint-every",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Steps between checkpoints, 0 for one at the end only (default: ${DEFAULT-VALUE}).")
    private long checkpointEvery;

    @Option(
            names = "--keep",
            defaultValue = "2",
            paramLabel = "N",
            description = "Checkpoints that stay; where the newest is damaged, the one before is gone on from (default:"
                    + " ${DEFAULT-VALUE}).")
    private int keep;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for log, checkpoints and model.")
    private Path out;

    @Option(
            names = "--resume",
            description = "Go on from the newest checkpoint in the folder. Data and settings must be those of before;"
                    + " --steps may differ where that changes no learning rate of a step that is done.")
    private boolean resume;

    @Option(
            names = "--changed",
            split = ",",
            paramLabel = "NAME",
            description = "With --resume, settings that may be others than before: names of options without the dashes,"
                    + " such as shuffle,data.")
    private List<String> changed = List.of();

    @Option(
            names = "--tensorboard",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DIR",
            description =
                    "Write event files for TensorBoard, with the figures of each step (default folder: tensorboard"
                            + " in that of --out).")
    private @Nullable String tensorBoard;

    Path out() {
        return out;
    }

    boolean resumes() {
        return resume;
    }

    private @Nullable Path tensorBoard() {
        if (tensorBoard == null) {
            return null;
        }
        return tensorBoard.isEmpty() ? out.resolve("tensorboard") : Path.of(tensorBoard);
    }

    long checkpointEvery() {
        return checkpointEvery;
    }

    /** Says how the folder is kept. */
    void describe(Pretraining.Builder stage) {
        stage.optKeep(keep).optResume(resume).optChanges(accepted()).optTensorBoard(tensorBoard());
    }

    private Set<String> accepted() {
        if (!changed.isEmpty() && !resume) {
            throw new IllegalArgumentException("--changed goes with --resume");
        }
        Set<String> accepted = new LinkedHashSet<>(DERIVED);
        for (String name : changed) {
            if (!CHANGEABLE.contains(name)) {
                throw new IllegalArgumentException(
                        "--changed takes names of settings, not '" + name + "': " + String.join(", ", CHANGEABLE));
            }
            accepted.add(name);
            OPTIONS.forEach((inProvenance, option) -> {
                if (option.equals(name)) {
                    accepted.add(inProvenance);
                }
            });
        }
        return accepted;
    }

    /** The same refusal in the words of the command line. */
    static IllegalArgumentException told(OtherSettingsException refusal) {
        List<String> options = refusal.differences().stream()
                .map(RunFolderOptions::option)
                .distinct()
                .toList();
        String what = refusal.differences().stream()
                .map(one -> name(one) + one.toString().substring(one.name().length()))
                .collect(Collectors.joining("; "));
        String cure = CHANGEABLE.containsAll(options)
                ? "--changed " + String.join(",", options) + " goes on nevertheless"
                : "go on with those of before, or begin in another folder";
        return new IllegalArgumentException(
                refusal.checkpoint() + " was made with other settings: " + what + ". " + cure, refusal);
    }

    private static String option(Difference difference) {
        return OPTIONS.getOrDefault(difference.name(), difference.name());
    }

    private static String name(Difference difference) {
        if (difference.name().equals(DATA_FILES)) {
            return "the fingerprint of --data (names and sizes of the files)";
        }
        return CHANGEABLE.contains(option(difference)) ? "--" + option(difference) : option(difference);
    }
}
