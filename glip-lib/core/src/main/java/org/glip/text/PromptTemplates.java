package org.glip.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glip.files.Resources;
import org.glip.files.TextLines;

/**
 * Sentences around a class name; zero-shot classification averages the text features of all of them.
 *
 * @param templates the sentences, at least one, each with <code>{}</code> where the class name goes
 */
public record PromptTemplates(List<String> templates) {
    private static final String PLACE = "{}";

    /** The place in the files of CLIP_benchmark. */
    private static final String BENCHMARK_PLACE = "{c}";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is no template, or one has no place for the class name
     */
    public PromptTemplates {
        templates = List.copyOf(templates);
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one prompt template.");
        }
        for (String template : templates) {
            if (!template.contains(PLACE)) {
                throw new IllegalArgumentException(
                        "The prompt template \"" + template + "\" needs " + PLACE + " where the class name goes.");
            }
        }
    }

    /**
     * Returns templates of one's own.
     *
     * @param templates sentences with <code>{}</code> where the class name goes
     * @return the templates in the order given
     * @throws IllegalArgumentException if there is none, or one has no place for the class name
     */
    public static PromptTemplates of(String... templates) {
        return new PromptTemplates(List.of(templates));
    }

    /**
     * Reads templates from a text file, one a line, as {@link TextLines} says: a byte-order mark and white space around
     * a template are no part of it, blank lines at the end are none.
     *
     * @param file the file
     * @return the templates in their order, those of CLIP_benchmark's files, with <code>{c}</code>, as if with
     *     <code>{}</code>
     * @throws IOException if the file is not there, is empty or not UTF-8, or a line before the last is empty, has no
     *     <code>{}</code> or says what one before it said; file and line are named
     */
    public static PromptTemplates read(Path file) throws IOException {
        List<String> templates = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : TextLines.readAll(file)) {
            String template = line.contains(PLACE) ? line : line.replace(BENCHMARK_PLACE, PLACE);
            int number = templates.size() + 1;
            if (!template.contains(PLACE)) {
                throw new IOException(file + " line " + number + ": the prompt template \"" + template + "\" needs "
                        + PLACE + " where the class name goes");
            }
            Integer before = seen.putIfAbsent(template, number);
            if (before != null) {
                throw new IOException(file + " line " + number + ": the prompt template \"" + template
                        + "\" is that of line " + before + " again; leave one out");
            }
            templates.add(template);
        }
        return new PromptTemplates(templates);
    }

    /** {@return the one sentence that CLIP's paper begins with: "a photo of a {}."} */
    public static PromptTemplates photo() {
        return of("a photo of a {}.");
    }

    /** {@return the seven sentences of CLIP's prompt notebook for ImageNet, nearly as good as all eighty} */
    public static PromptTemplates simpleImageNet() {
        return new PromptTemplates(Resources.lines(PromptTemplates.class, "simple-imagenet-templates.txt"));
    }

    /** {@return the eighty sentences that CLIP's published ImageNet accuracies use} */
    public static PromptTemplates openAiImageNet() {
        return new PromptTemplates(Resources.lines(PromptTemplates.class, "openai-imagenet-templates.txt"));
    }

    /**
     * Returns the sentences for a class.
     *
     * @param className the class in words, as in "golden retriever"
     * @return one sentence for each template, in their order
     */
    public List<String> fill(String className) {
        return templates.stream()
                .map(template -> template.replace(PLACE, className))
                .toList();
    }
}
