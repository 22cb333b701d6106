package org.glip.notebook;

import java.lang.reflect.InaccessibleObjectException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * What the JJava kernel loads at its start, through {@code META-INF/services}: the renderers of {@link Rich#TYPES}, so
 * that such a value as a cell's last expression appears as table or picture; the imports of {@code imports.jshell};
 * output in few messages; and interrupts that are not lost.
 */
public final class JJavaExtension implements Extension {
    private static final long MILLIS_BETWEEN_MESSAGES = 50;

    @Override
    public void install(BaseKernel kernel) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "glip-output");
            thread.setDaemon(true);
            return thread;
        });
        CoalescedOutput output =
                new CoalescedOutput(task -> clock.schedule(task, MILLIS_BETWEEN_MESSAGES, TimeUnit.MILLISECONDS));
        register(kernel.getRenderer(), output::send);
        kernel.eval(NotebookImports.script());
        try {
            JJavaInternals internals = JJavaInternals.of(kernel);
            internals.onInterrupt(new LastingInterrupt(internals::runningCell, kernel::interrupt)::ask);
            coalesce(internals, output);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            System.err.println("This kernel was set up in another way than by kernel-setup/run.sh (" + e
                    + "): printing many lines is slow, and an interrupt may be lost while a cell compiles.");
        }
    }

    private static void coalesce(JJavaInternals internals, CoalescedOutput output) throws ReflectiveOperationException {
        // at the end of each snippet, so before the kernel shows its value or its failure
        internals.shell().onSnippetEvent(event -> output.send());
        JJavaInternals.wrap(internals.kernel().getIO().out, output::before);
        JJavaInternals.wrap(internals.kernel().getIO().err, output::before);
    }

    /** @param beforeAnything called before a value is shown, whatever its type */
    static void register(Renderer renderer, Runnable beforeAnything) {
        for (Class<?> type : Rich.TYPES) {
            renderer.createRegistration(type)
                    .preferring(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN)
                    .register((value, context) -> {
                        beforeAnything.run();
                        render(value, context);
                    });
        }
        // of any other type the kernel itself shows the text
        renderer.createRegistration(Object.class)
                .preferring(MIMEType.TEXT_PLAIN)
                .register((value, context) -> beforeAnything.run());
    }

    private static void render(Object value, RenderContext context) {
        Rich rich = Rich.of(value);
        context.renderIfRequested(MIMEType.TEXT_PLAIN, rich::text);
        if (rich.html() != null) {
            context.renderIfRequested(MIMEType.TEXT_HTML, rich::html);
        }
    }
}
