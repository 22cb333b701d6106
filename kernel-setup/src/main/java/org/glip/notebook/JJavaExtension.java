package org.glip.notebook;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * What the JJava kernel loads at its start, through {@code META-INF/services}: the renderers of {@link Rich#TYPES}, so
 * that such a value as a cell's last expression appears as table or picture, and the imports of {@code imports.jshell}.
 */
public final class JJavaExtension implements Extension {

    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
        kernel.eval(NotebookImports.script());
    }

    static void register(Renderer renderer) {
        for (Class<?> type : Rich.TYPES) {
            renderer.createRegistration(type)
                    .preferring(MIMEType.TEXT_HTML, MIMEType.IMAGE_PNG, MIMEType.TEXT_PLAIN)
                    .register(JJavaExtension::render);
        }
    }

    private static void render(Object value, RenderContext context) {
        Rich rich = Rich.of(value);
        context.renderIfRequested(MIMEType.TEXT_PLAIN, rich::text);
        if (rich.html() != null) {
            context.renderIfRequested(MIMEType.TEXT_HTML, rich::html);
        }
        if (rich.png() != null) {
            context.renderIfRequested(MIMEType.IMAGE_PNG, rich::png);
        }
    }
}
