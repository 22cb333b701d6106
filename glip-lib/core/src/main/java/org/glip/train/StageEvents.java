package org.glip.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.glip.files.Folders;
import org.glip.tensorboard.EventFile;
import org.jspecify.annotations.Nullable;

/**
 * What TensorBoard shows of a stage, beside its other files: each session writes an event file, from its first step on.
 * A stage that goes on from a checkpoint begins one in which the steps that are done again stand for those of before.
 */
final class StageEvents implements StageFiles {
    private final Path folder;
    private final StageFiles others;
    private @Nullable EventFile events;

    /** @param others what else is kept of the stage; closed with this */
    StageEvents(Path folder, StageFiles others) {
        this.folder = folder;
        this.others = others;
    }

    /**
     * Makes the folder, and requires that it can be written.
     *
     * @param goesOn whether a stage may have written there before
     * @throws IOException where it cannot, or events of another stage lie there, among which those of this one could
     *     not be told; it is named
     */
    static void prepare(Path folder, boolean goesOn) throws IOException {
        Optional<Path> before = EventFile.any(folder);
        if (!goesOn && before.isPresent()) {
            throw new IOException(folder + " holds event files of a run already ("
                    + before.get().getFileName() + "); choose another folder for TensorBoard, or remove them");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file, a folder is needed there for TensorBoard");
        }
        Folders.create(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("the folder " + folder + " for TensorBoard cannot be written");
        }
    }

    /** A file that was taken away meanwhile, by who tidies up, is no reason to end a training: a new one begins. */
    @Override
    public void afterStep(StepReport report) throws IOException {
        others.afterStep(report);
        if (events != null && !events.isInPlace()) {
            events.close();
            events = null;
        }
        if (events == null) {
            events = EventFile.open(folder, report.step());
        }
        events.add(report.step(), scalars(report));
    }

    private static Map<String, Double> scalars(StepReport report) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", report.loss());
        scalars.put("train/lr", report.learningRate());
        scalars.put("train/logit_scale", report.logitScale());
        scalars.put("train/gradient_norm", report.gradientNorm());
        scalars.put("speed/samples_per_second", report.samplesPerSecond());
        scalars.put("speed/data_wait", report.dataWait());
        scalars.put("data/bad_samples", (double) report.badSamples());
        report.validation()
                .ifPresent(found -> found.figures().forEach((name, value) -> scalars.put("validation/" + name, value)));
        return scalars;
    }

    @Override
    public void rescue() throws IOException {
        others.rescue();
    }

    @Override
    public void checkpoint() throws IOException {
        if (events != null) {
            events.sync();
        }
        others.checkpoint();
    }

    @Override
    public void finish(StageResult result) throws IOException {
        others.finish(result);
    }

    @Override
    public void close() throws IOException {
        try (StageFiles closed = others) {
            if (events != null) {
                events.close();
            }
        }
    }
}
