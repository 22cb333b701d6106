package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.text.PromptTemplates;
import org.glip.text.Utf8Lines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The classes of a classification, and how they are put into words. */
final class LabelOptions {
    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description =
                    "Classification: a class name a line, in the order of the label numbers (default: the distinct"
                            + " labels of the data, sorted; fine-tuning needs the file).")
    private @Nullable Path classes;

    @Option(
            names = "--label-field",
            defaultValue = "label",
            paramLabel = "NAME",
            description = "Classification: metadata field with the class name or number (default: ${DEFAULT-VALUE}).")
    private String labelField;

    @Option(
            names = "--templates",
            paramLabel = "FILE",
            description = "Zero-shot: a prompt a line with {} for the class (default: \"a photo of a {}.\").")
    private @Nullable Path templates;

    /** The user's own file of class names. */
    @Nullable
    Path classes() {
        return classes;
    }

    /**
     * The classes.
     *
     * @param set a set that brings them, or null
     */
    Labelling labelling(@Nullable EvaluationSet set) throws IOException {
        PromptTemplates prompts = templates == null ? null : new PromptTemplates(Utf8Lines.readAll(templates));
        if (set instanceof ClassificationSet classification) {
            return Labelling.of(classification, prompts);
        }
        return new Labelling(
                classes == null ? null : Utf8Lines.readAll(classes),
                labelField,
                prompts == null ? PromptTemplates.photo() : prompts,
                classes == null ? "labels of the data" : classes.toString());
    }
}
