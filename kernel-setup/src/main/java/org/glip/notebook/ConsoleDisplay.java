package org.glip.notebook;

import java.io.PrintStream;

/**
 * Shows the text forms, one below the other: for a plain JShell and for tests. It goes through {@link Rich#of} like a
 * kernel, so that a value that cannot be drawn fails here too.
 */
record ConsoleDisplay(PrintStream console) implements Display {

    @Override
    public String show(Object value) {
        console.println(Rich.of(value).text());
        return "console";
    }

    @Override
    public void update(String id, Object value) {
        show(value);
    }
}
