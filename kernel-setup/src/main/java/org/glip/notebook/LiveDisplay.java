package org.glip.notebook;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One place in a cell's output whose content is replaced while the cell runs: a progress line, a growing chart.
 *
 * <p>May be used from any thread while its cell runs.
 */
public final class LiveDisplay {
    private static final long NANOS_BETWEEN_REFRESHES = 1_000_000_000L;

    private final Display display;
    private @Nullable String id;
    private long lastShown;

    /** A live place on a display; it appears with the first update. */
    public LiveDisplay(Display display) {
        this.display = display;
    }

    /**
     * Shows a value in place of the one before.
     *
     * @param value a table, chart, picture, {@link Html}, or anything that has a string form
     */
    public synchronized void update(Object value) {
        Rich rich = Rich.of(value);
        if (id == null) {
            id = display.show(rich);
        } else {
            display.update(id, rich);
        }
        lastShown = System.nanoTime();
    }

    /**
     * Shows a picture or page in place of the one before, and says the same to a terminal.
     *
     * @param value a table, chart, picture or {@link Html}
     * @param text a line for the terminal, for example {@code "step 40 of 1200, loss 2.31"}
     */
    public void update(Object value, String text) {
        update(Rich.of(value).withText(text));
    }

    /**
     * Like {@link #update(Object, String)}, but draws only if the last drawing is a second old, so that a training loop
     * can call it at each step. End with an {@code update}, or the last steps are missing from the picture.
     */
    public synchronized void refresh(Supplier<?> value, Supplier<String> text) {
        if (id == null || System.nanoTime() - lastShown >= NANOS_BETWEEN_REFRESHES) {
            update(value.get(), text.get());
        }
    }
}
