package org.glip.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.glip.engine.Torch;
import org.glip.eval.Embedder;
import org.glip.eval.FeatureFile;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.parts.Part;
import org.glip.parts.PartSet;
import org.glip.parts.RunIdentity;
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

    @Mixin
    private PartOptions parts;

    @Override
    public Integer call() throws IOException {
        FeatureFile.Lists lists = new FeatureFile.Lists(images, texts);
        ClipConfig config = model.config();
        Execution chosen = execution.prepare(config);
        Part part = parts.part();
        RunIdentity run = parts.isGiven() ? identity(config, chosen, lists) : null;
        if (run != null && parts.merge() != null) {
            FeatureFile.merge(out, lists, config, PartSet.open(out, parts.merge(), run));
            return 0;
        }
        if (run != null && part != null && PartSet.isDone(out, part, run)) {
            spec.commandLine().getErr().println("glip: part " + part + " is done already: " + part.file(out));
            return 0;
        }
        try (NDManager manager = Torch.newManager(execution.device());
                ClipModel clip = ModelFolder.load(model.weights(), config, manager);
                Progress progress = Progress.start(spec.commandLine().getErr(), "embed", -1)) {
            clip.use(chosen);
            FeatureFile features = new FeatureFile(new Embedder(clip, ClipTokenizer.load()), config, progress::add);
            if (run == null || part == null) {
                features.write(out, lists);
            } else {
                features.writePart(out, lists, part, run);
            }
        }
        return 0;
    }

    private RunIdentity identity(ClipConfig config, Execution chosen, FeatureFile.Lists lists) throws IOException {
        Map<String, String> work = new LinkedHashMap<>();
        work.put("command", "embed");
        work.putAll(lists.digests());
        return PartRun.of(model.weights(), config, chosen, work);
    }
}
