/**
 * Whole experiments, as the notebooks run them: pre-train by a method, tune unmasked, evaluate, and keep the figures with their
 * provenance.
 *
 * <p>May depend on: {@code report}, {@code claims}, {@code results}, {@code stats}, {@code scenes}, {@code sets},
 * {@code eval}, {@code train}, {@code data}, {@code model}, {@code mask}, {@code image}, {@code text}, {@code
 * engine}, {@code random}, {@code files}.
 */
@NullMarked
package org.glip.experiment;

import org.jspecify.annotations.NullMarked;
