package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.glip.data.BadShare;
import org.glip.data.BatchShare;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleOrder;
import org.glip.data.SampleSource;
import org.glip.engine.Devices;
import org.glip.engine.Precision;
import org.glip.engine.ProcessGroup;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.text.PromptTemplates;
import org.glip.train.OtherSettingsException;
import org.glip.train.Pretraining;
import org.glip.train.Provenance;
import org.glip.train.StageConfig;
import org.glip.train.StageResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** One stage of training, as {@code glip pretrain} and {@code glip tune} run it. */
abstract class StageCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private MixtureOptions mixture;

    @Mixin
    private WorkersOption workers;

    @Mixin
    private StageOptions stage;

    @Mixin
    private RunFolderOptions place;

    @Mixin
    private PromptOptions prompts;

    @Mixin
    private ExecutionOptions execution;

    @Mixin
    private RanksOptions ranks;

    @Mixin
    private ValidationOptions validation;

    @Mixin
    private DryRunOptions dryRun;

    /** What the paper's recipe says of this stage. */
    abstract StageOptions.Defaults defaults();

    abstract ClipConfig model() throws IOException;

    /** The model of a dry run, which may be asked for before there are weights to start from. */
    abstract ClipConfig plannedModel() throws IOException;

    /** Weights to start from, or null for new ones. */
    abstract @Nullable Path weights();

    abstract Mask mask() throws IOException;

    /** How the weights will have been trained in the end, earlier stages included. */
    abstract ModelOrigin origin(StageConfig stage) throws IOException;

    /**
     * What is settled before other processes are waited for.
     *
     * @param known the pairs with their number, where that is needed
     * @param source the pairs as they are read
     * @param validating what the first process does now and then
     */
    private record Prepared(
            ClipConfig model,
            @Nullable PromptTemplates templates,
            ImageTransform transform,
            SampleSource known,
            SampleSource source,
            Optional<ValidationOptions.Validating> validating) {}

    @Override
    public final Integer call() throws IOException {
        validation.requireSense();
        return dryRun.asked() ? plan() : run();
    }

    /** Tells what the stage will take. */
    private int plan() throws IOException {
        ClipConfig model = plannedModel();
        stage.transform(model); // refuses what the stage itself would
        SampleSource source = dryRun.knowsPairs() ? null : KnownData.ifIndexed(mixture.source(data, stage.shuffle()));
        long pairs = dryRun.pairs(() -> Objects.requireNonNull(source).countSamples());
        StageConfig config = config(() -> pairs, execution.preparePrecision());
        DryRun.Captions captions = source == null ? DryRun.Captions.full(model) : DryRun.Captions.of(source, model);
        noteEndlessWarmup(config);
        new DryRun(model, config, pairs, dryRun.ranks(), captions, execution.route(), execution.device())
                .print(spec.name(), spec.commandLine().getOut(), err());
        return ExitCode.OK;
    }

    /** The settings of the stage. */
    final StageConfig config(StageOptions.PairCount pairs, Precision precision) throws IOException {
        return stage.config(defaults(), pairs, mask(), precision, place.checkpointEvery());
    }

    private int run() throws IOException {
        ClipConfig model = model();
        mask(); // a wrong one is refused here, too
        PromptTemplates templates = prompts.given();
        ImageTransform transform = stage.transform(model);
        SampleSource read = mixture.source(data, stage.shuffle());
        try (StageProgress progress = new StageProgress(err(), spec.name())) {
            Optional<ValidationOptions.Validating> validating =
                    ranks.isFirst() ? validating(model, templates, progress) : Optional.empty();
            try (ProcessGroup group = ranks.join(execution)) {
                SampleSource known = KnownData.indexed(read, isWhole() || stage.isInEpochs(), err(), group);
                SampleSource source = isWhole() ? known : read;
                return call(new Prepared(model, templates, transform, known, source, validating), group, progress);
            }
        }
    }

    /** Opens the pictures of the validation; the model is asked as it will record to be. */
    private Optional<ValidationOptions.Validating> validating(
            ClipConfig model, @Nullable PromptTemplates given, StageProgress progress) throws IOException {
        Optional<PromptTemplates> asked =
                Prompts.ofStage(given, Arrays.asList(place.resumes() ? place.out() : null, weights()));
        try (StopSignal stop = new StopSignal()) {
            return validation.open(data, model, asked, workers.value(), progress::onPicture);
        } finally {
            progress.endReading();
        }
    }

    private boolean isWhole() {
        return stage.shuffle() == SampleOrder.WHOLE;
    }

    private int call(Prepared prepared, ProcessGroup group, StageProgress progress) throws IOException {
        ClipConfig model = prepared.model;
        SampleSource source = prepared.source;
        Execution chosen = ranks.prepare(execution, model, group);
        StageConfig config = config(prepared.known::countSamples, chosen.precision());
        LoaderConfig loading = loading(prepared, config, group);
        if (isWhole()) {
            KnownData.requireWhole(source, loading, err());
        } else if (group.isFirst()) {
            KnownData.tellLeftOut(prepared.known, err());
        }
        Map<String, String> settings = settings(model, config, loading, chosen);
        settings.put(RunFolderOptions.DATA_FILES, source.fingerprint().orElse("unknown"));
        Provenance provenance =
                Invocation.provenance(spec, source.describe(), settings, details(group), execution.device());
        Pretraining.Builder pretraining = Pretraining.builder()
                .setModel(model)
                .setConfig(config)
                .optWeights(weights())
                .optRoute(chosen.route())
                .optPrompts(prepared.templates)
                .optRanks(group)
                .optDevice(execution.device())
                .optFolder(place.out(), provenance);
        place.describe(pretraining);
        prepared.validating.ifPresent(
                looks -> pretraining.optValidation(looks.every(), ranks.whileOthersWait(looks.looks(), group, err())));
        if (group.isFirst()) {
            prepared.validating.ifPresent(looks -> err().println("glip: " + looks));
            noteEndlessWarmup(config);
            noteNoPrompts(prepared.templates);
        }
        try {
            if (group.isFirst()) {
                progress.start(config.steps());
            }
            return train(pretraining.build(), new StagePairs(source, loading), group, progress);
        } catch (OtherSettingsException e) {
            throw RunFolderOptions.told(e);
        }
    }

    private LoaderConfig loading(Prepared prepared, StageConfig config, ProcessGroup group) {
        return LoaderConfig.builder()
                .setBatchSize(config.batchSize())
                .setContextLength(prepared.model.text().contextLength())
                .setTransform(prepared.transform)
                .optShuffleBuffer(stage.shuffle())
                .optWorkers(workers.value())
                .optSeed(config.seed())
                .optMaxBadPercent(stage.maxBad())
                .optShare(new BatchShare(group.rank(), group.size()))
                .optRandomCaption(mixture.randomCaption())
                .build();
    }

    /** What need not be the same for a run to go on. */
    private static Map<String, String> details(ProcessGroup group) {
        return group.isAlone() ? Map.of() : Map.of("ranks", Integer.toString(group.size()));
    }

    private void noteEndlessWarmup(StageConfig config) {
        long warmup = config.optimizer().warmupSteps();
        if (warmup > config.steps()) {
            err().println("glip: the warm-up of " + warmup + " steps is longer than the run of " + config.steps()
                    + ", so the learning rate never reaches its peak");
        }
    }

    private void noteNoPrompts(@Nullable PromptTemplates templates) {
        if (templates == null && weights() == null) {
            err().println("glip: the model will record no prompts, so evaluate and classify will ask it "
                    + PromptTemplates.photo().templates() + "; --prompt says what fits its captions, '{}' bare labels");
        }
    }

    private int train(Pretraining pretraining, StagePairs pairs, ProcessGroup group, StageProgress progress)
            throws IOException {
        try (StopSignal stop = new StopSignal()) {
            StageResult result = pretraining.run(pairs, progress::onStep);
            progress.close(); // its last line stands before what is told
            if (group.isFirst()) {
                tell(result, pairs);
            }
            return result.interrupted() ? Failures.INTERRUPTED : tellBad(pairs.bad());
        }
    }

    private void tell(StageResult result, StagePairs pairs) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(toJson(result, place.out(), pairs));
        out.flush(); // after a signal the program ends as soon as this block is left
        if (result.interrupted()) {
            err().println("glip: stopped after step " + result.steps() + "; the same command with --resume goes on");
        }
    }

    /** The end of the run, for runs too short for the loader to judge: the model is there, but so is the question. */
    private int tellBad(BadShare share) {
        if (share.isTooLarge()) {
            err().println("glip: " + share.words() + ", and " + share.limit() + "; the model is written all the same");
            return ExitCode.USAGE;
        }
        if (share.isNotable()) {
            err().println("glip: " + share.words());
        }
        return ExitCode.OK;
    }

    private JsonObject toJson(StageResult result, Path folder, StagePairs pairs) {
        JsonObject json = new JsonObject();
        json.addProperty("folder", folder.toString());
        json.addProperty("steps", result.steps());
        json.addProperty("samples", result.samples());
        json.addProperty("loss", Double.isFinite(result.loss()) ? result.loss() : null);
        json.addProperty("seconds", result.seconds());
        json.addProperty("training_seconds", result.trainingSeconds());
        json.addProperty("skipped", pairs.loader().skipped().summary());
        json.addProperty("bad_percent", pairs.bad().percent());
        json.addProperty("interrupted", result.interrupted());
        json.addProperty("device", Devices.describe(execution.device()));
        return json;
    }

    private Map<String, String> settings(ClipConfig model, StageConfig config, LoaderConfig loading, Execution chosen)
            throws IOException {
        Gson gson = new Gson();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("stage", spec.name());
        settings.put("model", gson.toJson(model));
        settings.put("weights", String.valueOf(weights()));
        settings.put(RunFolderOptions.TRAINING, gson.toJson(config));
        settings.put("mask", config.mask().toString());
        settings.put("transform", loading.transform().describe());
        settings.putAll(mixture.settings());
        settings.put("shuffle", ShuffleOption.text(loading.shuffleBuffer()));
        settings.put(ModelOrigin.SETTING, origin(config).toJson());
        settings.put("route", chosen.route().label());
        return settings;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
