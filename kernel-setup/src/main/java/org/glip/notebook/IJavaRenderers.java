package org.glip.notebook;

import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

/**
 * The renderers of {@link Rich#TYPES} for IJava, JJava's forerunner, which knows no extensions: its start-up script
 * {@code ijava.jshell} calls this.
 */
public final class IJavaRenderers {
    private IJavaRenderers() {}

    /** Registers the renderers with a running kernel. */
    public static void register(Renderer renderer) {
        for (Class<?> type : Rich.TYPES) {
            renderer.createRegistration(type)
                    .preferring(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN)
                    .register(IJavaRenderers::render);
        }
    }

    private static void render(Object value, RenderContext context) {
        Rich rich = Rich.of(value);
        context.renderIfRequested(MIMEType.TEXT_PLAIN, rich::text);
        if (rich.html() != null) {
            context.renderIfRequested(MIMEType.TEXT_HTML, rich::html);
        }
    }
}
