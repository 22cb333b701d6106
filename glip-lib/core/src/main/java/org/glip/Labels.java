package org.glip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;

/** The labels of a classification: what may be one, and their order in an answer. */
final class Labels {
    private Labels() {}

    /**
     * Refuses labels that make no classification.
     *
     * @throws IllegalArgumentException if there is none, one has no word, or the model cannot tell two apart; they are
     *     named
     */
    static void check(List<String> labels, ClipTokenizer tokenizer) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("there are no labels; a classification needs at least two");
        }
        Map<List<Integer>, Integer> seen = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            List<Integer> words = new ArrayList<>();
            for (int id : tokenizer.encode(labels.get(i))) {
                words.add(id);
            }
            if (words.isEmpty()) {
                throw new IllegalArgumentException(
                        "label " + (i + 1) + " is blank; every label must be a word or more");
            }
            Integer before = seen.putIfAbsent(words, i);
            if (before != null) {
                throw new IllegalArgumentException(repeated(labels, before, i));
            }
        }
    }

    /**
     * Refuses labels that differ only in what the model does not read, since a prompt is cut to its context.
     *
     * @param context the model's context length, in tokens
     * @throws IllegalArgumentException if all prompts of two labels are the same; they are named
     */
    static void checkPrompts(List<String> labels, PromptTemplates templates, ClipTokenizer tokenizer, int context) {
        Map<List<List<Integer>>, Integer> seen = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            List<String> prompts = templates.fill(labels.get(i));
            Integer before = seen.putIfAbsent(
                    prompts.stream()
                            .map(prompt -> read(tokenizer, prompt, context))
                            .toList(),
                    i);
            if (before != null) {
                throw new IllegalArgumentException("labels " + (before + 1) + " and " + (i + 1) + ", \""
                        + labels.get(before) + "\" and \"" + labels.get(i)
                        + "\", are the same to the model, which reads no more than " + context
                        + " tokens of a sentence such as \"" + prompts.get(0)
                        + "\"; shorten the labels or the template");
            }
        }
    }

    private static List<Integer> read(ClipTokenizer tokenizer, String prompt, int context) {
        CaptionTokens tokens = tokenizer.tokenize(prompt, context);
        return Arrays.stream(tokens.ids(), 0, tokens.length()).boxed().toList();
    }

    private static String repeated(List<String> labels, int first, int second) {
        String one = labels.get(first);
        String other = labels.get(second);
        String where = "labels " + (first + 1) + " and " + (second + 1);
        return one.equals(other)
                ? "label \"" + one + "\" is repeated (" + where + ")"
                : where + ", \"" + one + "\" and \"" + other
                        + "\", are the same to the model, which reads lower case and"
                        + " one space as good as several; leave one out";
    }

    /** Joins labels and their probabilities, the most likely first, equally likely ones in the order of the labels. */
    static List<LabelProbability> ranked(List<String> labels, double[] probabilities) {
        List<LabelProbability> ranked = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            ranked.add(new LabelProbability(labels.get(i), probabilities[i]));
        }
        ranked.sort(Comparator.comparingDouble(LabelProbability::probability).reversed());
        return List.copyOf(ranked);
    }
}
