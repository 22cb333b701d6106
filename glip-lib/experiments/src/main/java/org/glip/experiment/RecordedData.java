package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.glip.data.SampleSource;
import org.glip.files.Json;
import org.glip.results.ResultFileException;
import org.glip.scenes.RecordedScenes;
import org.glip.scenes.ScenesProgress;
import org.glip.sets.SetsFolder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the data of a recorded run: Scenes by their recipe, which are composed if they are not there; shards by their
 * patterns, where they lay or elsewhere, if their fingerprint is the recorded one; labelled sets likewise.
 *
 * @param scenes the folder that Scenes are composed in
 * @param shards a pattern of the shards if they lie elsewhere now, or null
 * @param sets the folder of the field's sets if it lies elsewhere now, or null
 */
record RecordedData(
        Path scenes, @Nullable String shards, @Nullable Path sets) {
    /**
     * Opens the data of a run.
     *
     * @param progress told while Scenes are composed
     * @throws ResultFileException where the file describes data that this library cannot make or find; the field is
     *     named
     * @throws IOException where a package of Scenes or a shard is missing; the message says what to do
     */
    Benchmark open(RecordedRun run, ScenesProgress progress) throws IOException {
        Benchmark found;
        if (isScenes(run)) {
            found = Benchmark.of(scenesOf(run).open(scenes, progress));
        } else {
            found = run.details().has(LabelledBenchmark.SETS) ? openLabelled(run) : openShards(run);
        }
        if (!found.name().equals(run.preset())) {
            throw new ResultFileException(
                    run.file(),
                    "\"labels.preset\" is \"" + run.preset() + "\", but its data are \"" + found.name() + "\"");
        }
        return found;
    }

    private static boolean isScenes(RecordedRun run) {
        return run.result().provenance().data().startsWith("{");
    }

    /** The Scenes of a run, not yet composed. */
    static RecordedScenes scenesOf(RecordedRun run) throws IOException {
        return RecordedScenes.parse(
                run.result().provenance().data(), "Result file " + run.file() + ": provenance.data");
    }

    private Benchmark openShards(RecordedRun run) throws IOException {
        RecordedSettings details = run.details();
        String data = run.result().provenance().data();
        if (!details.has(ShardBenchmark.SHARDS)) {
            throw details.refused(
                    ShardBenchmark.SHARDS,
                    "is missing, and \"provenance.data\", \"" + data + "\", is neither a recipe of Scenes nor a"
                            + " pattern of shards; older results of shards do not say enough to be made again");
        }
        List<String> patterns = shards == null ? texts(run, ShardBenchmark.SHARDS) : List.of(shards);
        String recorded = details.text(ShardBenchmark.FINGERPRINT);
        Optional<String> here =
                SampleSource.shards(patterns.toArray(String[]::new)).fingerprint();
        if (!here.equals(Optional.of(recorded))) {
            throw details.refused(
                    ShardBenchmark.FINGERPRINT,
                    "is " + recorded + ", but that of " + patterns + " is " + here.orElse("unknown")
                            + ": these are other shards; --shards says where the right ones lie");
        }
        Path folder = sets == null ? Path.of(details.text(ShardBenchmark.SETS)) : sets;
        return new ShardBenchmark(run.preset(), patterns, new SetsFolder(folder), details.text(ShardBenchmark.TEST));
    }

    private Benchmark openLabelled(RecordedRun run) throws IOException {
        RecordedSettings details = run.details();
        Path folder = sets == null ? Path.of(details.text(LabelledBenchmark.FOLDER)) : sets;
        Benchmark found = new LabelledBenchmark(run.preset(), folder, texts(run, LabelledBenchmark.SETS));
        if (!found.describe().equals(run.result().provenance().data())) {
            throw details.refused(
                    LabelledBenchmark.FOLDER,
                    "is " + folder + ", whose shards are not those of the run: their names or sizes differ; --sets says"
                            + " where the right ones lie");
        }
        return found;
    }

    /** The list of texts that a detail holds. */
    private static List<String> texts(RecordedRun run, String detail) throws IOException {
        String object = "{\"list\": " + run.details().text(detail) + "}";
        return Json.parse(object, "Result file " + run.file() + ": provenance.details." + detail)
                .texts("list");
    }
}
