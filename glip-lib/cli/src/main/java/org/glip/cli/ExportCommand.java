package org.glip.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.Callable;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.glip.engine.Torch;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.model.Vocabulary;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glip export}. */
@Command(
        name = "export",
        description = "Write a trained model to give away: half precision, the embeddings of tokens that its training"
                + " never showed set to zero, so that it packs well; prompts and provenance as they were. It is loaded"
                + " like any other: {\"folder\": ..., \"tokens\": n, \"bytes\": n}.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR_OR_WEIGHTS",
            description = "A model or run folder, or weights in open_clip's names (safetensors, .pt).")
    private Path model;

    @Mixin
    private DataOptions data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the model.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.load();
        try (NDManager manager = Torch.newManager(Device.cpu());
                ClipModel clip = ModelFolder.load(model, manager)) {
            if (Files.exists(out.resolve(ModelFolder.WEIGHTS))) {
                throw new IOException(out + " holds a model already");
            }
            BitSet shown = tokens(tokenizer, clip.config().text().contextLength());
            int kept = Vocabulary.keepOnly(clip, shown);
            ModelFolder.writeHalf(out, clip, ModelFolder.prompts(model).orElse(null), ModelFolder.metadata(model));
            JsonObject written = new JsonObject();
            written.addProperty("folder", out.toString());
            written.addProperty("tokens", kept);
            written.addProperty("bytes", Files.size(out.resolve(ModelFolder.WEIGHTS)));
            spec.commandLine().getOut().println(written);
        }
        return 0;
    }

    /** The tokens of the captions that the model was trained on. */
    private BitSet tokens(ClipTokenizer tokenizer, int context) throws IOException {
        BitSet shown = new BitSet();
        try (SampleSource.Pass pass = data.source().open(new SkipLog());
                Progress progress = Progress.start(spec.commandLine().getErr(), spec.name(), -1)) {
            while (pass.hasNext()) {
                CaptionTokens caption = tokenizer.tokenize(pass.next().caption(), context);
                Arrays.stream(caption.ids(), 0, caption.length()).forEach(shown::set);
                progress.add(1, -1);
            }
        }
        return shown;
    }
}
