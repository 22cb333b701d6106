package org.glip.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glip.engine.Torch;
import org.glip.eval.Embedder;
import org.glip.eval.FeatureFile;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.text.ClipTokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip embed}. */
@Command(
        name = "embed",
        description = "Write the features of pictures and texts: safetensors with image (n,d) and text (m,d),"
                + " fp32, L2-normalised, in the order of the lists.")
final class EmbedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ExecutionOptions execution;

    @Option(
            names = "--images",
            paramLabel = "LISTFILE",
            description = "Picture files, a path a line; each is looked for in the list's folder, then in the working"
                    + " folder.")
    private @Nullable Path images;

    @Option(names = "--texts", paramLabel = "LISTFILE", description = "Texts, one a line.")
    private @Nullable Path texts;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        ClipConfig config = model.config();
        try (NDManager manager = Torch.newManager(execution.device());
                ClipModel clip = ModelFolder.load(model.weights(), config, manager);
                Progress progress = Progress.start(spec.commandLine().getErr(), "embed", -1)) {
            clip.use(execution.prepare(config));
            Embedder embedder = new Embedder(clip, ClipTokenizer.load());
            new FeatureFile(embedder, config, progress::add).write(out, images, texts);
        }
        return 0;
    }
}
