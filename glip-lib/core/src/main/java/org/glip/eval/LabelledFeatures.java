package org.glip.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.glip.random.KeyedRandom;

/**
 * Features of pictures whose classes are known.
 *
 * @param features one row a picture
 * @param labels the class number of each row; not copied, so it must not change
 * @param classNames the classes, at least two, in the order of their numbers
 */
public record LabelledFeatures(Features features, int[] labels, List<String> classNames) {
    /** Fewer validation pictures of a class say nothing about it. */
    private static final int LEAST_VALIDATION = 2;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the sizes disagree, a label is no class number, or the pictures are not of
     *     two classes at least
     */
    public LabelledFeatures {
        classNames = List.copyOf(classNames);
        ClassificationResult.requireLabels(labels, features.count(), classNames.size());
        requireTwoClasses(labels, classNames);
    }

    /**
     * {@return the pictures of a data set with the classes that its metadata name}
     *
     * @param set embedded pictures
     * @param classes class names and where a sample tells its own
     * @throws IllegalArgumentException where a picture has no such class; the picture is named
     */
    public static LabelledFeatures of(EmbeddedSet set, ClassLabels classes) {
        return new LabelledFeatures(set.images(), set.labels(classes.names(), classes.field()), classes.names());
    }

    /**
     * A part to learn from, and a part to choose settings by.
     *
     * @param training to learn from
     * @param validation to choose settings by
     */
    public record Split(LabelledFeatures training, LabelledFeatures validation) {}

    /**
     * Splits each class in the same proportion. A function of its arguments.
     *
     * @param share of each class that becomes validation, in (0, 1)
     * @param seed of the choice
     * @return both parts
     * @throws IllegalArgumentException if the share is out of range, or leaves a class without a training picture or
     *     with fewer than two validation pictures; the class is named
     */
    public Split split(double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the validation share must be between 0 and 1, not " + share);
        }
        List<Integer> training = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (int c = 0; c < classNames.size(); c++) {
            int[] rows = rowsOf(c);
            int chosen = (int) Math.round(share * rows.length);
            if (chosen < LEAST_VALIDATION || chosen == rows.length) {
                throw new IllegalArgumentException("a validation share of " + share + " of the " + rows.length
                        + " training pictures of class " + c + " (\"" + classNames.get(c) + "\") leaves " + chosen
                        + " for validation and " + (rows.length - chosen) + " for training; at least "
                        + LEAST_VALIDATION + " and 1 are needed: change the share, or fix the regularisation instead");
            }
            shuffle(rows, KeyedRandom.stream(seed, KeyedRandom.Purpose.SHUFFLE, 0, c));
            Arrays.stream(rows, 0, chosen).forEach(validation::add);
            Arrays.stream(rows, chosen, rows.length).forEach(training::add);
        }
        return new Split(rows(training), rows(validation));
    }

    /**
     * Checks that there is something to learn of every class.
     *
     * @return this
     * @throws IllegalArgumentException if a class has no picture; it is named
     */
    LabelledFeatures requireEveryClass() {
        for (int c = 0; c < classNames.size(); c++) {
            if (rowsOf(c).length == 0) {
                throw new IllegalArgumentException("no training picture is of class " + c + " (\"" + classNames.get(c)
                        + "\"); remove it from the classes, or check that they are those of the data");
            }
        }
        return this;
    }

    private int[] rowsOf(int classNumber) {
        return IntStream.range(0, labels.length)
                .filter(row -> labels[row] == classNumber)
                .toArray();
    }

    private LabelledFeatures rows(List<Integer> chosen) {
        int[] rows = chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
        return new LabelledFeatures(
                features.rows(rows), Arrays.stream(rows).map(row -> labels[row]).toArray(), classNames);
    }

    /** Fisher and Yates. */
    static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    /**
     * @throws IllegalArgumentException if all pictures are of one class; it is named
     */
    static void requireTwoClasses(int[] labels, List<String> classNames) {
        if (Arrays.stream(labels).allMatch(label -> label == labels[0])) {
            throw new IllegalArgumentException("all " + labels.length + " pictures are of class " + labels[0] + " (\""
                    + classNames.get(labels[0]) + "\"); a classification needs pictures of at least two classes");
        }
    }
}
