package org.glip.experiment;

import java.util.List;
import org.glip.eval.ClassificationResult;
import org.glip.results.RunResult;

/**
 * What {@link ScenesEvaluation} found.
 *
 * @param result the figures, with provenance
 * @param models what was evaluated
 * @param unmasked zero-shot over all labels of the held-out drawing style, full pictures, before the tuning
 * @param tuned the same after the unmasked tuning
 * @param readable the tuned model over the readable labels
 * @param readableKeys the samples that {@code readable} is about, in its order
 */
public record ScenesOutcome(
        RunResult result,
        TrainedModels models,
        ClassificationResult unmasked,
        ClassificationResult tuned,
        ClassificationResult readable,
        List<String> readableKeys) {}
