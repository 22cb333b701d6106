package org.glip.notebook;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.glip.notebook.LastingInterrupt.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Starts the Kotlin kernel with interrupts of its own, which come as the signal SIGINT. The kernel's are lost where the
 * request for a cell is still on its way, and one that comes while it compiles ends its thread inside the compiler
 * ({@code Thread.stop}), after which no cell runs any more.
 *
 * <p>A cell is interrupted only while code of the reader runs, and until it ends. What runs there ends by itself, as
 * the library's calls do; a loop that never looks goes on, as it does in the Java kernel.
 */
public final class KotlinKernel {
    private static final String MAIN = "org.jetbrains.kotlinx.jupyter.IkotlinKt";
    private static final String EXECUTOR = "org.jetbrains.kotlinx.jupyter.execution.JupyterExecutorImpl";

    /** The name of its thread while no cell runs; else that begins with {@code Execution of}. */
    private static final String IDLE = "<idle>";

    private static final Pattern CELL_CLASS = Pattern.compile("Line_\\d+_jupyter.*");

    private @Nullable Thread executor;
    private String lastName = IDLE;
    private int cells;

    /** @param args the kernel's own */
    public static void main(String[] args) throws ReflectiveOperationException {
        KotlinKernel kernel = new KotlinKernel();
        onSignal(new LastingInterrupt(kernel::running, kernel::interrupt)::ask);
        Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) args);
    }

    /** By name, since the compiler warns of {@code sun.misc.Signal}, for which the JDK has no other class. */
    private static void onSignal(Runnable told) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object telling = Proxy.newProxyInstance(
                KotlinKernel.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    told.run();
                    return null;
                });
        Object interrupt = signal.getConstructor(String.class).newInstance("INT");
        signal.getMethod("handle", signal, handler).invoke(null, interrupt, telling);
    }

    /** The cell at work. Its thread gets a name for each, a string of its own. */
    private synchronized Optional<Cell> running() {
        if (executor == null) {
            executor = threadOf(EXECUTOR).orElse(null);
        }
        String name = executor == null ? IDLE : executor.getName();
        if (name.equals(IDLE)) {
            return Optional.empty();
        }
        if (name != lastName) { // the same code run twice is two cells
            lastName = name;
            cells++;
        }
        return Optional.of(new Cell(Integer.toString(cells), Instant.EPOCH));
    }

    private synchronized void interrupt() {
        if (executor != null && Arrays.stream(executor.getStackTrace()).anyMatch(KotlinKernel::isOfACell)) {
            executor.interrupt();
        }
    }

    private static Optional<Thread> threadOf(String className) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith(className)
                                && frame.getMethodName().startsWith("executorThread")))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether this is a call within what the kernel made of a cell. */
    static boolean isOfACell(StackTraceElement frame) {
        return CELL_CLASS.matcher(frame.getClassName()).matches();
    }
}
