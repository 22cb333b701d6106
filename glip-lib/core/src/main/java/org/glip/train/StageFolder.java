package org.glip.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path folder;
    private final Provenance provenance;
    private final @Nullable PromptTemplates prompts;
    private final boolean keepsCheckpoints;
    private final TrainingLoop loop;
    private final StageLog log;

    private StageFolder(
            Path folder,
            Provenance provenance,
            @Nullable PromptTemplates prompts,
            boolean keepsCheckpoints,
            TrainingLoop loop,
            StageLog log) {
        this.folder = folder;
        this.provenance = provenance;
        this.prompts = prompts;
        this.keepsCheckpoints = keepsCheckpoints;
        this.loop = loop;
        this.log = log;
    }

    /**
     * Opens the folder for a stage that begins, or goes on where the loop stands.
     *
     * @param prompts templates that fit the captions, for the model; null where they are not known
     * @param keepsCheckpoints whether to write checkpoints, as often as the stage's settings say and at the end
     * @throws IOException where the log cannot be written
     */
    static StageFolder open(
            Path folder,
            Provenance provenance,
            @Nullable PromptTemplates prompts,
            boolean keepsCheckpoints,
            TrainingLoop loop)
            throws IOException {
        StageLog log = StageLog.open(folder, loop.step());
        return new StageFolder(folder, provenance, prompts, keepsCheckpoints, loop, log);
    }

    /**
     * Finds where a run goes on.
     *
     * @throws IOException where its newest checkpoint is damaged
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

    /** @throws IOException where a run lies in the folder already; what shows it is named */
    static void requireNoRun(Path folder) throws IOException {
        for (String trace : new String[] {StageLog.FILE, ModelFolder.CHECKPOINTS, ModelFolder.WEIGHTS}) {
            if (Files.exists(folder.resolve(trace))) {
                throw new IOException(folder + " holds a run already (" + trace
                        + "); resume it, or choose another folder, or remove this one");
            }
        }
    }

    @Override
    public void afterStep(StepReport report) {
        log.add(report);
    }

    @Override
    public void checkpointIfDue() throws IOException {
        long every = loop.config().checkpointEvery();
        if (keepsCheckpoints && every > 0 && loop.step() % every == 0) {
            checkpoint();
        }
    }

    /** The last checkpoint, also of a stage that was interrupted; and the model of one that is done. */
    @Override
    public void finish(StageResult result) throws IOException {
        if (keepsCheckpoints) {
            checkpoint();
        }
        if (!result.interrupted()) {
            Uninterrupted.run(() -> ModelFolder.write(folder, loop.model(), prompts, provenance.asMetadata()));
        }
    }

    private void checkpoint() throws IOException {
        Uninterrupted.run(() -> Checkpoint.write(folder, loop, prompts, provenance));
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
