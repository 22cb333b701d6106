package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.benchmark.Stopwatch;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;

/** Times the optimiser's step, as {@code optimizer_peer.py} times PyTorch's. */
public final class OptimizerTimes {
    private static final int WARMUP = 3;
    private static final int ROUNDS = 15;

    private OptimizerTimes() {}

    /**
     * Prints a JSON object.
     *
     * @param args the model, where not ViT-B-16
     * @throws IOException if the model's file cannot be read
     */
    public static void main(String... args) throws IOException {
        ClipConfig config = ClipConfig.resolve(args.length > 0 ? args[0] : "ViT-B-16");
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config, 1, manager);
                Operators operators =
                        Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));
                AdamW optimizer = new AdamW(manager, operators, OptimizerConfig.paper(), model.tensors())) {
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            model.tensors().forEach((name, tensor) -> gradients.put(name, tensor.onesLike()));
            Stopwatch stopwatch = new Stopwatch();
            stopwatch.time("step", WARMUP, ROUNDS, () -> optimizer.step(1e-3, gradients));
            long parameters =
                    model.tensors().values().stream().mapToLong(NDArray::size).sum();
            stopwatch.result().addProperty("parameters", parameters);
            stopwatch.result().addProperty("threads", Torch.threads());
            System.out.println(stopwatch.result());
        }
    }
}
