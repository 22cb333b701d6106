package org.glip.train;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glip.mask.AnnealedMask;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.train.OtherSettingsException.Difference;

/**
 * Compares a stage with the checkpoint that it is to go on from: the settings, and what the provenance tells of data
 * and configuration. A run that goes on with others is none that could be made again.
 *
 * @param model of the stage
 * @param config of the stage
 * @param provenance of the stage
 * @param accepted names of settings that may differ
 */
record ResumedSettings(ClipConfig model, StageConfig config, Provenance provenance, Set<String> accepted) {
    private static final String STEPS = "steps";
    private static final String MODEL = "model";
    private static final String DATA = "data";

    /** Names of {@link StageConfig}'s components as the command line has them; the others' stand as they are. */
    private static final Map<String, String> NAMES = Map.of(
            "batchSize", "batch",
            "microBatch", "micro-batch",
            "learningRate", "lr",
            "epsilon", "eps",
            "weightDecay", "weight-decay",
            "warmupSteps", "warmup");

    /** How often a checkpoint is written changes no step. */
    private static final Set<String> FREE = Set.of("checkpointEvery");

    private static final Set<String> NESTED = Set.of("optimizer");

    /** Of what the provenance names, all ranks must have the same. */
    private static final List<String> SAME_VERSIONS = List.of("glip", "commit", "engine");

    /**
     * Requires that the stage goes on as it began.
     *
     * @return what differs and was accepted
     * @throws IOException where the checkpoint's model cannot be read
     * @throws OtherSettingsException where something differs that was not accepted
     * @throws IllegalArgumentException where the checkpoint has done more steps than the stage has
     */
    List<Difference> require(Checkpoint checkpoint) throws IOException {
        if (checkpoint.step() > config.steps()) {
            throw new IllegalArgumentException(checkpoint.folder() + " has done " + checkpoint.step()
                    + " steps already, more than the " + config.steps() + " of this run");
        }
        List<Difference> all = differences(checkpoint);
        List<Difference> refused =
                all.stream().filter(one -> !accepted.contains(one.name())).toList();
        if (!refused.isEmpty()) {
            throw new OtherSettingsException(checkpoint.folder(), refused);
        }
        return all;
    }

    private List<Difference> differences(Checkpoint checkpoint) throws IOException {
        Map<String, Difference> found = new LinkedHashMap<>();
        Provenance before = checkpoint.provenance();
        compare(found, DATA, before.data(), provenance.data());
        String madeModel = ModelFolder.config(checkpoint.folder()).toJson();
        compare(found, MODEL, madeModel, model.toJson());
        Map<String, JsonElement> then = flat(checkpoint.configuration());
        Map<String, JsonElement> now = flat(new Gson().toJsonTree(config).getAsJsonObject());
        for (String name : union(then.keySet(), now.keySet())) {
            if (!name.equals(STEPS) && !java.util.Objects.equals(then.get(name), now.get(name))) {
                compare(found, name, told(then.get(name)), told(now.get(name)));
            }
        }
        steps(checkpoint).forEach(one -> found.putIfAbsent(one.name(), one));
        for (String name : union(
                before.configuration().keySet(), provenance.configuration().keySet())) {
            compare(
                    found,
                    name,
                    before.configuration().getOrDefault(name, "not set"),
                    provenance.configuration().getOrDefault(name, "not set"));
        }
        return new ArrayList<>(found.values());
    }

    /** The settings of a stage, value by name. */
    static Map<String, String> of(ClipConfig model, StageConfig config) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(MODEL, model.toJson());
        flat(new Gson().toJsonTree(config).getAsJsonObject()).forEach((name, value) -> all.put(name, told(value)));
        all.put("checkpoint-every", Long.toString(config.checkpointEvery()));
        return all;
    }

    /** What the provenance tells of data, configuration and program, value by name. */
    static Map<String, String> of(Provenance provenance) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(DATA, provenance.data());
        all.putAll(provenance.configuration());
        for (String version : SAME_VERSIONS) {
            all.put(version, provenance.versions().getOrDefault(version, "unknown"));
        }
        return all;
    }

    /** A run may be made longer or shorter while its schedule has given the steps that are done the same rates. */
    private List<Difference> steps(Checkpoint checkpoint) {
        StageConfig before = new Gson().fromJson(checkpoint.configuration(), StageConfig.class);
        if (before.steps() == config.steps()) {
            return List.of();
        }
        if (config.mask() instanceof AnnealedMask && checkpoint.step() > 0) {
            return List.of(new Difference(
                    STEPS,
                    Long.toString(before.steps()),
                    Long.toString(config.steps()),
                    "by which steps that are done would have had another sigma: the annealed mask opens until the last"
                            + " step"));
        }
        LearningRateSchedule then = before.schedule();
        LearningRateSchedule now = config.optimizer().schedule(config.steps());
        for (long step = 0; step < checkpoint.step(); step++) {
            if (then.at(step) != now.at(step)) {
                return List.of(new Difference(
                        STEPS,
                        Long.toString(before.steps()),
                        Long.toString(config.steps()),
                        "by which step " + (step + 1) + ", which is done, would have had another learning rate: after"
                                + " the warm-up it falls to zero at the last step"));
            }
        }
        return List.of();
    }

    private static void compare(Map<String, Difference> found, String name, String before, String now) {
        if (!before.equals(now)) {
            found.putIfAbsent(name, new Difference(name, before, now, ""));
        }
    }

    private static String told(JsonElement value) {
        return value == null ? "not set" : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private static Map<String, JsonElement> flat(JsonObject settings) {
        Map<String, JsonElement> flat = new LinkedHashMap<>();
        settings.entrySet().forEach(field -> {
            String name = field.getKey();
            if (NESTED.contains(name) && field.getValue().isJsonObject()) {
                flat.putAll(flat(field.getValue().getAsJsonObject()));
            } else if (!FREE.contains(name)) {
                flat.put(NAMES.getOrDefault(name, name), field.getValue());
            }
        });
        return flat;
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Set<String> union = new LinkedHashSet<>(first);
        union.addAll(second);
        return union;
    }
}
