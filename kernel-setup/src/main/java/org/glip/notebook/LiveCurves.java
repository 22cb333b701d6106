package org.glip.notebook;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.glip.experiment.RunCurves;
import org.glip.experiment.RunProgress;
import org.glip.experiment.TrainedModels;
import org.glip.report.AccuracyCurve;
import org.glip.report.Markup;

/**
 * Loss and validation accuracy of runs, drawn while they are trained, with a line below that tells how the present one
 * goes. Begin it with {@link Notebook#curves}.
 */
public final class LiveCurves {
    private final RunCurves curves = new RunCurves();
    private final LiveDisplay display;

    /**
     * Begins.
     *
     * @param display where the chart stands
     */
    public LiveCurves(LiveDisplay display) {
        this.display = display;
    }

    /**
     * Watches a run.
     *
     * @param run its name in the legend
     * @return to be given to {@link org.glip.experiment.Comparison}
     */
    public RunProgress watch(String run) {
        return curves.watch(run, said -> display.refresh(() -> page(said), () -> said));
    }

    /**
     * Shows the whole of a run that is trained, also of one that was trained before.
     *
     * @param run its name in the legend
     * @param models its models
     * @return the models
     * @throws IOException if its log is missing or damaged; it is named
     */
    public TrainedModels show(String run, TrainedModels models) throws IOException {
        curves.show(run, models);
        display.update(curves.draw(), run + ": trained");
        return models;
    }

    /** {@return the validation accuracy of all runs so far} */
    public List<AccuracyCurve> accuracies() {
        return curves.accuracies();
    }

    /** A front end shows one form of an output, so chart and line are one page. */
    private Html page(String said) {
        BufferedImage chart = curves.draw();
        return new Html(
                Markup.picture(chart, "Loss and validation accuracy so far") + "<p><code>" + Markup.escaped(said)
                        + "</code></p>",
                said);
    }
}
