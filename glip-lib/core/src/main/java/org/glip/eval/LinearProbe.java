package org.glip.eval;

import org.glip.files.Interruption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The linear probe (CLIP, appendix A.3): how well the classes can be told by a linear classifier on
 * frozen, L2-normalised features. The regularisation is chosen on a part of the training pictures; the classifier is
 * then fitted to all of them.
 *
 * @param solver how a classifier is fitted
 * @param regularization a fixed regularisation, or null to choose it
 * @param validationShare share of the training pictures of each class by which it is chosen, in (0, 1)
 * @param seed of the choice of those pictures
 */
public record LinearProbe(ProbeSolver solver, @Nullable Double regularization, double validationShare, long seed) {
    private static final Logger LOGGER = LoggerFactory.getLogger(LinearProbe.class);

    /**
     * What a probe found.
     *
     * @param regularization the regularisation used
     * @param validationAccuracy top-1 on the validation pictures that chose it; null where it was fixed
     * @param test predictions of the test pictures by the classifier that was fitted to all training pictures
     */
    public record Result(double regularization, @Nullable Double validationAccuracy, ClassificationResult test) {}

    /**
     * Chooses, fits and tests.
     *
     * @param training pictures with at least one of each class; where the regularisation is chosen, enough for the
     *     validation share
     * @param test pictures of the same classes, with features of the same model
     * @return predictions of the test pictures
     * @throws IllegalArgumentException if the two do not fit together, or a class has too few pictures; it is named
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Result evaluate(LabelledFeatures training, LabelledFeatures test) {
        SimilarityPanels.requireSameDimension("Training", training.features(), "test", test.features());
        training.requireEveryClass();
        if (regularization != null) {
            return fit(training, test, regularization, null);
        }
        LabelledFeatures.Split split = training.split(validationShare, seed);
        RegularizationGrid.Candidate best = solver.grid().best(number -> judge(split, number));
        return fit(training, test, best.regularization(), best.accuracy());
    }

    /**
     * Chooses on pictures apart, such as those of concepts that the training pictures do not show; fits to the training
     * pictures and tests.
     *
     * @param training pictures with at least one of each class
     * @param validation pictures of the same classes by which the regularisation is chosen, whatever
     *     {@link #regularization} says
     * @param test pictures of the same classes
     * @return predictions of the test pictures
     * @throws IllegalArgumentException if the three do not fit together, or a class has no training picture; it is
     *     named
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public Result evaluate(LabelledFeatures training, LabelledFeatures validation, LabelledFeatures test) {
        SimilarityPanels.requireSameDimension("Training", training.features(), "test", test.features());
        SimilarityPanels.requireSameDimension("Training", training.features(), "validation", validation.features());
        LabelledFeatures.Split split = new LabelledFeatures.Split(training.requireEveryClass(), validation);
        RegularizationGrid.Candidate best = solver.grid().best(number -> judge(split, number));
        return fit(training, test, best.regularization(), best.accuracy());
    }

    private Result fit(
            LabelledFeatures training, LabelledFeatures test, double number, @Nullable Double validationAccuracy) {
        ProbeSolver.Fit fit = solver.fit(training, number);
        if (!fit.converged()) {
            LOGGER.warn(
                    "the linear probe with {} = {} stopped at its last iteration, short of its tolerance",
                    solver.regularizationName(),
                    number);
        }
        return new Result(number, validationAccuracy, fit.classifier().classify(test));
    }

    private RegularizationGrid.Candidate judge(LabelledFeatures.Split split, double number) {
        Interruption.check("the linear probe");
        // Not all candidates converge: the weakest regularisation of the grid is next to none.
        LinearClassifier candidate = solver.fit(split.training(), number).classifier();
        LinearClassifier.Verdict verdict = candidate.judge(split.validation());
        LOGGER.debug(
                "{} = {}: validation accuracy {}, loss {}",
                solver.regularizationName(),
                number,
                verdict.result().top1(),
                verdict.loss());
        return new RegularizationGrid.Candidate(number, verdict.result().top1(), verdict.loss());
    }
}
