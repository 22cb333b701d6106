package org.glip.cli;

import ai.djl.Device;
import java.util.Map;
import java.util.stream.Collectors;
import org.glip.train.Provenance;
import picocli.CommandLine.Model.CommandSpec;

/** What was typed. */
final class Invocation {
    private Invocation() {}

    /** Provenance of a result of this command line. */
    static Provenance provenance(CommandSpec spec, String data, Map<String, String> configuration, Device device) {
        return provenance(spec, data, configuration, Map.of(), device);
    }

    /** The same with details, see {@link Provenance}. */
    static Provenance provenance(
            CommandSpec spec,
            String data,
            Map<String, String> configuration,
            Map<String, String> details,
            Device device) {
        String typed = spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(Invocation::quoted)
                .collect(Collectors.joining(" "));
        return Provenance.here("glip " + typed, data, configuration, details, device);
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./:=,@+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
