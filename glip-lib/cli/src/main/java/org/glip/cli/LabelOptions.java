package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.files.TextLines;
import org.glip.sets.EvaluationSet;
import org.glip.sets.LabelledSet;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The classes of a classification, and how they are put into words. */
final class LabelOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

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
            description =
                    "Classification: metadata field with the class name or number; where a shard has none, its .cls"
                            + " member counts (default: ${DEFAULT-VALUE}).")
    private String labelField;

    @Mixin
    private PromptOptions prompts;

    @Option(
            names = "--set-templates",
            description = "With --set: ask by the set's prompts even if the model records its own.")
    private boolean setTemplates;

    /** The user's own file of class names. */
    @Nullable
    Path classes() {
        return classes;
    }

    /**
     * The classes.
     *
     * @param set a set that brings them, or null
     * @param model the model that is asked, which may record its prompts
     */
    Labelling labelling(@Nullable EvaluationSet set, Path model) throws IOException {
        PromptTemplates given = prompts.given();
        if (setTemplates && (given != null || !(set instanceof LabelledSet))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--set-templates asks by the prompts of a --set with classes"
                            + (given == null ? "; name one" : ", not by other ones too; leave one out"));
        }
        if (set instanceof LabelledSet classes) {
            return Labelling.of(
                    classes,
                    setTemplates
                            ? new Prompts(classes.templates(), Prompts.Origin.SET)
                            : Prompts.choose(given, model, classes.templates()));
        }
        return new Labelling(
                classes == null ? null : TextLines.readAll(classes),
                labelField,
                Prompts.choose(given, model, null),
                classes == null ? "labels of the data" : classes.toString());
    }
}
