package org.glip.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.glip.files.Uninterrupted;
import org.glip.model.ModelFolder;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of a stage: its log, its checkpoints, and at the end the model. */
final class StageFolder implements StageFiles {
    private static final Logger LOGGER = LoggerFactory.getLogger(StageFolder.class);

    /** What a stage writes, and what shows that there was one. */
    private static final List<String> TRACES = List.of(
            StageLog.FILE,
            ModelFolder.CHECKPOINTS,
            ModelFolder.WEIGHTS,
            ModelFolder.CONFIG,
            ModelFolder.PLAIN_CONFIG,
            ModelFolder.PROMPTS);

    private final Path folder;
    private final Provenance provenance;
    private final @Nullable PromptTemplates prompts;
    private final int keep;
    private final TrainingLoop loop;
    private final StageLog log;

    private StageFolder(
            Path folder,
            Provenance provenance,
            @Nullable PromptTemplates prompts,
            int keep,
            TrainingLoop loop,
            StageLog log) {
        this.folder = folder;
        this.provenance = provenance;
        this.prompts = prompts;
        this.keep = keep;
        this.loop = loop;
        this.log = log;
    }

    /**
     * Opens the folder for a stage that begins, or goes on where the loop stands.
     *
     * @param prompts templates that fit the captions, for the model; null where they are not known
     * @param keep how many checkpoints stay; 0 for writing none, else they are written as often as the stage's settings
     *     say and at the end
     * @throws IOException where the log cannot be written
     */
    static StageFolder open(
            Path folder, Provenance provenance, @Nullable PromptTemplates prompts, int keep, TrainingLoop loop)
            throws IOException {
        StageLog log = StageLog.open(folder, loop.step());
        return new StageFolder(folder, provenance, prompts, keep, loop, log);
    }

    /**
     * Finds where a run goes on.
     *
     * @throws IOException where all its checkpoints are damaged
     */
    static Optional<Checkpoint> newestCheckpoint(Path folder) throws IOException {
        Optional<Checkpoint> newest = Checkpoint.newest(folder);
        if (newest.isPresent()) {
            LOGGER.info("going on from {}", newest.get().folder());
        } else {
            LOGGER.warn("{} has no checkpoint to go on from: the run begins anew", folder);
        }
        return newest;
    }

    /**
     * A log in which nothing stands is that of a run that was killed before its first step, and in nobody's way.
     *
     * @throws IOException where a run lies in the folder already; what shows it is named
     */
    static void requireNoRun(Path folder) throws IOException {
        for (String trace : TRACES) {
            Path file = folder.resolve(trace);
            boolean isEmptyLog = trace.equals(StageLog.FILE) && Files.isRegularFile(file) && Files.size(file) == 0;
            if (Files.exists(file) && !isEmptyLog) {
                throw new IOException(folder + " holds a run already (" + trace
                        + "); resume it, or choose another folder, or remove this one");
            }
        }
    }

    @Override
    public void afterStep(StepReport report) throws IOException {
        log.add(report);
    }

    /** The last checkpoint, also of a stage that was interrupted; and the model of one that is done. */
    @Override
    public void finish(StageResult result) throws IOException {
        checkpoint();
        if (!result.interrupted()) {
            loop.requireFinite();
            log.requireInPlace();
            Uninterrupted.run(() -> ModelFolder.write(folder, loop.model(), prompts, provenance.asMetadata()));
        }
    }

    @Override
    public void checkpoint() throws IOException {
        if (keep == 0) {
            return;
        }
        log.requireInPlace(); // a folder that was removed must not come again with a checkpoint alone
        loop.requireFinite();
        Uninterrupted.run(() -> {
            log.sync();
            CheckpointFolder checkpoints = new CheckpointFolder(folder);
            checkpoints.add(loop.step(), part -> Checkpoint.write(part, loop, prompts, provenance));
            checkpoints.prune(loop.step(), keep);
        });
    }

    /** Of a stage that ends before its first step nothing is worth being kept, and an empty log would be in the way. */
    @Override
    public void rescue() throws IOException {
        if (loop.step() == 0) {
            log.removeIfEmpty();
        } else if (keep > 0 && loop.isBetweenSteps() && Files.isDirectory(folder)) {
            loop.requireFinite();
            Uninterrupted.run(() -> new CheckpointFolder(folder)
                    .add(loop.step(), part -> Checkpoint.write(part, loop, prompts, provenance)));
            LOGGER.warn("the run ends by an error after step {}, which is kept: --resume goes on from it", loop.step());
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
