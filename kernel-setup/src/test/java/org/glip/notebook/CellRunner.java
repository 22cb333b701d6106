package org.glip.notebook;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.LocalExecutionControlProvider;

/**
 * Runs cells as the Java kernel does, one after the other in one JShell, in this JVM: same class path, same native
 * libraries, same system properties.
 */
final class CellRunner implements AutoCloseable {
    /** What the kernel imports before the first cell, besides our own imports. */
    private static final String KERNEL_IMPORTS = """
            import java.io.*;
            import java.math.*;
            import java.net.*;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.prefs.*;
            import java.util.regex.*;
            import static org.glip.notebook.KernelFunctions.*;
            """;

    private final JShell shell = JShell.builder()
            .executionEngine(new LocalExecutionControlProvider(), Map.of())
            .build();

    CellRunner() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            shell.addToClasspath(entry);
        }
        run(KERNEL_IMPORTS + NotebookImports.script());
    }

    /**
     * Runs a cell and shows the value of its last expression.
     *
     * @throws CellFailure with the snippet at fault and the whole chain of causes
     */
    void run(String cell) {
        String rest = withoutMagics(cell);
        List<Snippet> snippets = new ArrayList<>();
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (next.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
                break;
            }
            if (!next.completeness().isComplete()) {
                // The compiler's word on an unfinished or unknown snippet says more than "incomplete" does.
                evaluate(rest);
                throw new CellFailure(rest, "is not complete: a bracket or quote is left open");
            }
            snippets.add(evaluate(next.source()));
            rest = next.remaining();
        }
        failOnUnresolved(snippets);
        if (!snippets.isEmpty()) {
            showValue(snippets.get(snippets.size() - 1));
        }
    }

    /** Lines such as {@code %classpath ...} speak to the kernel; the class path is there already. */
    private static String withoutMagics(String cell) {
        return cell.lines().map(line -> line.startsWith("%") ? "" : line).collect(Collectors.joining("\n"));
    }

    private Snippet evaluate(String source) {
        List<SnippetEvent> events = shell.eval(source);
        for (SnippetEvent event : events) {
            if (event.status() == Snippet.Status.REJECTED) {
                throw new CellFailure(source, "does not compile:\n" + diagnostics(event.snippet(), source));
            }
            if (event.exception() != null) {
                throw new CellFailure(source, "failed:\n" + chain(event.exception()));
            }
        }
        return events.get(0).snippet();
    }

    private String diagnostics(Snippet snippet, String source) {
        return shell.diagnostics(snippet)
                .map(diagnostic -> {
                    int at = (int) Math.max(0, Math.min(diagnostic.getPosition(), source.length()));
                    long line = source.substring(0, at).lines().count();
                    return "line " + Math.max(1, line) + ": " + diagnostic.getMessage(Locale.ENGLISH);
                })
                .collect(Collectors.joining("\n"));
    }

    /** JShell lets a method refer to a name that is to come; at the end of a cell nothing more comes. */
    private void failOnUnresolved(List<Snippet> snippets) {
        for (Snippet snippet : snippets) {
            if (snippet instanceof DeclarationSnippet declaration) {
                List<String> missing = shell.unresolvedDependencies(declaration).toList();
                if (!missing.isEmpty()) {
                    throw new CellFailure(snippet.source(), "refers to names that are not defined: " + missing);
                }
            }
        }
    }

    private void showValue(Snippet snippet) {
        String name = null;
        if (snippet instanceof ExpressionSnippet expression) {
            name = expression.name();
        } else if (snippet instanceof VarSnippet variable
                && variable.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
            name = variable.name();
        }
        if (name != null) {
            evaluate("if ((Object) " + name + " != null) org.glip.notebook.Notebook.show(" + name + ");");
        }
    }

    private static String chain(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String type = t instanceof EvalException eval
                    ? eval.getExceptionClassName()
                    : t.getClass().getName();
            text.append(t == thrown ? "" : "caused by ")
                    .append(type)
                    .append(": ")
                    .append(t.getMessage())
                    .append('\n');
            for (StackTraceElement frame : t.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        shell.close();
    }

    /** A snippet that did not compile or threw. */
    static final class CellFailure extends AssertionError {
        private static final long serialVersionUID = 1L;

        CellFailure(String snippet, String what) {
            super("The snippet\n" + snippet.strip().indent(4) + what);
        }
    }
}
