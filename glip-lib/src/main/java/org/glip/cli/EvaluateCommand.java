package org.glip.cli;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.glip.data.BatchLoader;
import org.glip.data.ClassLabel;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.data.sets.ClassificationSet;
import org.glip.data.sets.EvaluationSet;
import org.glip.engine.Torch;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.image.EvaluationTransform;
import org.glip.image.Normalization;
import org.glip.mask.MaskConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.report.ResultFile;
import org.glip.report.RunResult;
import org.glip.report.RunSettings;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.glip.text.Utf8Lines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code glip evaluate}. */
@Command(name = "evaluate", description = "Evaluate a model, with or without a mask, and write a result file.")
final class EvaluateCommand implements Callable<Integer> {
    private static final String ZERO_SHOT = "zero-shot";
    static final String RETRIEVAL = "retrieval";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private SetOption set;

    @Mixin
    private MaskOptions mask;

    @Mixin
    private ExecutionOptions execution;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "A model or run folder, or weights beside their open_clip_config.json.")
    private Path modelFolder;

    @Option(names = "--task", required = true, paramLabel = "TASK", description = ZERO_SHOT + " or " + RETRIEVAL + ".")
    private String task;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description =
                    "Zero-shot: a class name a line, in the order of the label numbers (default: the distinct labels"
                            + " of the data, sorted).")
    private @Nullable Path classes;

    @Option(
            names = "--label-field",
            defaultValue = "label",
            paramLabel = "NAME",
            description = "Zero-shot: metadata field with the class name or number (default: ${DEFAULT-VALUE}).")
    private String labelField;

    @Option(
            names = "--templates",
            paramLabel = "FILE",
            description = "Zero-shot: a prompt a line with {} for the class (default: \"a photo of a {}.\").")
    private @Nullable Path templates;

    @Option(
            names = "--masked",
            description = "Show the model only the patches that --mask, --ratio, --sigma and --seed keep.")
    private boolean masked;

    @Mixin
    private SeedOption seed;

    @Option(
            names = "--batch",
            defaultValue = "64",
            paramLabel = "N",
            description = "Pictures computed at once (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The result file to write.")
    private Path out;

    /** What an evaluation found. */
    private record Outcome(Map<String, Double> metrics, int pictures, String skipped) {}

    @Override
    public Integer call() throws IOException {
        requireKnownTask();
        MaskConfig shown = inferenceMask();
        PromptTemplates prompts =
                templates == null ? PromptTemplates.photo() : new PromptTemplates(Utf8Lines.readAll(templates));
        EvaluationSet known = set.open(task, data, classes);
        List<String> named = classes == null ? List.of() : Utf8Lines.readAll(classes);
        if (known instanceof ClassificationSet classification) {
            named = classification.classNames();
            labelField = ClassLabel.NUMBER;
            prompts = templates == null ? classification.templates() : prompts;
        }
        SampleSource source = known == null ? data.source() : known.source();
        Outcome outcome = evaluate(source, shown, prompts, named);
        RunResult result = new RunResult(
                settings(shown),
                outcome.metrics(),
                Invocation.provenance(spec, source.describe(), configuration(shown, prompts, outcome)));
        ResultFile.write(out, result);
        spec.commandLine().getOut().println(new Gson().toJson(result.metrics()));
        return 0;
    }

    private void requireKnownTask() {
        if (List.of("linear-probe", "fine-tune").contains(task)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "task '" + task + "' is not available yet; available are " + ZERO_SHOT + " and " + RETRIEVAL);
        } else if (!List.of(ZERO_SHOT, RETRIEVAL).contains(task)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no task '" + task + "'; available are " + ZERO_SHOT + " and " + RETRIEVAL);
        }
    }

    private MaskConfig inferenceMask() {
        if (!masked && mask.given() != null) {
            throw new ParameterException(
                    spec.commandLine(), mask.given() + " has an effect only with --masked; add that, or leave it out");
        }
        return masked ? mask.config() : MaskConfig.none();
    }

    private Outcome evaluate(SampleSource source, MaskConfig shown, PromptTemplates prompts, List<String> named)
            throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.load();
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(modelFolder, manager);
                BatchLoader loader = BatchLoader.singleEpoch(source, tokenizer, loading(model))) {
            Execution chosen = execution.prepare(model.config());
            model.use(chosen);
            Embedder embedder = new Embedder(model, tokenizer);
            EmbeddedSet pictures = embedder.images(loader, shown, seed.value());
            Map<String, Double> metrics =
                    switch (task) {
                        case ZERO_SHOT -> {
                            List<String> names = named.isEmpty() ? Evaluation.classNames(pictures, labelField) : named;
                            yield Evaluation.zeroShot(embedder, pictures, names, labelField, prompts)
                                    .metrics();
                        }
                        default -> Evaluation.retrieval(embedder, pictures).metrics();
                    };
            return new Outcome(
                    metrics, pictures.images().count(), loader.skipped().summary());
        }
    }

    private LoaderConfig loading(ClipModel model) {
        return new LoaderConfig(
                batch,
                0,
                data.workers(),
                model.config().text().contextLength(),
                seed.value(),
                new EvaluationTransform(model.config().vision().imageSize(), Normalization.clip()));
    }

    /** What tells this result from others in a table: how the model was trained, and how it was looked at. */
    private RunSettings settings(MaskConfig shown) throws IOException {
        ModelOrigin origin = ModelOrigin.read(modelFolder);
        if (origin == ModelOrigin.FOREIGN) {
            spec.commandLine()
                    .getErr()
                    .println("glip: " + modelFolder + " does not tell how it was trained; the result names it CLIP");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("task", task);
        labels.put("inference", shown.toString());
        labels.put("tuned", origin.isTuned() ? "yes" : "no");
        return new RunSettings(origin.method(), origin.mask(), origin.seed(), labels);
    }

    private Map<String, String> configuration(MaskConfig shown, PromptTemplates prompts, Outcome outcome) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("task", task);
        settings.put("model", modelFolder.toString());
        settings.put("mask", shown.toString());
        settings.put("mask seed", Long.toString(seed.value()));
        if (task.equals(ZERO_SHOT)) {
            settings.put("templates", new Gson().toJson(prompts.templates()));
            String origin = set.name() != null ? "those of " + set.name() : "labels of the data";
            settings.put("classes", classes == null ? origin : classes.toString());
            settings.put("label field", labelField);
        }
        settings.put("pictures", Integer.toString(outcome.pictures()));
        settings.put("skipped", outcome.skipped());
        return settings;
    }
}
