package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.eval.ZeroShotValidation;
import org.glip.files.TextLines;
import org.glip.model.ClipConfig;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.sets.SetFolder;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Labelled pictures that a model is asked to name while it is trained. */
final class ValidationOptions {
    private static final int BATCH = 64;
    private static final long USUAL_STEPS = 1000;
    private static final String USUAL_FIELD = "label";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--validate",
            arity = "1..*",
            paramLabel = "SHARDS",
            description = "Labelled pictures, as evaluate's --data takes them, that the model names now and then,"
                    + " without a mask; a small set. It changes nothing of the training.")
    private @Nullable List<String> patterns;

    @Option(
            names = "--validate-every",
            paramLabel = "N",
            description = "Steps from one validation to the next; there is one after the last step too (default: "
                    + USUAL_STEPS + ").")
    private @Nullable Long every;

    @Option(
            names = "--validate-set",
            paramLabel = "NAME",
            description = "--validate is the folder of this set of one class a picture, as evaluate's --set takes it.")
    private @Nullable String set;

    @Option(
            names = "--validate-classes",
            paramLabel = "FILE",
            description = "A class name a line, in the order of the label numbers (default: the distinct labels).")
    private @Nullable Path classes;

    @Option(
            names = "--validate-label-field",
            paramLabel = "NAME",
            description = "Metadata field with the class name or number (default: " + USUAL_FIELD + ").")
    private @Nullable String field;

    /** Pictures and what is known of their classes. */
    private record Labelled(
            SampleSource source,
            @Nullable List<String> names,
            String field,
            @Nullable PromptTemplates templates) {}

    /**
     * What is done while a stage trains.
     *
     * @param every steps from one look to the next
     * @param looks names the pictures
     * @param prompts by which the model is asked
     */
    record Validating(long every, ZeroShotValidation looks, PromptTemplates prompts) {
        @Override
        public String toString() {
            return "every " + every + " steps the model names " + looks.pictures() + " pictures of " + looks.classes()
                    + " classes, asked " + prompts.templates();
        }
    }

    /** Refuses what does not go together. */
    void requireSense() {
        if (patterns == null) {
            refuse("--validate-every", every);
            refuse("--validate-set", set);
            refuse("--validate-classes", classes);
            refuse("--validate-label-field", field);
        }
        if (every != null && every < 1) {
            throw wrongUsage("--validate-every must be at least 1 step, not " + every);
        }
        if (set != null && (classes != null || field != null)) {
            throw wrongUsage("--validate-set " + set + " brings its class names; leave out "
                    + (classes != null ? "--validate-classes" : "--validate-label-field"));
        }
    }

    private void refuse(String option, @Nullable Object value) {
        if (value != null) {
            throw wrongUsage(option + " goes with --validate");
        }
    }

    /**
     * Goes through the pictures, so that what is wrong with them is told before the training begins.
     *
     * @param data opens them
     * @param prompts by which the model will be asked, if they are known; else those of a set, else CLIP's
     * @param progress told how many pictures are done
     * @return nothing if there are none
     */
    Optional<Validating> open(
            DataOptions data, ClipConfig model, Optional<PromptTemplates> prompts, int workers, LongConsumer progress)
            throws IOException {
        if (patterns == null) {
            return Optional.empty();
        }
        Labelled pictures = pictures(patterns, data);
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(BATCH)
                .setContextLength(model.text().contextLength())
                .setTransform(model.evaluationTransform())
                .optWorkers(workers)
                .build();
        PromptTemplates others = pictures.templates == null ? PromptTemplates.photo() : pictures.templates;
        PromptTemplates asked = prompts.orElse(others);
        ZeroShotValidation looks =
                ZeroShotValidation.open(pictures.source, pictures.names, pictures.field, asked, loading, progress);
        return Optional.of(new Validating(every == null ? USUAL_STEPS : every, looks, asked));
    }

    private Labelled pictures(List<String> shards, DataOptions data) throws IOException {
        if (set == null) {
            return new Labelled(
                    data.labelled(shards),
                    classes == null ? null : TextLines.readAll(classes),
                    field == null ? USUAL_FIELD : field,
                    null);
        }
        if (shards.size() != 1) {
            throw wrongUsage("with --validate-set, --validate names one folder, not " + shards.size());
        }
        EvaluationSet found = SetFolder.open(set, Path.of(shards.get(0)));
        if (!(found instanceof ClassificationSet labelled)) {
            throw wrongUsage("the pictures of " + set + " do not have one class each, which --validate-set needs");
        }
        return new Labelled(labelled.source(), labelled.classNames(), SampleMetadata.CLASS, labelled.templates());
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
