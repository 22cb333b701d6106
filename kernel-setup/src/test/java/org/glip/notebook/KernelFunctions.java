package org.glip.notebook;

/** The functions that a Java kernel offers to cells, for cells that run without one. */
public final class KernelFunctions {
    private KernelFunctions() {}

    public static String display(Object value) {
        return Display.current().show(value);
    }

    public static String display(Object value, String... mimeTypes) {
        return display(value);
    }

    public static void updateDisplay(String id, Object value) {
        Display.current().update(id, value);
    }

    public static void updateDisplay(String id, Object value, String... mimeTypes) {
        updateDisplay(id, value);
    }
}
