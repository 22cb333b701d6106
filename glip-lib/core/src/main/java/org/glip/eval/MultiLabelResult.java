package org.glip.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.data.SampleMetadata;

/**
 * How well a classifier finds the pictures of each class where a picture may have several, as in PASCAL VOC.
 *
 * @param classNames the classes in the order of their numbers
 * @param averagePrecisions of each class, in [0, 1], as CLIP_benchmark computes it: difficult objects count
 * @param elevenPoints of each class, in [0, 1], by the official rules of VOC 2007: eleven recalls, and pictures that
 *     show a class by difficult objects alone are left out of its ranking
 */
public record MultiLabelResult(List<String> classNames, List<Double> averagePrecisions, List<Double> elevenPoints) {
    /** Name in result files of the mean of the classes' average precisions. */
    public static final String MEAN_AVERAGE_PRECISION = "mean average precision";
    /** Name in result files of the same by the official rules of VOC 2007. */
    public static final String MEAN_ELEVEN_POINTS = "mean 11-point average precision";

    /** Copies the lists. */
    public MultiLabelResult {
        classNames = List.copyOf(classNames);
        averagePrecisions = List.copyOf(averagePrecisions);
        elevenPoints = List.copyOf(elevenPoints);
    }

    /**
     * {@return the figures by their names in result files}
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(MEAN_AVERAGE_PRECISION, mean(averagePrecisions));
        metrics.put(MEAN_ELEVEN_POINTS, mean(elevenPoints));
        return metrics;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /**
     * Ranks the pictures by each class.
     *
     * @param classNames the classes
     * @param scores for each picture a score for each class
     * @param pictures with the numbers of their classes in the metadata ({@link SampleMetadata#ofClasses})
     * @throws IllegalArgumentException if a picture has none, or a class has no picture; it is named
     */
    static MultiLabelResult of(List<String> classNames, float[][] scores, EmbeddedSet pictures) {
        return new MultiLabelResult(
                classNames,
                IntStream.range(0, classNames.size())
                        .mapToObj(number ->
                                rank(number, classNames, scores, pictures, true).mean())
                        .toList(),
                IntStream.range(0, classNames.size())
                        .mapToObj(number -> rank(number, classNames, scores, pictures, false)
                                .elevenPoints())
                        .toList());
    }

    private static AveragePrecision rank(
            int number, List<String> classNames, float[][] scores, EmbeddedSet pictures, boolean difficultCount) {
        List<JsonObject> metadata = pictures.metadata();
        int[] counted = IntStream.range(0, scores.length)
                .filter(i -> difficultCount || !has(metadata.get(i), SampleMetadata.DIFFICULT, number))
                .toArray();
        float[] ofClass = new float[counted.length];
        boolean[] positive = new boolean[counted.length];
        boolean any = false;
        for (int i = 0; i < counted.length; i++) {
            JsonObject own = metadata.get(counted[i]);
            if (!(own.get(SampleMetadata.CLASSES) instanceof JsonArray)) {
                throw new IllegalArgumentException("picture " + counted[i] + " ("
                        + pictures.keys().get(counted[i]) + ") has no list '" + SampleMetadata.CLASSES + "'");
            }
            ofClass[i] = scores[counted[i]][number];
            positive[i] = has(own, SampleMetadata.CLASSES, number)
                    || (difficultCount && has(own, SampleMetadata.DIFFICULT, number));
            any |= positive[i];
        }
        if (!any) {
            throw new IllegalArgumentException("no picture shows the class " + classNames.get(number));
        }
        return AveragePrecision.of(ofClass, positive);
    }

    private static boolean has(JsonObject metadata, String field, int number) {
        if (metadata.get(field) instanceof JsonArray numbers) {
            for (JsonElement one : numbers) {
                if (one.getAsInt() == number) {
                    return true;
                }
            }
        }
        return false;
    }
}
