package org.glip.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.glip.engine.LostRankException;
import org.glip.train.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns failures into one line on standard error and an exit code. */
final class Failures {
    /** What a shell gives for a program that was ended by Ctrl-C. */
    static final int INTERRUPTED = 130;

    private Failures() {}

    /** Arguments that make no sense: the message and where help is. */
    static int onWrongUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("glip: " + OneScreen.of(inWords(String.valueOf(failure.getMessage()))));
        missingArgumentFile(arguments)
                .ifPresent(file -> command.getErr().println("glip: there is no file of arguments " + file));
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** The parser takes the name of a file that is not there for an argument, and misses what the file would say. */
    private static Optional<String> missingArgumentFile(String... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.matches("@[^@].*"))
                .map(argument -> argument.substring(1))
                .filter(file -> !new File(file).isFile())
                .findFirst();
    }

    /** The types of options by what people call them. */
    private static String inWords(String message) {
        return message.replaceAll("' is not an? (double|float)$", "' is not a number")
                .replaceAll("' is not an? (int|long|Integer|Long)$", "' is not a whole number");
    }

    /** Wrong input is told by its message alone; anything else is a fault of the program. */
    static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        if (isInterruption(failure)) {
            command.getErr().println("glip: interrupted");
            return INTERRUPTED;
        }
        Optional<String> memory = FullMemory.told(failure);
        boolean wrongInput = failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
        boolean told = memory.isPresent()
                || wrongInput
                || failure instanceof DivergedException
                || failure instanceof LostRankException;
        String message = memory.orElseGet(() -> told ? message(failure) : "internal failure: " + failure);
        command.getErr().println("glip: " + OneScreen.of(message));
        Glip root = (Glip) command.getCommandSpec().root().userObject();
        if (root.isVerbose()) {
            failure.printStackTrace(command.getErr());
        } else if (!told) {
            command.getErr().println("Run it again with --verbose for the stack trace.");
        }
        return wrongInput && memory.isEmpty() ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** On the thread of the command, where it is no exception that picocli would hand on. */
    static int onFullMemory(OutOfMemoryError failure, PrintWriter err) {
        err.println("glip: " + FullMemory.told(failure).orElse(failure.toString()));
        return ExitCode.SOFTWARE;
    }

    private static boolean isInterruption(Exception failure) {
        return failure instanceof InterruptedException
                || failure instanceof ClosedByInterruptException
                || failure.getCause() instanceof ClosedByInterruptException
                || (failure instanceof CancellationException
                        && Thread.currentThread().isInterrupted());
    }

    /** The JDK's file exceptions have a path for a message and say the rest by their type. */
    private static String message(Exception failure) {
        Throwable told = failure instanceof UncheckedIOException && failure.getCause() instanceof FileSystemException
                ? failure.getCause()
                : failure;
        if (told instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        } else if (told instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        } else if (told instanceof FileAlreadyExistsException blocked) {
            return blocked.getFile() + " is in the way: a folder is needed there";
        } else if (told instanceof FileSystemException other && other.getReason() == null) {
            return other.getFile() + ": " + other.getClass().getSimpleName();
        }
        return told.getMessage() == null ? told.toString() : told.getMessage();
    }
}
