package org.glip.cli;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.glip.data.SampleSource;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Torch;
import org.glip.files.AtomicFile;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.parts.Part;
import org.glip.parts.PartSet;
import org.glip.parts.RunIdentity;
import org.glip.report.ResultTables;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.sets.EvaluationSet;
import org.glip.sets.MultiLabelSet;
import org.glip.stats.Hits;
import org.glip.train.RankAgreement;
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
    private static final String LINEAR_PROBE = "linear-probe";
    static final String FINE_TUNE = "fine-tune";
    private static final List<String> TASKS = List.of(ZERO_SHOT, RETRIEVAL, LINEAR_PROBE, FINE_TUNE);

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private WorkersOption workers;

    @Mixin
    private SetOption set;

    @Mixin
    private MaskOptions mask;

    @Mixin
    private ExecutionOptions execution;

    @Mixin
    private PartOptions parts;

    @Mixin
    private RanksOptions ranks;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "A model or run folder, or weights beside their open_clip_config.json.")
    private Path modelFolder;

    @Option(
            names = "--task",
            required = true,
            paramLabel = "TASK",
            description = "zero-shot, retrieval, linear-probe or fine-tune.")
    private String task;

    @Mixin
    private LabelOptions labels;

    @Mixin
    private SupervisedOptions supervised;

    @Option(
            names = "--masked",
            description = "Show the model only the patches that --mask, --ratio, --sigma and --seed keep.")
    private boolean masked;

    @Option(
            names = "--draws",
            defaultValue = "1",
            paramLabel = "N",
            description = "With --masked: masks drawn for each picture, whose features are averaged"
                    + " (default: ${DEFAULT-VALUE}).")
    private int draws;

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

    @Option(
            names = "--per-class",
            paramLabel = "CSV",
            description = "Also write how many pictures of each class were right.")
    private @Nullable Path perClass;

    @Override
    public Integer call() throws IOException {
        requireKnownTask();
        Mask shown = inferenceMask();
        boolean learns = task.equals(LINEAR_PROBE) || task.equals(FINE_TUNE);
        Map<String, SampleSource> sources = new LinkedHashMap<>();
        if (learns) {
            sources.put(EvaluationTasks.TRAINING, data.labelled(supervised.trainData(task)));
        } else {
            supervised.refuseAll();
        }
        EvaluationSet known = learns ? null : set.open(task, data, labels.classes());
        if (known instanceof MultiLabelSet && perClass != null) {
            throw wrongUsage("--per-class counts right pictures, and those of " + known.name()
                    + " have several classes each; leave it out");
        }
        sources.put(
                EvaluationTasks.TEST,
                known != null ? known.source() : task.equals(RETRIEVAL) ? data.source() : data.labelled());
        Labelling labelling = parts.part() == null ? labelling(known) : null;
        try (StopSignal stop = new StopSignal();
                ProcessGroup group = ranks.join(execution)) {
            requireDivisible(group);
            return evaluate(new EvaluationSets(sources, known instanceof MultiLabelSet, labelling, shown), group);
        }
    }

    private void requireDivisible(ProcessGroup group) {
        if (task.equals(FINE_TUNE) && (parts.isGiven() || !group.isAlone())) {
            throw wrongUsage("fine-tuning trains, each step on the step before: it cannot be done in parts"
                    + (group.isAlone() ? "; leave out --part and --merge" : ", and is done by one process"));
        }
        if (parts.isGiven() && !group.isAlone()) {
            throw wrongUsage("--part and --merge are for processes that know nothing of each other; these are "
                    + group.size() + " ranks, which take their parts by themselves: leave them out");
        }
    }

    private int evaluate(EvaluationSets read, ProcessGroup group) throws IOException {
        ClipConfig config = ModelFolder.config(modelFolder);
        new RankAgreement(group).requireSame(Map.of("--task", task)); // which says how much they tell each other below
        Execution chosen = ranks.prepare(execution, config, group);
        boolean divided = parts.isGiven() || !group.isAlone();
        EvaluationSets sets = divided ? read.indexed(spec.commandLine().getErr(), group) : read;
        RunIdentity run = divided ? identity(sets, config, chosen) : null;
        if (run != null) {
            new RankAgreement(group).requireSame(run.settings());
        }
        Part part = parts.part();
        if (run != null && part != null && PartSet.isDone(out, part, run)) {
            spec.commandLine().getErr().println("glip: part " + part + " is done already: " + part.file(out));
            return 0;
        }
        try (EvaluationPictures pictures = new EvaluationPictures(
                        out, parts, run, group, spec.commandLine().getErr());
                NDManager manager = Torch.newManager(execution.device());
                ClipModel model = ModelFolder.load(modelFolder, manager)) {
            model.use(chosen);
            EvaluationTasks tasks = new EvaluationTasks(
                    model,
                    new EvaluationTasks.View(sets.shown(), draws, seed.value(), batch, workers.value()),
                    pictures,
                    pictures.progress());
            if (sets.labelling() == null || !group.isFirst()) {
                pictures.help(tasks.embedding(), sets.sources());
            } else {
                write(sets, outcome(tasks, sets, sets.labelling()));
            }
            return 0;
        }
    }

    private RunIdentity identity(EvaluationSets sets, ClipConfig config, Execution chosen) throws IOException {
        Map<String, String> work = new LinkedHashMap<>();
        work.put("command", "evaluate");
        work.put("--task", task);
        work.put("mask", sets.shown().toString());
        work.put("--seed", Long.toString(seed.value()));
        work.put("--draws", Integer.toString(draws));
        work.put("--batch", Integer.toString(batch));
        work.putAll(PartRun.data(sets.sources()));
        return PartRun.of(modelFolder, config, chosen, work);
    }

    private EvaluationTasks.Outcome outcome(EvaluationTasks tasks, EvaluationSets sets, Labelling labelling)
            throws IOException {
        SampleSource training = sets.training();
        SampleSource test = sets.test();
        if (sets.severalClasses()) {
            return tasks.zeroShotOfSeveral(test, labelling);
        } else if (training == null) {
            return task.equals(ZERO_SHOT) ? tasks.zeroShot(test, labelling) : tasks.retrieval(test);
        } else if (task.equals(LINEAR_PROBE)) {
            return tasks.linearProbe(training, test, labelling, supervised.probe(seed.value()));
        }
        return tasks.fineTune(training, test, labelling, supervised);
    }

    private void write(EvaluationSets sets, EvaluationTasks.Outcome outcome) throws IOException {
        RunResult result = new RunResult(
                settings(sets.shown()),
                outcome.metrics(),
                outcome.classified() == null ? Map.of() : Map.of(task, Hits.of(outcome.classified())),
                Invocation.provenance(spec, sets.describe(), configuration(sets.shown(), outcome), execution.device()));
        ResultFile.write(out, result);
        if (perClass != null && outcome.classified() != null) {
            AtomicFile.writeText(
                    perClass,
                    ResultTables.perClass(outcome.classified()).write().toString("csv"));
        }
        spec.commandLine().getOut().println(new Gson().toJson(result.metrics()));
    }

    private Labelling labelling(@Nullable EvaluationSet known) throws IOException {
        Labelling labelling = labels.labelling(known, modelFolder);
        if (task.equals(ZERO_SHOT) && labelling.prompts().origin() == Prompts.Origin.DEFAULT) {
            spec.commandLine()
                    .getErr()
                    .println("glip: " + modelFolder + " records no prompts, so it is asked "
                            + labelling.prompts().templates().templates()
                            + "; --prompt says what fits the captions it was trained on");
        }
        return labelling;
    }

    private void requireKnownTask() {
        if (!TASKS.contains(task)) {
            throw wrongUsage("there is no task '" + task + "'; available are " + String.join(", ", TASKS));
        }
        if (perClass != null && task.equals(RETRIEVAL)) {
            throw wrongUsage("--per-class has no effect on retrieval, which knows no classes; leave it out");
        }
        if (set.name() != null && (task.equals(LINEAR_PROBE) || task.equals(FINE_TUNE))) {
            throw wrongUsage(
                    "--set brings test pictures only; for " + task + " give --data, --train-data and --classes");
        }
    }

    private Mask inferenceMask() throws IOException {
        if (masked && task.equals(FINE_TUNE)) {
            throw wrongUsage("fine-tuning sees full pictures: leave out --masked");
        }
        if (!masked && mask.given() != null) {
            throw wrongUsage(mask.given() + " has an effect only with --masked; add that, or leave it out");
        }
        if (!masked && draws != 1) {
            throw wrongUsage("--draws has an effect only with --masked; add that, or leave it out");
        }
        return masked ? mask.config() : Mask.none();
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What tells this result from others in a table: how the model was trained, and how it was looked at. */
    private RunSettings settings(Mask shown) throws IOException {
        ModelOrigin origin = ModelOrigin.read(modelFolder);
        if (origin == ModelOrigin.FOREIGN) {
            spec.commandLine()
                    .getErr()
                    .println("glip: " + modelFolder + " does not tell how it was trained; the result names it "
                            + origin.method());
        }
        Map<String, String> distinguished = new LinkedHashMap<>();
        distinguished.put("task", task);
        distinguished.put("inference", draws == 1 ? shown.toString() : shown + ", mean of " + draws + " draws");
        distinguished.put("tuned", origin.isTuned() ? "yes" : "no");
        origin.masking().ifPresent(masking -> distinguished.put(RunSettings.MASKING, masking));
        return new RunSettings(origin.method(), origin.mask(), origin.seed(), distinguished);
    }

    private Map<String, String> configuration(Mask shown, EvaluationTasks.Outcome outcome) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("task", task);
        settings.put("model", modelFolder.toString());
        settings.put("mask", shown.toString());
        settings.put("mask seed", Long.toString(seed.value()));
        settings.put("draws", Integer.toString(draws));
        settings.putAll(outcome.details());
        return settings;
    }
}
