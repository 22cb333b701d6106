package org.glip.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glip.data.SampleRange;
import org.glip.data.SampleSource;
import org.glip.data.ShardPreparation;
import org.glip.data.ShardPreparation.Shard;
import org.glip.data.SkipCounts;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.files.JsonFields;
import org.glip.parts.Part;
import org.glip.parts.PartFile;
import org.glip.parts.PartSet;
import org.glip.parts.RunIdentity;
import org.glip.parts.Section;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip prepare}. */
@Command(
        name = "prepare",
        description = "Make shards of even size of pairs, with every picture decoded once to see that it can be, a list"
                + " of them, and their index.")
final class PrepareCommand implements Callable<Integer> {
    private static final String MANIFEST = "manifest.json";
    private static final String SHARDS = "shards";

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the shards.")
    private Path out;

    @Option(
            names = "--per-shard",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Pairs of the source that a shard is made of (default: ${DEFAULT-VALUE}).")
    private int perShard;

    @Option(
            names = "--shorter-side",
            defaultValue = "0",
            paramLabel = "PIXELS",
            description = "Shrink pictures whose shorter side is longer, to JPEG of quality 95; others keep their bytes"
                    + " (default: none is shrunk).")
    private int shorterSide;

    @Mixin
    private PartOptions parts;

    @Override
    public Integer call() throws IOException {
        SampleSource source =
                KnownData.indexed(data.source(), spec.commandLine().getErr());
        ShardPreparation preparation = new ShardPreparation(source, perShard, shorterSide);
        Path manifest = out.resolve(MANIFEST);
        RunIdentity run = identity(source);
        Part part = parts.part();
        Integer merge = parts.merge();
        try (StopSignal stop = new StopSignal();
                StagedProgress progress = new StagedProgress(spec.commandLine().getErr())) {
            if (merge != null) {
                finish(source, run, merged(manifest, merge, run));
            } else if (part == null) {
                finish(source, run, make(preparation, new SampleRange(0, preparation.shards()), progress));
            } else if (PartSet.isDone(manifest, part, run)) {
                spec.commandLine().getErr().println("glip: part " + part + " is done already: " + part.file(manifest));
            } else {
                writePart(part, manifest, run, make(preparation, part.of(preparation.shards(), 1), progress));
            }
        }
        return 0;
    }

    private RunIdentity identity(SampleSource source) throws IOException {
        Map<String, String> work = new LinkedHashMap<>();
        work.put("command", "prepare");
        work.putAll(PartRun.data(Map.of("the", source)));
        work.put("--per-shard", Integer.toString(perShard));
        work.put("--shorter-side", Integer.toString(shorterSide));
        return PartRun.of(work);
    }

    private List<Shard> make(ShardPreparation preparation, SampleRange shards, StagedProgress progress)
            throws IOException {
        List<Shard> made = new ArrayList<>();
        for (long shard = shards.first(); shard < shards.end(); shard++) {
            progress.update(SHARDS, shard - shards.first(), shards.end() - shards.first());
            made.add(preparation.write(shard, out));
        }
        progress.update(SHARDS, made.size(), made.size());
        return made;
    }

    private static void writePart(Part part, Path manifest, RunIdentity run, List<Shard> shards) throws IOException {
        List<JsonObject> lines = shards.stream().map(PrepareCommand::toJson).toList();
        Section section = new Section(SHARDS, 1, () -> null, () -> lines, JsonObject::new);
        PartFile.write(part.file(manifest), part, run, List.of(section));
    }

    private List<Shard> merged(Path manifest, int all, RunIdentity run) throws IOException {
        List<Shard> shards = new ArrayList<>();
        PartSet.open(manifest, all, run).forEach(file -> {
            for (JsonFields line : file.about(SHARDS)) {
                shards.add(read(line));
            }
        });
        for (Shard shard : shards) {
            Path file = out.resolve(shard.name());
            long bytes = Files.isRegularFile(file) ? Files.size(file) : 0;
            if (bytes != shard.bytes()) {
                throw new IOException(file + " has " + bytes + " bytes, not the " + shard.bytes()
                        + " that its part has written: remove the file of that part, and do it again");
            }
        }
        return shards;
    }

    private static JsonObject toJson(Shard shard) {
        JsonObject json = new JsonObject();
        json.addProperty("shard", shard.name());
        json.addProperty("samples", shard.samples());
        json.addProperty("bytes", shard.bytes());
        json.add("skipped", shard.skipped().toJson());
        return json;
    }

    private static Shard read(JsonFields json) throws IOException {
        return new Shard(
                json.text("shard"),
                json.whole("samples"),
                json.whole("bytes"),
                SkipCounts.read(json.object("skipped")));
    }

    /** Whoever reads the folder would read them too. */
    private void refuseStrangers(List<Shard> shards) throws IOException {
        Set<String> own = shards.stream()
                .filter(shard -> shard.samples() > 0)
                .map(Shard::name)
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(out)) {
            List<Path> strangers = files.filter(
                            file -> file.getFileName().toString().endsWith(".tar")
                                    && !own.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
            if (!strangers.isEmpty()) {
                throw new IOException(strangers.get(0) + " is none of these " + own.size()
                        + " shards: remove it, or prepare into another folder");
            }
        }
    }

    /** Writes the list of all shards, and their index. */
    private void finish(SampleSource source, RunIdentity run, List<Shard> shards) throws IOException {
        SkipCounts skipped = source.leftOut();
        long samples = 0;
        JsonArray list = new JsonArray();
        for (Shard shard : shards) {
            skipped = skipped.plus(shard.skipped());
            samples += shard.samples();
            list.add(toJson(shard));
        }
        if (samples == 0) {
            throw new IOException("No pair of " + source.describe() + " can be used (" + skipped.summary() + ")");
        }
        refuseStrangers(shards);
        JsonObject manifest = new JsonObject();
        manifest.addProperty("source", source.describe());
        manifest.add("settings", run.toJson());
        manifest.addProperty("samples", samples);
        manifest.addProperty("skipped", skipped.summary());
        manifest.add(SHARDS, list);
        AtomicFile.writeText(out.resolve(MANIFEST), Json.pretty(manifest) + "\n");
        KnownData.indexed(SampleSource.folder(out), spec.commandLine().getErr());
        JsonObject told = new JsonObject();
        told.addProperty("folder", out.toString());
        told.addProperty("shards", shards.size());
        told.addProperty("samples", samples);
        told.addProperty("skipped", skipped.summary());
        spec.commandLine().getOut().println(told);
    }
}
