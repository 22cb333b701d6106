package org.glip;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.glip.engine.HostCopy;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.eval.Embedder;
import org.glip.eval.Features;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.text.ClipTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A model in the engine's memory with its tokenizer. Calls of several threads run side by side: each computes in memory
 * of its own, over weights that do not change. Closing waits for them, since native memory must not go while a call
 * reads it.
 */
final class LoadedModel implements AutoCloseable {
    private final NDManager manager;
    private final ClipModel model;
    private final ClipTokenizer tokenizer;
    private final Embedder embedder;
    private final double logitScale;
    private final Mask mask;
    private final long maskSeed;

    /** Calls share it; closing has it alone. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    private LoadedModel(NDManager manager, ClipModel model, ClipTokenizer tokenizer, Settings settings) {
        this.manager = manager;
        this.model = model;
        this.tokenizer = tokenizer;
        this.embedder = new Embedder(model, tokenizer);
        this.mask = settings.mask;
        this.maskSeed = settings.maskSeed;
        this.logitScale = Math.exp(HostCopy.number(model.logitScale()));
    }

    /**
     * How to load a model.
     *
     * @param device null for the engine's preferred one
     * @param precision taken where the device has it
     * @param route way of float32 matrix products
     * @param mask what the image tower does not see
     * @param maskSeed of the one draw that all pictures get
     */
    record Settings(@Nullable Device device, Precision precision, MatrixRoute route, Mask mask, long maskSeed) {}

    static LoadedModel load(Path modelOrRun, ClipConfig config, Settings settings) throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.load();
        requireVocabulary(modelOrRun, config, tokenizer);
        NDManager manager = settings.device == null ? Torch.newManager() : Torch.newManager(settings.device);
        try {
            ClipModel model = ModelFolder.load(modelOrRun, config, manager);
            model.use(new Execution(Torch.supported(settings.precision, manager.getDevice()), settings.route));
            return new LoadedModel(manager, model, tokenizer, settings);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /** With another vocabulary the model was trained with another tokenizer, and its ids would mean other words. */
    static void requireVocabulary(Path modelOrRun, ClipConfig config, ClipTokenizer tokenizer) {
        int ids = config.text().vocabularySize();
        if (ids != tokenizer.vocabularySize()) {
            throw new IllegalArgumentException("the model " + modelOrRun + " has text_cfg.vocab_size " + ids
                    + ", but CLIP's tokenizer, the only one here, has " + tokenizer.vocabularySize() + " tokens");
        }
    }

    ClipConfig config() {
        return model.config();
    }

    ClipTokenizer tokenizer() {
        return tokenizer;
    }

    double logitScale() {
        return logitScale;
    }

    /** Features of texts, in order. */
    Features texts(List<String> texts) {
        return whileOpen(() -> embedder.texts(texts));
    }

    /** Returns the features of pictures, whose pixels (3,S,S) these are. */
    Features pictures(List<float[]> pixels) {
        return whileOpen(
                () -> mask instanceof Mask.None ? embedder.images(pixels) : embedder.images(pixels, mask, maskSeed));
    }

    private <T> T whileOpen(Supplier<T> call) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this Clip is closed");
            }
            return call.get();
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
                manager.close();
            }
        } finally {
            use.writeLock().unlock();
        }
    }
}
