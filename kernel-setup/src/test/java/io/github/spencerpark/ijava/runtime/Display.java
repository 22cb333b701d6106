package io.github.spencerpark.ijava.runtime;

import org.glip.notebook.Page;

/** Stands for the functions of the kernel IJava: what cells show goes onto a {@link Page} that tests look at. */
public final class Display {
    private Display() {}

    public static String display(Object value) {
        return Page.current().show(value);
    }

    public static void updateDisplay(String id, Object value) {
        Page.current().update(id, value);
    }
}
