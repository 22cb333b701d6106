package org.glip.sets;

import java.util.List;
import java.util.Set;
import org.glip.text.PromptTemplates;

/**
 * What is known of a classification set without its pictures.
 *
 * @param name CLIP_benchmark's name, such as {@code imagenet1k} or {@code fgvc_aircraft}
 * @param classNames the classes in the order of their numbers; ImageNet has two names twice
 * @param templates the prompts that CLIP_benchmark uses for the set: its own, or ImageNet's eighty where it has none
 * @param folders the folder of each class where folders do not go by class name (ImageNet's WordNet ids), else empty
 */
public record ZeroShotSet(String name, List<String> classNames, PromptTemplates templates, List<String> folders) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there are fewer than two classes, or folders for another number of classes
     */
    public ZeroShotSet {
        classNames = List.copyOf(classNames);
        folders = List.copyOf(folders);
        if (classNames.size() < 2) {
            throw new IllegalArgumentException("the set " + name + " needs at least two classes, not " + classNames);
        }
        if (!folders.isEmpty() && folders.size() != classNames.size()) {
            throw new IllegalArgumentException(
                    "the set " + name + " has " + classNames.size() + " classes, but " + folders.size() + " folders");
        }
    }

    /**
     * Returns a set by CLIP_benchmark's name. The prefix {@code vtab/} may be there or not; {@code vtab/caltech101} is
     * {@code caltech101_vtab}, whose classes have another order.
     *
     * @param name such as {@code imagenet1k}
     * @return its class names and templates
     * @throws IllegalArgumentException if the name is not known; the message lists those that are
     */
    public static ZeroShotSet named(String name) {
        return NamedSets.load().get(name);
    }

    /** {@return the names that {@link #named} knows, sorted} */
    public static Set<String> names() {
        return NamedSets.load().names();
    }
}
