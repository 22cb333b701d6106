package org.glip.cli;

import java.io.IOException;
import org.glip.Clip;
import org.glip.ClipBuilder;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** The model of a command that asks it something: one's own, or the one that comes with the library. */
final class AskedModelOptions {
    @ArgGroup(
            exclusive = false,
            heading =
                    "Where no model is given, the small one answers that comes with the library: some two hundred drawn"
                            + " things.%n")
    private @Nullable ModelOptions own;

    @Mixin
    private ExecutionOptions execution;

    /** Opens the front door. */
    Clip open() throws IOException {
        ClipBuilder builder = Clip.builder();
        ClipConfig model;
        if (own == null) {
            model = Clip.pretrainedConfig();
            builder.setPretrained();
        } else {
            model = own.config();
            builder.setModel(own.weights()).optConfig(model);
        }
        Execution chosen = execution.prepare(model);
        return builder.optPrecision(chosen.precision())
                .optRoute(chosen.route())
                .optDevice(execution.device())
                .build();
    }
}
