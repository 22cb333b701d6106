package org.glip.sets;

import org.glip.data.SampleSource;

/**
 * Pictures with one or more captions each.
 *
 * @param name the name of the set
 * @param source the pictures; the metadata of each hold its captions as {@link org.glip.data.SampleMetadata} says
 */
public record RetrievalSet(String name, SampleSource source) implements EvaluationSet {}
