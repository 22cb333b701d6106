package org.glip.notebook;

import java.util.function.Consumer;
import org.glip.experiment.RunProgress;
import org.glip.experiment.Stage;
import org.glip.report.Markup;
import org.glip.scenes.ScenesProgress;
import org.glip.train.StepReport;

/**
 * A line in a cell's output that tells how some long work goes, of whichever kind: it may be given to all that takes a
 * progress. Begin it with {@link Notebook#progress}.
 */
public final class NotebookProgress implements ScenesProgress, RunProgress, Consumer<String> {
    private final String work;
    private final LiveDisplay display;
    private final RunProgress run;

    /**
     * Begins.
     *
     * @param work what is done, in a word or two
     * @param display where the line stands
     */
    public NotebookProgress(String work, LiveDisplay display) {
        this.work = work;
        this.display = display;
        this.run = RunProgress.lines(work, line -> display.refresh(() -> html(line), () -> line));
    }

    @Override
    public void update(String stage, long done, long total) {
        accept(stage + ", " + done + " of " + total);
    }

    @Override
    public void onStep(Stage stage, StepReport report) {
        run.onStep(stage, report);
    }

    @Override
    public void onTest(String test, long done, long total) {
        run.onTest(test, done, total);
    }

    /** Tells how far the work is. */
    @Override
    public void accept(String said) {
        String line = work + ": " + said;
        display.refresh(() -> html(line), () -> line);
    }

    /**
     * Says for good what came of it.
     *
     * @param said a line, such as {@code 60,000 pictures}
     */
    public void done(String said) {
        String line = work + ": " + said;
        display.update(html(line), line);
    }

    private static Html html(String line) {
        return new Html("<code>" + Markup.escaped(line) + "</code>", line);
    }
}
