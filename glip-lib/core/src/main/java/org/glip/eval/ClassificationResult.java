package org.glip.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a classifier said about every image of a labelled set. Immutable.
 *
 * <p>A tie counts against the model: the true class is ranked behind every class with the same score, and other equal
 * scores are ordered by class number. A model that gives all classes the same score is thus always wrong.
 */
public final class ClassificationResult {
    /** Name in result files of the share of images whose first prediction is right. */
    public static final String TOP_1 = "top-1";
    /** Name in result files of the share of images of which one of the first five predictions is right. */
    public static final String TOP_5 = "top-5";
    /** Name in result files of the mean of the classes' shares of right images. */
    public static final String MEAN_PER_CLASS_RECALL = "mean per-class recall";

    /** Predictions kept for each image (fewer if there are fewer classes). */
    static final int PREDICTIONS = 5;

    private final List<String> classNames;
    private final int[] labels;
    private final int[] ranks;
    private final int[][] predictions;

    /**
     * How one class fared.
     *
     * @param className name of the class
     * @param images images of the class, at least 1
     * @param hits how many of them got their class as first prediction
     */
    public record ClassRecall(String className, int images, int hits) {
        /** {@return {@code hits / images}} */
        public double recall() {
            return (double) hits / images;
        }
    }

    /**
     * @param classNames the classes
     * @param labels the true class of each image
     * @param ranks for each image the number of other classes whose score is at least that of the true class
     * @param predictions for each image the best classes, best first
     */
    ClassificationResult(List<String> classNames, int[] labels, int[] ranks, int[][] predictions) {
        requireLabels(labels, ranks.length, classNames.size());
        this.classNames = List.copyOf(classNames);
        this.labels = labels.clone();
        this.ranks = ranks;
        this.predictions = predictions;
    }

    static void requireLabels(int[] labels, int images, int classes) {
        if (labels.length != images) {
            throw new IllegalArgumentException("There are " + images + " images, but labels for " + labels.length);
        }
        for (int image = 0; image < images; image++) {
            if (labels[image] < 0 || labels[image] >= classes) {
                throw new IllegalArgumentException("The label of image " + image + " is " + labels[image] + ", but the "
                        + classes + " class names allow 0 to " + (classes - 1));
            }
        }
    }

    /** {@return the number of images} */
    public int count() {
        return labels.length;
    }

    /** {@return the classes in the order of their numbers} */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * {@return the true class of an image}
     *
     * @param image its number, from 0
     */
    public int label(int image) {
        return labels[image];
    }

    /**
     * {@return the best classes for an image, best first: five, or all where there are fewer}
     *
     * @param image its number, from 0
     */
    public int[] predictions(int image) {
        return predictions[image].clone();
    }

    /**
     * {@return whether the first prediction for an image is right}
     *
     * @param image its number, from 0
     */
    public boolean isHit(int image) {
        return ranks[image] == 0;
    }

    /** {@return the share of images whose class is predicted first, in [0, 1]} */
    public double top1() {
        return accuracy(1);
    }

    /**
     * {@return the share of images whose class is among the first five, in [0, 1]; 1 if there are at most five
     * classes}
     */
    public double top5() {
        return accuracy(5);
    }

    private double accuracy(int k) {
        return (double) Arrays.stream(ranks).filter(rank -> rank < k).count() / ranks.length;
    }

    /** {@return the mean over the classes that occur of the share of their images predicted first, in [0, 1]} */
    public double meanPerClassRecall() {
        return perClass().stream().mapToDouble(ClassRecall::recall).average().orElseThrow();
    }

    /** {@return counts for every class that has an image, in the order of the class numbers} */
    public List<ClassRecall> perClass() {
        int[] images = new int[classNames.size()];
        int[] hits = new int[classNames.size()];
        for (int image = 0; image < labels.length; image++) {
            images[labels[image]]++;
            hits[labels[image]] += isHit(image) ? 1 : 0;
        }
        List<ClassRecall> recalls = new ArrayList<>();
        for (int c = 0; c < images.length; c++) {
            if (images[c] > 0) {
                recalls.add(new ClassRecall(classNames.get(c), images[c], hits[c]));
            }
        }
        return recalls;
    }

    /**
     * {@return {@link #TOP_1}, {@link #TOP_5} and {@link #MEAN_PER_CLASS_RECALL}, by the names that result files use}
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(TOP_1, top1());
        metrics.put(TOP_5, top5());
        metrics.put(MEAN_PER_CLASS_RECALL, meanPerClassRecall());
        return metrics;
    }
}
