package org.glip.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What a command gave back, run in this process. */
record CommandRun(int code, String out, String err) {
    static CommandRun glip(String... arguments) {
        return glipReading(new byte[0], arguments);
    }

    static CommandRun glipReading(String in, String... arguments) {
        return glipReading(in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static CommandRun glipReading(byte[] in, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Glip.run(
                new ByteArrayInputStream(in), new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** Appends arguments to common ones. */
    static String[] with(List<String> common, String... more) {
        return Stream.concat(common.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
