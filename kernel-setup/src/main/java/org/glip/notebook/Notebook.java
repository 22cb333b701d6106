package org.glip.notebook;

/**
 * What a notebook's cells call. The same cell runs in JJava, in IJava and, with text in place of pictures, in a plain
 * JShell.
 */
public final class Notebook {
    private Notebook() {}

    /**
     * Shows a value in the output of the running cell, as the kernel shows a cell's last expression.
     *
     * @param value a table, chart, picture, {@link Html}, or anything that has a string form
     */
    public static void show(Object value) {
        Display.current().show(value);
    }

    /** Opens a place in the output of the running cell whose content can be replaced. */
    public static LiveDisplay live() {
        return new LiveDisplay(Display.current());
    }
}
