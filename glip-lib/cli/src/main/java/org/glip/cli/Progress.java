package org.glip.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error: redrawn in place on a terminal, a line now and then in a log. */
final class Progress implements AutoCloseable {
    private static final int TERMINAL_MILLIS = 500;
    private static final int LOG_MILLIS = 10_000;
    private static final int LOG_WIDTH = 120;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Shows a bar.
     *
     * @param err standard error, where it is no terminal
     * @param task what is done
     * @param total how much there is to do, or -1 where that is not known
     */
    static Progress start(PrintWriter err, String task, long total) {
        boolean terminal = System.console() != null;
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(terminal ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? TERMINAL_MILLIS : LOG_MILLIS)
                .setConsumer(
                        terminal
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new DelegatingProgressBarConsumer(err::println, LOG_WIDTH))
                .build());
    }

    void add(long more, long total) {
        bar.maxHint(total);
        bar.stepBy(more);
    }

    void set(long done, long total, String message) {
        bar.maxHint(total);
        bar.stepTo(done);
        bar.setExtraMessage(message);
    }

    @Override
    public void close() {
        bar.close();
    }
}
