package org.glip.notebook;

/** Where values are shown: a cell's output on a notebook page, or the console where there is no page. */
public interface Display {

    /**
     * Shows a value below what has been shown before.
     *
     * @param value what {@link Rich#of} takes
     * @return the name under which {@link #update} finds it again
     */
    String show(Object value);

    /**
     * Replaces a value that has been shown.
     *
     * @param id what {@link #show} returned
     * @param value what takes its place
     */
    void update(String id, Object value);

    /** Returns the display of the Java kernel that runs this code, or the console if there is none. */
    static Display current() {
        return KernelDisplay.ofRunningKernel().orElseGet(() -> new ConsoleDisplay(System.out));
    }
}
