package org.glip.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.glip.cli.Glip;
import org.glip.engine.CacheFolders;
import org.glip.parts.Part;

/** A command of {@code bin/glip} that takes {@code --part}. */
final class CommandTask implements PartTask {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> command;

    /** @param command such as {@code embed --model DIR --images LIST --out FILE} */
    CommandTask(List<String> command) {
        this.command = new ArrayList<>(command);
    }

    @Override
    public void run(Part part) throws IOException {
        run("--part", part.toString());
    }

    /**
     * Runs the command with more options.
     *
     * @return what it wrote to standard output
     * @throws IOException if its exit code is not 0; the message is what it said
     */
    String run(String... more) throws IOException {
        CacheFolders.settle();
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Glip.run(
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IOException("glip " + String.join(" ", arguments) + " ended with " + code + ": "
                    + err.toString().strip());
        }
        return out.toString();
    }
}
