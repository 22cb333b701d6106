package org.glip.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A classifier whose weights are texts: one feature vector per class name.
 *
 * @param classNames the classes, at least two, in the order of their label numbers; a name may occur twice, as in
 *     ImageNet's lists
 * @param weights one row per class
 */
public record ZeroShotClassifier(List<String> classNames, Features weights) {
    /** Texts handed to the encoder in one call, at least; whole classes are never split. */
    private static final int TEXTS_PER_CALL = 256;

    private static final int IMAGES_PER_TASK = 64;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there are fewer than two classes, or not one row per class
     */
    public ZeroShotClassifier {
        classNames = List.copyOf(classNames);
        requireTwoClasses(classNames);
        if (weights.count() != classNames.size()) {
            throw new IllegalArgumentException("There are " + classNames.size() + " class names, but " + weights.count()
                    + " rows of class features");
        }
    }

    /**
     * Builds the weights from an ensemble of prompts: per class, encode all its prompts, L2-normalise each, take the
     * mean, and L2-normalise again (the paper follows CLIP here).
     *
     * @param classNames the classes, in the order of their label numbers
     * @param prompts the texts of a class, at least one; {@code templates::fill} for prompt templates
     * @param encode texts to features, in the same order; is called with some hundreds of texts at a time
     * @return the classifier
     * @throws IllegalArgumentException if there are fewer than two classes, a class has no prompt, the encoder returns
     *     another number of rows than it got texts, or the features of a class cancel each other out
     */
    public static ZeroShotClassifier fromPrompts(
            List<String> classNames, Function<String, List<String>> prompts, Function<List<String>, Features> encode) {
        requireTwoClasses(classNames);
        List<float[]> rows = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<Integer> textsPerClass = new ArrayList<>();
        for (int c = 0; c < classNames.size(); c++) {
            List<String> ofClass = prompts.apply(classNames.get(c));
            if (ofClass.isEmpty()) {
                throw new IllegalArgumentException("Class " + c + " (\"" + classNames.get(c) + "\") has no prompts");
            }
            texts.addAll(ofClass);
            textsPerClass.add(ofClass.size());
            if (texts.size() >= TEXTS_PER_CALL || c == classNames.size() - 1) {
                rows.addAll(means(encode(texts, encode), textsPerClass));
                texts.clear();
                textsPerClass.clear();
            }
        }
        return new ZeroShotClassifier(classNames, Features.ofRows(rows.toArray(float[][]::new)));
    }

    private static void requireTwoClasses(List<String> classNames) {
        if (classNames.size() < 2) {
            throw new IllegalArgumentException("A classification needs at least two classes; there "
                    + (classNames.isEmpty() ? "are none" : "is only \"" + classNames.get(0) + "\""));
        }
    }

    private static Features encode(List<String> texts, Function<List<String>, Features> encode) {
        Features features = encode.apply(List.copyOf(texts));
        if (features.count() != texts.size()) {
            throw new IllegalArgumentException("The text encoder was given " + texts.size() + " texts and returned "
                    + features.count() + " feature rows");
        }
        return features;
    }

    private static List<float[]> means(Features features, List<Integer> rowsPerClass) {
        int dimension = features.dimension();
        List<float[]> means = new ArrayList<>();
        int at = 0;
        for (int rows : rowsPerClass) {
            float[] mean = new float[dimension];
            for (int row = 0; row < rows; row++) {
                for (int d = 0; d < dimension; d++) {
                    mean[d] += features.values()[at++] / rows;
                }
            }
            means.add(mean);
        }
        return means;
    }

    /**
     * {@return the label numbers of label names}
     *
     * @param labels one class name per image
     * @throws IllegalArgumentException if a label is not among the class names, or names two classes; the message
     *     names the row
     */
    public int[] labelsOf(List<String> labels) {
        Map<String, Integer> index = new HashMap<>();
        for (int c = 0; c < classNames.size(); c++) {
            index.merge(classNames.get(c), c, (a, b) -> -1);
        }
        return IntStream.range(0, labels.size())
                .map(row -> {
                    String label = labels.get(row);
                    Integer number = index.get(label);
                    if (number == null || number < 0) {
                        throw new IllegalArgumentException("The label of image " + row + ", \"" + label + "\", is "
                                + (number == null
                                        ? "not among the " + classNames.size() + " class names (\"" + classNames.get(0)
                                                + "\", ...)"
                                        : "the name of more than one class; use label numbers"));
                    }
                    return number;
                })
                .toArray();
    }

