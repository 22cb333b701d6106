package org.glip.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glip.eval.LinearProbe;
import org.glip.eval.ProbeSolver;
import org.glip.train.FineTuner;
import org.glip.train.OptimizerConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the evaluations that learn from labelled pictures do so. */
final class SupervisedOptions {
    private static final String LBFGS = "lbfgs";
    private static final String ADAMW = "adamw";
    private static final String ZERO = "zero";
    private static final String TEXT = "text";
    private static final double WARM_UP_SHARE = 0.1;

    /** The options that each kind of learning reads; any other of them would have no effect. */
    private static final Map<String, Set<String>> READ = Map.of(
            LBFGS,
            Set.of("--train-data", "--solver", "--regularization", "--validation-share"),
            ADAMW,
            Set.of(
                    "--train-data",
                    "--solver",
                    "--regularization",
                    "--validation-share",
                    "--epochs",
                    "--lr",
                    "--train-batch"),
            EvaluateCommand.FINE_TUNE,
            Set.of("--train-data", "--epochs", "--lr", "--train-batch", "--weight-decay", "--layer-decay", "--head"));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--train-data",
            arity = "1..*",
            paramLabel = "SHARDS",
            description = "Linear probe and fine-tuning: labelled pictures to learn from, written as --data.")
    private @Nullable List<String> trainData;

    @Option(
            names = "--solver",
            defaultValue = LBFGS,
            paramLabel = "NAME",
            description = "Linear probe: " + LBFGS + " (logistic regression) or " + ADAMW
                    + " (CLIP_benchmark's) (default: ${DEFAULT-VALUE}).")
    private String solver;

    @Option(
            names = "--regularization",
            paramLabel = "X",
            description = "Linear probe: C of the logistic regression, or weight decay of AdamW"
                    + " (default: chosen by the validation share).")
    private @Nullable Double regularization;

    @Option(
            names = "--validation-share",
            defaultValue = "0.2",
            paramLabel = "X",
            description = "Linear probe: share of each class's training pictures that chooses the regularisation"
                    + " (default: ${DEFAULT-VALUE}).")
    private double validationShare;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training data (default: 10).")
    private @Nullable Integer epochs;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "Peak learning rate (default: 0.1 for the AdamW probe, 1e-4 for fine-tuning).")
    private @Nullable Double learningRate;

    @Option(names = "--train-batch", paramLabel = "N", description = "Pictures a training step (default: 64).")
    private @Nullable Integer trainBatch;

    @Option(
            names = "--weight-decay",
            defaultValue = "0.05",
            paramLabel = "X",
            description = "Fine-tuning: decay of matrices (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--layer-decay",
            defaultValue = "1",
            paramLabel = "X",
            description = "Fine-tuning: what the learning rate is multiplied with from layer to layer downwards, 1 for"
                    + " none (default: ${DEFAULT-VALUE}).")
    private double layerDecay;

    @Option(
            names = "--head",
            defaultValue = ZERO,
            paramLabel = "KIND",
            description = "Fine-tuning: where the classifier begins, " + ZERO + " or " + TEXT
                    + " (the features of --templates) (default: ${DEFAULT-VALUE}).")
    private String head;

    /** The training data of a task that learns; refuses options that would have no effect on it. */
    List<String> trainData(String task) {
        requireKnown("solver", solver, LBFGS, ADAMW);
        requireKnown("head", head, ZERO, TEXT);
        refuseUnread(task.equals(EvaluateCommand.FINE_TUNE) ? task : solver);
        if (trainData == null) {
            throw new ParameterException(spec.commandLine(), "task " + task + " learns: give it --train-data");
        }
        return trainData;
    }

    /** Refuses all of these options for a task that does not learn. */
    void refuseAll() {
        refuseUnread("");
    }

    private void refuseUnread(String learning) {
        Set<String> read = READ.getOrDefault(learning, Set.of());
        READ.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .filter(option -> !read.contains(option))
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .findFirst()
                .ifPresent(option -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            option + " has no effect on this "
                                    + (learning.isEmpty() ? "task" : "task (" + learning + ")") + "; leave it out");
                });
    }

    LinearProbe probe(long seed) {
        return new LinearProbe(solver(seed), regularization, validationShare, seed);
    }

    private ProbeSolver solver(long seed) {
        double rate = learningRate == null ? 0.1 : learningRate;
        return solver.equals(LBFGS)
                ? ProbeSolver.logisticRegression()
                : ProbeSolver.adamW(rate, epochs(), trainBatch(), seed);
    }

    /** The settings of fine-tuning on so many pictures. */
    FineTuner fineTuning(long pictures) {
        long steps = Math.max(1, epochs() * pictures / trainBatch());
        double rate = learningRate == null ? 1e-4 : learningRate;
        long warmup = (long) (steps * WARM_UP_SHARE);
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(rate)
                .optBetas(0.9, 0.999)
                .optEpsilon(1e-8)
                .optWeightDecay(weightDecay)
                .optWarmupSteps(warmup)
                .build();
        return new FineTuner(steps, optimizer, layerDecay);
    }

    boolean beginsAtTexts() {
        return head.equals(TEXT);
    }

    private static void requireKnown(String option, String value, String one, String other) {
        if (!value.equals(one) && !value.equals(other)) {
            throw new IllegalArgumentException("unknown " + option + " '" + value + "': use " + one + " or " + other);
        }
    }

    int trainBatch() {
        int pictures = trainBatch == null ? 64 : trainBatch;
        if (pictures < 1) {
            throw new IllegalArgumentException("--train-batch must be at least 1, not " + pictures);
        }
        return pictures;
    }

    private int epochs() {
        int passes = epochs == null ? 10 : epochs;
        if (passes < 1) {
            throw new IllegalArgumentException("--epochs must be at least 1, not " + passes);
        }
        return passes;
    }
}
