package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.glip.results.ResultFileException;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;

/**
 * Sizes a comparison on Scenes to the machine: times a few steps of each method, and chooses from a ladder how many
 * pairs all of them train on, so that training, tuning and tests end in time.
 */
public final class Sizing {
    /** Share of the lowest rung that is trained on to time a method: seconds beside minutes. */
    private static final int MEASURED_SHARE = 8;

    /** Steps that are timed at least, and the part of all at the start that is not: Java compiles meanwhile. */
    private static final int FEWEST_STEPS = 4;

    private static final int WARM_UP_SHARE = 2;

    /** Of an unmasked step's time: measured, decoding in it; a forward pass alone takes a quarter. */
    private static final double LOOK_SHARE = 0.3;

    /** For what else a notebook does: drawing while it trains, baselines, loading models. */
    private static final double OTHER_SECONDS = 20;

    private final Scenes scenes;
    private final List<Method> methods;
    private final IntFunction<SamplePlan> plans;
    private final Path models;

    /**
     * Prepares to choose.
     *
     * @param scenes the data; tested by {@link Benchmark#ofMainTests}
     * @param methods what is compared, at least one
     * @param plans the plan for a number of pairs, such as {@code pairs -> Plan.ofSamples(pairs, precision)}
     * @param models the folder that {@link Comparison} keeps models in
     */
    public Sizing(Scenes scenes, List<Method> methods, IntFunction<SamplePlan> plans, Path models) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("there is no method to train");
        }
        this.scenes = scenes;
        this.methods = List.copyOf(methods);
        this.plans = plans;
        this.models = models;
    }

    /**
     * Chooses. Where models of one of the methods with seed 0 lie in the folder already, their number of pairs is kept,
     * so that they need not be trained again because the machine is quicker or slower today.
     *
     * @param ladder to choose from
     * @param budget the time for all, this choice included
     * @param progress told after each step that is timed
     * @return the number of pairs, and why
     * @throws IllegalArgumentException if the budget is not above zero
     * @throws IOException if data or models cannot be read
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public PairLadder.Choice choose(PairLadder ladder, Duration budget, RunProgress progress) throws IOException {
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("trainings need time, not " + budget.toSeconds() + " s");
        }
        Optional<PairLadder.Choice> before = trainedBefore(ladder);
        if (before.isPresent()) {
            return before.get();
        }
        long begin = System.nanoTime();
        PairLadder.Cost cost = cost(ladder, progress);
        double spent = (System.nanoTime() - begin) / 1e9;
        return ladder.choose(
                new PairLadder.Cost(cost.secondsPerPair(), cost.fixedSeconds() + spent), budget.toMillis() / 1e3);
    }

    private Optional<PairLadder.Choice> trainedBefore(PairLadder ladder) throws IOException {
        for (int i = ladder.rungs().size() - 1; i >= 0; i--) {
            int pairs = ladder.rungs().get(i);
            for (Method method : methods) {
                Run run = new Run(Benchmark.ofMainTests(scenes), plans.apply(pairs), method, 0);
                if (isTrained(run)) {
                    return Optional.of(new PairLadder.Choice(
                            pairs,
                            String.format(
                                    Locale.ROOT,
                                    "%,d pairs for each method, because there are models in %s that were trained on as"
                                            + " many.",
                                    pairs,
                                    models)));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isTrained(Run run) throws IOException {
        try {
            return TrainedModels.find(models.resolve(run.id()), run).isPresent();
        } catch (ResultFileException e) {
            return false; // another run's
        }
    }

    private PairLadder.Cost cost(PairLadder ladder, RunProgress progress) throws IOException {
        int least = ladder.rungs().get(0);
        SamplePlan plan = plans.apply(least);
        Map<Method, Double> secondsPerPair = new LinkedHashMap<>();
        for (Method method : methods) {
            secondsPerPair.put(method, secondsPerPair(plan, method, progress));
        }
        Double known = secondsPerPair.get(Method.clip());
        double unmasked = known != null ? known : secondsPerPair(plan, Method.clip(), progress);
        double masked = secondsPerPair.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double tuning = unmasked * plan.tuningSamples() / plan.samples();
        int validated = Math.min(ScenesValidation.PICTURES, scenes.samples(ScenesSplit.VALIDATION));
        int looks = new ScenesEvaluation(scenes, false).pictures() + RunTraining.VALIDATIONS * validated;
        return new PairLadder.Cost(
                masked + methods.size() * tuning, methods.size() * looks * unmasked * LOOK_SHARE + OTHER_SECONDS);
    }

    private double secondsPerPair(SamplePlan plan, Method method, RunProgress progress) throws IOException {
        int steps = Math.max(FEWEST_STEPS, plan.samples() / MEASURED_SHARE / plan.batchSize());
        Run run = new Run(Benchmark.ofMainTests(scenes), plan.withSamples(steps * plan.batchSize()), method, 0);
        return 1 / TrainingSpeed.samplesPerSecond(run, steps / WARM_UP_SHARE, progress);
    }
}
