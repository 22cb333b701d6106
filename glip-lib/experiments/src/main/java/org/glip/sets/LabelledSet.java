package org.glip.sets;

import java.util.List;
import org.glip.text.PromptTemplates;

/** Pictures of known classes, one or several each. */
public sealed interface LabelledSet extends EvaluationSet permits ClassificationSet, MultiLabelSet {
    /** {@return the classes in the order of their numbers, at least two} */
    List<String> classNames();

    /** {@return prompts of a class} */
    PromptTemplates templates();
}
