/**
 * Whole experiments, as the notebooks run them: pre-train by a method, tune unmasked, evaluate, and keep the figures
 * with their provenance.
 *
 * <p>The words, from small to large:
 *
 * <ul>
 *   <li>a <i>step</i> is one update of the weights by a batch of pairs;
 *   <li>a <i>stage</i> is one {@link org.glip.train.Pretraining}, with its {@link org.glip.train.StageConfig}: the
 *       masked pre-training, or the unmasked tuning ({@link org.glip.experiment.Stage});
 *   <li>a <i>run</i> is the pre-training of a {@link org.glip.experiment.Method} with a seed, its tuning and its
 *       evaluation ({@link org.glip.experiment.Run}); an evaluation consists of <i>tests</i>, such as {@code tuned},
 *       each with measures, such as {@code top-1} ({@link org.glip.results.TestName}, {@link org.glip.results.Metric});
 *   <li>a <i>comparison</i> is the runs of several methods and seeds by one {@link org.glip.experiment.Plan} on one
 *       {@link org.glip.experiment.Benchmark} ({@link org.glip.experiment.Comparison}).
 * </ul>
 *
 * <p>From a notebook's {@code comparison.result(method, seed, progress)} to the step are five calls: {@code
 * Comparison.result}, {@code RunTraining.train}, {@code Pretraining.run}, {@code TrainingLoop.run}, {@code
 * ContrastiveStep.run}.
 *
 * <p>May depend on: {@code root}, {@code report}, {@code claims}, {@code results}, {@code stats}, {@code scenes},
 * {@code sets}, {@code eval}, {@code train}, {@code data}, {@code model}, {@code mask}, {@code image}, {@code text},
 * {@code engine}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.experiment;

import org.jspecify.annotations.NullMarked;