    /**
     * Classifies images whose classes are not known: the softmax over all classes of the logit scale times the cosine,
     * which is the model's own estimate. Runs on all cores.
     *
     * @param images image features, of the classes' dimension
     * @param logitScale the factor of the cosines that the model was trained with, above 0
     * @return for each image a probability for each class, in the order of the class names; they add up to 1
     * @throws IllegalArgumentException if the dimensions disagree or the scale is not a positive number
     */
    public double[][] probabilities(Features images, double logitScale) {
        if (!(logitScale > 0) || Double.isInfinite(logitScale)) {
            throw new IllegalArgumentException("the logit scale must be a number above 0, not " + logitScale);
        }
        double[][] probabilities = new double[images.count()][];
        score(images, (image, cosines) -> probabilities[image] = softmax(cosines, logitScale));
        return probabilities;
    }

    private double[] softmax(float[] cosines, double logitScale) {
        double[] probabilities = new double[classNames.size()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < probabilities.length; c++) {
            largest = Math.max(largest, cosines[c]);
        }
        double sum = 0;
        for (int c = 0; c < probabilities.length; c++) {
            probabilities[c] = Math.exp(logitScale * (cosines[c] - largest));
            sum += probabilities[c];
        }
        for (int c = 0; c < probabilities.length; c++) {
            probabilities[c] /= sum;
        }
        return probabilities;
    }

    /**
     * Classifies images and compares with their labels. Runs on all cores.
     *
     * @param images image features, of the classes' dimension
     * @param labels the true class of each image, from 0
     * @return how it did
     * @throws IllegalArgumentException if the sizes disagree or a label is no class number; the message names the row
     */
    public ClassificationResult classify(Features images, int[] labels) {
        SimilarityPanels.requireSameDimension("Image", images, "class", weights);
        ClassificationResult.requireLabels(labels, images.count(), classNames.size());
        Ranking[] rankings = new Ranking[images.count()];
        score(images, (image, cosines) -> rankings[image] = Ranking.of(cosines, classNames.size(), labels[image]));
        return Ranking.result(classNames, labels, rankings);
    }

    /**
     * Ranks images of which each may show several classes. Runs on all cores.
     *
     * @param pictures with the numbers of their classes in the metadata
     * @return how well each class is found
     * @throws IllegalArgumentException if the dimensions disagree, a picture has no list of classes, or a class has no
     *     picture
     */
    public MultiLabelResult rank(EmbeddedSet pictures) {
        float[][] scores = new float[pictures.images().count()][];
        score(pictures.images(), (image, cosines) -> scores[image] = Arrays.copyOf(cosines, classNames.size()));
        return MultiLabelResult.of(classNames, scores, pictures);
    }

    /** Takes the scores of one image; several threads call it. */
    private interface ScoreSink {
        /**
         * @param image the number of the image
         * @param cosines with each class, and more places behind; used again for another image afterwards
         */
        void accept(int image, float[] cosines);
    }

    /** Compares every image with every class, with no labels; what is made of the scores is up to the sink. */
    private void score(Features images, ScoreSink sink) {
        SimilarityPanels.requireSameDimension("Image", images, "class", weights);
        SimilarityPanels panels = new SimilarityPanels(weights);
        int tasks = (images.count() + IMAGES_PER_TASK - 1) / IMAGES_PER_TASK;
        IntStream.range(0, tasks).parallel().forEach(task -> {
            float[] cosines = new float[panels.count() * SimilarityPanels.WIDTH];
            float[] panelCosines = new float[SimilarityPanels.WIDTH];
            int to = Math.min(images.count(), (task + 1) * IMAGES_PER_TASK);
            for (int image = task * IMAGES_PER_TASK; image < to; image++) {
                for (int panel = 0; panel < panels.count(); panel++) {
                    panels.cosines(images, image, panel, panelCosines);
                    System.arraycopy(panelCosines, 0, cosines, panel * SimilarityPanels.WIDTH, SimilarityPanels.WIDTH);
                }
                sink.accept(image, cosines);
            }
        });
    }
}
