package org.glip.sets;

import java.util.List;
import org.glip.data.SampleSource;
import org.glip.text.PromptTemplates;

/**
 * Pictures that may show several classes each, of which a model is asked how well it finds those of each class.
 *
 * @param name the name of the set
 * @param classNames the classes in the order of their numbers
 * @param templates prompts of a class
 * @param source the pictures; the metadata of each hold its class numbers as {@link
 *     org.glip.data.SampleMetadata#ofClasses} says
 */
public record MultiLabelSet(String name, List<String> classNames, PromptTemplates templates, SampleSource source)
        implements LabelledSet {
    /** Copies the names. */
    public MultiLabelSet {
        classNames = List.copyOf(classNames);
    }
}
