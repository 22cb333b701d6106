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

    /**
     * Begins a line in the output of the running cell that tells how some work goes; it may be given to all that takes
     * a progress.
     *
     * @param work what is done, in a word or two
     */
    public static NotebookProgress progress(String work) {
        return new NotebookProgress(work, live());
    }

    /** Begins a chart in the output of the running cell of loss and accuracy while models are trained. */
    public static LiveCurves curves() {
        return new LiveCurves(live());
    }
}
