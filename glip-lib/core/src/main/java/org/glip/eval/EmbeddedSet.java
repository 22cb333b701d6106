package org.glip.eval;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a data set as features, with what the data set says about each; the lists run in parallel.
 *
 * @param images one row a picture
 * @param keys the name of each sample
 * @param captions the caption of each sample
 * @param metadata the metadata of each sample
 */
public record EmbeddedSet(Features images, List<String> keys, List<String> captions, List<JsonObject> metadata) {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSet.class);

    /** Checks that the lists run in parallel. */
    public EmbeddedSet {
        if (keys.size() != images.count() || captions.size() != images.count() || metadata.size() != images.count()) {
            throw new IllegalArgumentException(images.count() + " pictures have " + keys.size() + " keys, "
                    + captions.size() + " captions and " + metadata.size() + " metadata");
        }
    }

    /**
     * Returns the class numbers of the pictures.
     *
     * @param classNames the classes in order
     * @param field the metadata field that holds a class name or a class number
     * @return a number for each picture; where a cls member beside the field says something else, that is logged
     * @throws IllegalArgumentException where a picture lacks the field or names no class; the picture is named
     */
    public int[] labels(List<String> classNames, String field) {
        ClassLabels classes = new ClassLabels(classNames, field);
        int[] labels = new int[keys.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes.number(metadata.get(i), i, keys.get(i));
        }
        classes.contradicted(metadata, labels, keys).ifPresent(LOG::warn);
        return labels;
    }

    /**
     * Returns the pictures of some classes.
     *
     * @param field the metadata field that holds a class name
     * @param names the classes that stay
     * @return those pictures, in order
     * @throws IllegalArgumentException where none is left
     */
    public EmbeddedSet where(String field, Set<String> names) {
        int[] rows = IntStream.range(0, keys.size())
                .filter(row -> metadata.get(row).get(field) instanceof JsonPrimitive name
                        && names.contains(name.getAsString()))
                .toArray();
        if (rows.length == 0) {
            throw new IllegalArgumentException("no picture has one of " + names.size() + " names in '" + field + "'");
        }
        return new EmbeddedSet(images.rows(rows), pick(keys, rows), pick(captions, rows), pick(metadata, rows));
    }

    private static <T> List<T> pick(List<T> list, int[] rows) {
        return Arrays.stream(rows).mapToObj(list::get).toList();
    }

    /**
     * Returns groups of equal texts: pictures that share a caption or a class are each other's answers in retrieval.
     *
     * @param texts a text for each picture
     * @param distinct filled with the distinct texts in the order of their first appearance
     * @return for each picture the number of its text in {@code distinct}
     */
    public static int[] groups(List<String> texts, List<String> distinct) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] groups = new int[texts.size()];
        for (int i = 0; i < groups.length; i++) {
            Integer known = numbers.get(texts.get(i));
            if (known == null) {
                known = distinct.size();
                numbers.put(texts.get(i), known);
                distinct.add(texts.get(i));
            }
            groups[i] = known;
        }
        return groups;
    }
}
