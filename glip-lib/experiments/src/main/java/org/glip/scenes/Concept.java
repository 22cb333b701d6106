package org.glip.scenes;

import java.util.List;

/**
 * What an emoji stands for, whoever drew it.
 *
 * @param id its code points in upper-case hexadecimal without U+FE0F, joined by hyphens, such as
 *     {@code 1F415-200D-1F9BA}
 * @param label its name in English, such as {@code service dog}
 * @param tags key words
 * @param subgroup one of about 100 kinds, such as {@code mammals}
 * @param group one of 9, such as {@code animals & nature}
 */
record Concept(String id, String label, List<String> tags, String subgroup, String group) {
    private static final String FLAGS = "flags";

    /** The concepts that share a fold with this one have the same group key. */
    String groupKey() {
        return ConceptFolds.groupKey(label);
    }

    /** Which of the ten folds, 0 to 9. */
    int fold() {
        return ConceptFolds.fold(groupKey());
    }

    /** Whether it is a flag; flags are many, alike across styles, and are often counted apart. */
    boolean flag() {
        return group.equals(FLAGS);
    }
}
