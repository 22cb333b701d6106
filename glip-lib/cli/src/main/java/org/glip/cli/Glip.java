package org.glip.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.engine.CacheFolders;
import org.glip.files.FileNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code glip}. Results go to standard output, progress and messages to standard error. Exit code 0 means
 * that the result is complete; 2 that arguments or files are wrong; 1 that the program failed, or that a result was not
 * reproduced; 130 that it was interrupted.
 */
@Command(
        name = "glip",
        description = "Centred masking for language-image pre-training on the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Arguments may stand in a file: glip pretrain @recipe.txt"},
        subcommands = {
            TokenizeCommand.class,
            MasksCommand.class,
            ScenesCommand.class,
            PretrainCommand.class,
            TuneCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            ReproduceCommand.class,
            EmbedCommand.class,
            PrepareCommand.class,
            ExportCommand.class,
            ClassifyCommand.class,
            SearchCommand.class,
            BenchCommand.class
        })
public final class Glip {
    private static final String LIST_MARK = "@";
    private static final List<String> DATA = List.of("--data", "--train-data", "--validate");

    private final InputStream in;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    private Glip(InputStream in) {
        this.in = in;
    }

    InputStream in() {
        return in;
    }

    boolean isVerbose() {
        return verbose;
    }

    static CommandLine commandLine(InputStream in) {
        return new CommandLine(new Glip(in));
    }

    /**
     * Runs a command in a process that goes on afterwards.
     *
     * @param in standard input
     * @param out standard output
     * @param err standard error
     * @param arguments see {@code glip --help}
     * @return the exit code
     */
    public static int run(InputStream in, PrintWriter out, PrintWriter err, String... arguments) {
        for (String argument : arguments) {
            String damage = FileNames.damage(argument);
            if (damage != null) {
                err.println("glip: " + damage);
                return CommandLine.ExitCode.USAGE;
            }
        }
        try {
            return commandLine(in)
                    .setOut(out)
                    .setErr(err)
                    .setParameterExceptionHandler(Failures::onWrongUsage)
                    .setExecutionExceptionHandler(Failures::onFailure)
                    .execute(protectShardLists(arguments));
        } catch (OutOfMemoryError e) {
            return Failures.onFullMemory(e, err);
        }
    }

    /**
     * A file after {@code --data}, {@code --train-data} or {@code --validate} is a list of shards ({@code @shards.txt},
     * see {@link org.glip.data.SampleSource#shards(String...)}), not a file of arguments, which picocli would take it
     * for; a second {@code @} tells it so.
     */
    static String[] protectShardLists(String... arguments) {
        return IntStream.range(0, arguments.length)
                .mapToObj(i -> i > 0 && DATA.contains(arguments[i - 1]) && arguments[i].startsWith(LIST_MARK)
                        ? LIST_MARK + arguments[i]
                        : arguments[i])
                .toArray(String[]::new);
    }

    /**
     * Runs a command and ends the process.
     *
     * @param arguments see {@code glip --help}
     */
    public static void main(String... arguments) {
        CacheFolders.settle();
        PrintWriter out = standardOutput();
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(System.in, out, err, arguments);
        if (out.checkError() && code == CommandLine.ExitCode.OK) {
            err.println("glip: standard output cannot be written");
            code = CommandLine.ExitCode.USAGE;
        }
        System.exit(code);
    }

    /** Unlike {@link System#out} it notices when the reader has gone. */
    private static PrintWriter standardOutput() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16));
    }
}
