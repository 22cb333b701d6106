package org.glip.cli;

import java.util.Map;
import java.util.stream.Collectors;
import org.glip.train.Provenance;
import picocli.CommandLine.Model.CommandSpec;

/** What was typed. */
final class Invocation {
    private Invocation() {}

    /** Provenance of a result of this command line. */
    static Provenance provenance(CommandSpec spec, String data, Map<String, String> configuration) {
        return provenance(spec, data, configuration, Map.of());
    }

    /** The same with details, see {@link Provenance}. */
    static Provenance provenance(
            CommandSpec spec, String data, Map<String, String> configuration, Map<String, String> details) {
        String typed = spec.root().commandLine().getParseResult().originalArgs().stream()
                .map(Invocation::quoted)
                .collect(Collectors.joining(" "));
        return Provenance.here("glip " + typed, data, configuration, details);
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./:=,@+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
