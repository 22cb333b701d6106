package org.glip.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.glip.data.SampleMetadata;
import org.glip.text.PromptTemplates;

/** The evaluations of the paper that need no training, on pictures that are embedded already. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Returns a classifier by the averages of each class's prompts, and tells how far it is: ImageNet has 80,000.
     *
     * @param embedder embeds the prompts
     * @param classNames the classes in the order of their numbers, at least two
     * @param templates prompts of a class
     * @param progress told now and then how many prompts are done, of as many as there are classes times templates
     * @return the classifier
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public static ZeroShotClassifier classifier(
            Embedder embedder, List<String> classNames, PromptTemplates templates, LongConsumer progress) {
        long[] before = {0};
        return ZeroShotClassifier.fromPrompts(classNames, templates::fill, prompts -> {
            Features features = embedder.texts(prompts, done -> progress.accept(before[0] + done));
            before[0] += prompts.size();
            return features;
        });
    }

    /**
     * Returns zero-shot classification: the classes' prompts against the pictures.
     *
     * @param embedder of the same model; embeds the prompts
     * @param pictures with a class name or number in their metadata
     * @param classNames the classes in the order of their numbers, at least two
     * @param labelField the metadata field with the class
     * @param templates prompts of a class
     * @return predictions and accuracies
     * @throws IllegalArgumentException where a picture lacks the field or names no class (the picture is named), or all
     *     are of one class
     */
    public static ClassificationResult zeroShot(
            Embedder embedder,
            EmbeddedSet pictures,
            List<String> classNames,
            String labelField,
            PromptTemplates templates) {
        int[] labels = labels(pictures, classNames, labelField);
        return classifier(embedder, classNames, templates, done -> {}).classify(pictures.images(), labels);
    }

    /**
     * Returns the same with a classifier that is made already, for several looks at pictures of the same classes.
     *
     * @param classifier of the same model
     * @param pictures with a class name or number in their metadata
     * @param labelField the metadata field with the class
     * @return predictions and accuracies
     * @throws IllegalArgumentException where a picture lacks the field or names no class (the picture is named), or all
     *     are of one class
     */
    public static ClassificationResult zeroShot(
            ZeroShotClassifier classifier, EmbeddedSet pictures, String labelField) {
        return classifier.classify(pictures.images(), labels(pictures, classifier.classNames(), labelField));
    }

    private static int[] labels(EmbeddedSet pictures, List<String> classNames, String labelField) {
        int[] labels = pictures.labels(classNames, labelField);
        LabelledFeatures.requireTwoClasses(labels, classNames);
        return labels;
    }

    /**
     * Returns the classes that occur among pictures.
     *
     * @param pictures with class names in their metadata
     * @param labelField the metadata field with the class name
     * @return the distinct names, sorted
     * @throws IllegalArgumentException where a picture lacks the field, or has a number there, which names nothing
     */
    public static List<String> classNames(EmbeddedSet pictures, String labelField) {
        return classNames(pictures.keys(), pictures.metadata(), labelField);
    }

    static List<String> classNames(List<String> keys, List<JsonObject> metadata, String labelField) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < keys.size(); i++) {
            JsonElement value = metadata.get(i).get(labelField);
            if (value == null
                    || !value.isJsonPrimitive()
                    || !value.getAsJsonPrimitive().isString()) {
                throw new IllegalArgumentException("picture " + i + " (" + keys.get(i) + ") has "
                        + (value == null ? "no metadata field" : value + " in") + " '" + labelField
                        + "', where a class name is expected; name the field that has it, or the classes");
            }
            names.add(value.getAsString());
        }
        return List.copyOf(names);
    }

    /**
     * Returns retrieval both ways between pictures and their captions.
     *
     * <p>Where the metadata list several captions ({@link SampleMetadata}), each caption belongs to its picture alone,
     * as is usual for COCO and Flickr30k: a picture is found at k if any of its captions is among the k nearest, and
     * all captions count as queries. Else pictures of equal captions are each other's answers.
     *
     * @param embedder of the same model; embeds the captions
     * @param pictures with their captions
     * @return the ranks
     * @throws IllegalArgumentException if some pictures have a list of captions and others have none; one is named
     */
    public static Retrieval.Result retrieval(Embedder embedder, EmbeddedSet pictures) {
        return retrieval(pictures, embedder::texts);
    }

    /**
     * Returns the same with captions that are embedded by the caller's own means.
     *
     * @param pictures with their captions
     * @param texts features of texts, in order, by the same model
     * @return the ranks
     * @throws IllegalArgumentException if some pictures have a list of captions and others have none; one is named
     */
    public static Retrieval.Result retrieval(EmbeddedSet pictures, Function<List<String>, Features> texts) {
        if (pictures.metadata().stream().anyMatch(SampleMetadata::hasCaptions)) {
            return retrievalOfLists(pictures, texts);
        }
        List<String> captions = new ArrayList<>();
        int[] captionOfPicture = EmbeddedSet.groups(pictures.captions(), captions);
        int[] captionNumbers = IntStream.range(0, captions.size()).toArray();
        return Retrieval.evaluate(texts.apply(captions), captionNumbers, pictures.images(), captionOfPicture);
    }

    private static Retrieval.Result retrievalOfLists(EmbeddedSet pictures, Function<List<String>, Features> texts) {
        int count = pictures.keys().size();
        List<String> captions = new ArrayList<>();
        List<Integer> pictureOfCaption = new ArrayList<>();
        for (int picture = 0; picture < count; picture++) {
            if (!SampleMetadata.hasCaptions(pictures.metadata().get(picture))) {
                throw new IllegalArgumentException("picture " + picture + " ("
                        + pictures.keys().get(picture) + ") has no list '" + SampleMetadata.CAPTIONS
                        + "', as other pictures of the set have");
            }
            List<String> own = SampleMetadata.captions(pictures.metadata().get(picture));
            captions.addAll(own);
            pictureOfCaption.addAll(Collections.nCopies(own.size(), picture));
        }
        return Retrieval.evaluate(
                texts.apply(captions),
                pictureOfCaption.stream().mapToInt(Integer::intValue).toArray(),
                pictures.images(),
                IntStream.range(0, count).toArray());
    }
}
