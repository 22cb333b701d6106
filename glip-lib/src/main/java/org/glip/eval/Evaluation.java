package org.glip.eval;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.glip.text.PromptTemplates;

/** The evaluations of the paper that need no training, on pictures that are embedded already. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Zero-shot classification (paper, section on evaluation): the classes' prompts against the pictures.
     *
     * @param embedder of the same model; embeds the prompts
     * @param pictures with a class name or number in their metadata
     * @param classNames the classes in the order of their numbers, at least two
     * @param labelField the metadata field with the class
     * @param templates prompts of a class
     * @return predictions and accuracies
     * @throws IllegalArgumentException where a picture lacks the field or names no class; the picture is named
     */
    public static ClassificationResult zeroShot(
            Embedder embedder,
            EmbeddedSet pictures,
            List<String> classNames,
            String labelField,
            PromptTemplates templates) {
        int[] labels = pictures.labels(classNames, labelField);
        return ZeroShotClassifier.fromPrompts(classNames, templates::fill, embedder::texts)
                .classify(pictures.images(), labels);
    }

    /**
     * The classes that occur among pictures.
     *
     * @param pictures with class names in their metadata
     * @param labelField the metadata field with the class name
     * @return the distinct names, sorted
     * @throws IllegalArgumentException where a picture lacks the field, or has a number there, which names nothing
     */
    public static List<String> classNames(EmbeddedSet pictures, String labelField) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < pictures.keys().size(); i++) {
            JsonElement value = pictures.metadata().get(i).get(labelField);
            if (value == null
                    || !value.isJsonPrimitive()
                    || !value.getAsJsonPrimitive().isString()) {
                throw new IllegalArgumentException("picture " + i + " ("
                        + pictures.keys().get(i) + ") has " + (value == null ? "no metadata field" : value + " in")
                        + " '" + labelField + "', where a class name is expected; name the field that has it, or the"
                        + " classes");
            }
            names.add(value.getAsString());
        }
        return List.copyOf(names);
    }

    /**
     * Retrieval both ways between pictures and their captions. Pictures of equal captions are each other's answers.
     *
     * @param embedder of the same model; embeds the captions
     * @param pictures with their captions
     * @return the ranks
     */
    public static RetrievalResult retrieval(Embedder embedder, EmbeddedSet pictures) {
        List<String> captions = new ArrayList<>();
        int[] captionOfPicture = EmbeddedSet.groups(pictures.captions(), captions);
        int[] captionNumbers = IntStream.range(0, captions.size()).toArray();
        return Retrieval.evaluate(embedder.texts(captions), captionNumbers, pictures.images(), captionOfPicture);
    }
}
