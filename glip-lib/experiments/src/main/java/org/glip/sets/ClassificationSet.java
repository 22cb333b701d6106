package org.glip.sets;

import java.util.List;
import org.glip.data.SampleSource;
import org.glip.text.PromptTemplates;

/**
 * Pictures of known classes.
 *
 * @param name the name of the set
 * @param classNames the classes in the order of their numbers, at least two
 * @param templates prompts of a class
 * @param source the pictures; the metadata of each hold its class number as {@link org.glip.data.SampleMetadata} says
 */
public record ClassificationSet(String name, List<String> classNames, PromptTemplates templates, SampleSource source)
        implements LabelledSet {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there are fewer than two classes
     */
    public ClassificationSet {
        classNames = List.copyOf(classNames);
        if (classNames.size() < 2) {
            throw new IllegalArgumentException("the set " + name + " needs at least two classes, not " + classNames);
        }
    }
}
