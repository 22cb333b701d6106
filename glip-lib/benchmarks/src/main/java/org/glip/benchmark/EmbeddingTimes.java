package org.glip.benchmark;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.Batch;
import org.glip.data.SyntheticPairs;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.eval.Embedder;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.text.ClipTokenizer;

/**
 * Times embedding pictures and texts as {@code embedding_peer.py} times open_clip's loop; the arguments are a file with
 * a caption a line and, where not the peer's defaults, model, pictures and batch.
 */
public final class EmbeddingTimes {
    private static final int WARMUP = 1;
    private static final int ROUNDS = 3;

    private EmbeddingTimes() {}

    /**
     * Prints a JSON object.
     *
     * @param args the file, then model, pictures and pictures of a batch
     * @throws IOException if the file cannot be read
     */
    public static void main(String... args) throws IOException {
        List<String> captions = Files.readAllLines(Path.of(args[0]));
        ClipConfig config = ClipConfig.resolve(args.length > 1 ? args[1] : "ViT-B-16");
        int pictures = args.length > 2 ? Integer.parseInt(args[2]) : 64;
        int size = args.length > 3 ? Integer.parseInt(args[3]) : 64;
        ClipTokenizer tokenizer = ClipTokenizer.load();
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config, 1, manager)) {
            Execution execution = Execution.fastest(config, Precision.FP32, manager);
            model.use(execution);
            Embedder embedder = new Embedder(model, tokenizer);
            List<Batch> batches = batches(config, tokenizer, pictures, size);
            Stopwatch stopwatch = new Stopwatch();
            stopwatch.time("images", WARMUP, ROUNDS, () -> embedder.images(batches.iterator()));
            stopwatch.time("texts", WARMUP, ROUNDS, () -> embedder.texts(captions));
            stopwatch.result().addProperty("pictures", pictures);
            stopwatch.result().addProperty("captions", captions.size());
            stopwatch.result().addProperty("threads", Torch.threads());
            stopwatch.result().addProperty("route", execution.route().toString());
            System.out.println(stopwatch.result());
        }
    }

    private static List<Batch> batches(ClipConfig config, ClipTokenizer tokenizer, int pictures, int size) {
        List<Batch> batches = new ArrayList<>();
        for (int done = 0; done < pictures; done += size) {
            int count = Math.min(size, pictures - done);
            batches.add(SyntheticPairs.builder()
                    .setTokenizer(tokenizer)
                    .setBatchSize(count)
                    .setImageSize(config.vision().imageSize())
                    .setContextLength(config.text().contextLength())
                    .optSeed(done)
                    .build()
                    .next());
        }
        return batches;
    }
}
