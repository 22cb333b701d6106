package org.glip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.glip.files.TextLines;
import org.glip.text.ClipTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glip tokenize}. */
@Command(
        name = "tokenize",
        description = "Turn texts into CLIP's token ids: a text a line in, a JSON array of ids a line out.")
final class TokenizeCommand implements Callable<Integer> {
    private static final int LINES_BETWEEN_CHECKS = 1024;

    @ParentCommand
    private Glip root;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--context",
            defaultValue = "77",
            paramLabel = "N",
            description = "Ids of a text, padded with 0 or cut (default: ${DEFAULT-VALUE}).")
    private int context;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ClipTokenizer tokenizer = ClipTokenizer.load();
        StringBuilder json = new StringBuilder();
        try (TextLines lines = TextLines.of(root.in(), "standard input")) {
            long count = 0;
            for (String text = lines.next(); text != null; text = lines.next()) {
                json.setLength(0);
                append(json, tokenizer.tokenize(text, context).ids());
                out.append(json);
                if (++count % LINES_BETWEEN_CHECKS == 0 && out.checkError()) {
                    throw new IOException("standard output cannot be written");
                }
            }
        } finally {
            out.flush(); // what was tokenised before an error is right
        }
        return 0;
    }

    private static void append(StringBuilder json, int[] ids) {
        char before = '[';
        for (int id : ids) {
            json.append(before).append(id);
            before = ',';
        }
        json.append("]\n");
    }
}
