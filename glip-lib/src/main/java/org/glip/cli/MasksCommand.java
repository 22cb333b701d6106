package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.glip.mask.KeepProbability;
import org.glip.mask.PatchGrid;
import org.glip.mask.PatchMask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip masks}. */
@Command(
        name = "masks",
        description = "Draw masks and count how often each patch is kept: {\"kept\": k, \"frequency\": [[...], ...]}.")
final class MasksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private MaskOptions mask;

    @Option(
            names = "--grid",
            defaultValue = "14",
            paramLabel = "N",
            description = "Patches along a side (default: ${DEFAULT-VALUE}).")
    private int side;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--count",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Masks to draw (default: ${DEFAULT-VALUE}).")
    private int count;

    @Override
    public Integer call() throws IOException {
        PatchMask drawn = mask.config().on(new PatchGrid(side));
        JsonObject json = new JsonObject();
        json.addProperty("kept", drawn.kept());
        json.add("frequency", new Gson().toJsonTree(KeepProbability.simulate(drawn, count, seed)));
        spec.commandLine().getOut().println(json);
        return 0;
    }
}
