package org.glip.sets;

import org.glip.data.SampleSource;

/** A set that a model is evaluated on: pictures of known classes, or pictures with captions. */
public sealed interface EvaluationSet permits LabelledSet, RetrievalSet {
    /** {@return the name of the set, as results are listed under it} */
    String name();

    /** {@return the pictures} */
    SampleSource source();
}
