package org.glip;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.translate.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.text.ClipTokenizer;

/**
 * How DJL comes to a model of this library. Its own loader looks for TorchScript or for parameters in its own form;
 * here a block factory brings the block with its weights, and the loader is told that no parameters are left to read.
 */
final class ModelCriteria {
    private ModelCriteria() {}

    static <I> Criteria<I, float[]> of(
            Path modelOrRun, Class<I> input, Function<ClipConfig, Translator<I, float[]>> translator)
            throws IOException {
        ClipConfig config = ModelFolder.config(modelOrRun);
        LoadedModel.requireVocabulary(modelOrRun, config, ClipTokenizer.load());
        Path absolute = modelOrRun.toAbsolutePath();
        return Criteria.builder()
                .setTypes(input, float[].class)
                .optEngine("PyTorch")
                .optModelPath(Files.isDirectory(absolute) ? absolute : absolute.getParent())
                .optOption("hasParameter", "false")
                .optArgument("blockFactory", new Towers(absolute.toString()))
                .optTranslator(translator.apply(config))
                .build();
    }

    /**
     * Loads the weights into the memory of DJL's model, with which they go.
     *
     * @param model the folder or file of the model
     */
    private record Towers(String model) implements BlockFactory {
        @Override
        public Block newBlock(Model owner, Path folder, Map<String, ?> arguments) throws IOException {
            try {
                return new TowersBlock(ModelFolder.load(Path.of(model), owner.getNDManager()));
            } catch (IOException | RuntimeException e) {
                owner.close();
                throw e;
            }
        }
    }
}
