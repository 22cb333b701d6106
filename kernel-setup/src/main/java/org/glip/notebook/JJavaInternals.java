package org.glip.notebook;

import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.glip.notebook.LastingInterrupt.Cell;

/**
 * What the kernel JJava offers no function for. Its class for Java cells is in no artifact that could be compiled
 * against, and the names below are those of the version in {@code kernel-setup/requirements.txt}.
 *
 * @param kernel the kernel
 * @param request the field with the message that the cell at work came by, or the last one
 * @param tasks what runs now; an interrupt cancels each
 */
record JJavaInternals(BaseKernel kernel, Field request, Map<String, Future<Object>> tasks) {

    /** @throws ReflectiveOperationException if the kernel is another version */
    static JJavaInternals of(BaseKernel kernel) throws ReflectiveOperationException {
        Object evaluator = kernel.getClass().getMethod("getEvaluator").invoke(kernel);
        @SuppressWarnings("unchecked")
        Map<String, Future<Object>> tasks =
                (Map<String, Future<Object>>) field(field(evaluator, "execControl"), "running");
        Field request = CommManager.class.getDeclaredField("context");
        request.setAccessible(true);
        return new JJavaInternals(kernel, request, tasks);
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    /** The shell that runs the cells. */
    JShell shell() throws ReflectiveOperationException {
        return (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
    }

    /** The cell at work. */
    Optional<Cell> runningCell() {
        if (!kernel.getIO().isAttached()) {
            return Optional.empty();
        }
        try {
            Header<?> header = ((MessageContext) request.get(kernel.getCommManager())).getHeader();
            return Optional.of(
                    new Cell(header.getId(), requested(header.getTimestamp().getDateString())));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // it has been made accessible
        }
    }

    private static Instant requested(String date) {
        try {
            return OffsetDateTime.parse(date).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** Has each interrupt told, also of an idle kernel: a task that never ends is cancelled like the others. */
    void onInterrupt(Runnable told) {
        tasks.put("interrupts", new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                told.run();
                return false;
            }
        });
    }

    /**
     * Puts a stream between a print stream of the kernel and what that writes to.
     *
     * @throws java.lang.reflect.InaccessibleObjectException if the process was not started with
     *     {@code --add-opens java.base/java.io=ALL-UNNAMED}
     */
    static void wrap(PrintStream stream, UnaryOperator<OutputStream> wrapper) throws ReflectiveOperationException {
        Field out = FilterOutputStream.class.getDeclaredField("out");
        out.setAccessible(true);
        synchronized (stream) {
            out.set(stream, wrapper.apply((OutputStream) out.get(stream)));
        }
    }
}
