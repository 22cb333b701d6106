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
    private static final int LOG_WIDTH = 160;

    private final ProgressBar bar;
    private final TimeLeft left;

    private Progress(ProgressBar bar, TimeLeft left) {
        this.bar = bar;
        this.left = left;
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
        TimeLeft left = new TimeLeft(System::nanoTime);
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(terminal ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? TERMINAL_MILLIS : LOG_MILLIS)
                .setEtaFunction(left::now)
                .setConsumer(
                        terminal
                                ? new ConsoleProgressBarConsumer(System.err)
                                : new DelegatingProgressBarConsumer(err::println, LOG_WIDTH))
                .build();
        return new Progress(bar, left);
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

    /** Tells how long it will still take; until the first time that is estimated by what is done. */
    void tellLeft(double seconds) {
        left.tell(seconds);
    }

    /** Says something else of what is being done. */
    void say(String message) {
        bar.setExtraMessage(message);
    }

    @Override
    public void close() {
        bar.close();
    }
}
