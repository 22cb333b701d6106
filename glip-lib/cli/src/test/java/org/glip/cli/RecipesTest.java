package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.claims.PublishedResults;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.results.MethodName;
import org.glip.results.TestName;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The argument files say what the paper says of each of its runs. */
class RecipesTest {
    private static final Path RECIPES = Path.of("../../recipes");
    private static final long CC12M = 10_968_539;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(RECIPES)) {
            return files.sorted().toList();
        }
    }

    /** What the command line makes of a recipe, with data and folders added as its user adds them. */
    private static StageCommand parse(String stage, String recipe, String... more) {
        String[] arguments = CommandRun.with(
                List.of(stage, "@" + RECIPES.resolve(recipe + ".args"), "--data", "x.tar", "--out", "run"), more);
        return (StageCommand) Glip.commandLine(InputStream.nullInputStream())
                .parseArgs(Glip.protectShardLists(arguments))
                .subcommand()
                .commandSpec()
                .userObject();
    }

    private static void assertPreTraining(StageConfig config, Mask mask) {
        assertEquals(mask, config.mask());
        assertEquals(1280, config.batchSize());
        assertEquals(OptimizerConfig.paper(), config.optimizer());
    }

    @ParameterizedTest
    @CsvSource({
        "clip, CLIP, –, none, 0, 197",
        "reclip-160, RECLIP, 160 px, none, 0, 101",
        "flip-50, FLIP, 50%, random, .5, 99",
        "glip-50, GLIP, 50%, gaussian, .5, 99",
        "reclip-112, RECLIP, 112 px, none, 0, 50",
        "flip-75, FLIP, 75%, random, .75, 50",
        "glip-75, GLIP, 75%, gaussian, .75, 50",
        "reclip-64, RECLIP, 64 px, none, 0, 17",
        "flip-91.8, FLIP, 91.8%, random, .918, 17",
        "glip-91.8, GLIP, 91.8%, gaussian, .918, 17",
    })
    void everyRowOfThePapersTableHasItsRecipe(
            String recipe, MethodName method, String masking, String mask, double ratio, int imageTokens)
            throws IOException {
        assertTrue(PublishedResults.top1(method, masking, TestName.UNMASKED).isPresent());
        StageCommand command = parse("pretrain", recipe);
        ClipConfig model = command.plannedModel();
        StageConfig config = command.config(() -> CC12M, Precision.BF16);

        assertPreTraining(config, Mask.of(mask, ratio, .2));
        assertEquals(257_075, config.steps(), "30 epochs");
        assertEquals(imageTokens, 1 + config.mask().on(model.vision().grid()).kept());
        assertEquals(ClipConfig.preset("ViT-B-16"), model.withImageSize(224));
        assertEquals(method.toString(), command.origin(config).method());
        assertEquals(
                method == MethodName.RECLIP ? Optional.of(masking) : Optional.empty(),
                command.origin(config).masking());
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.2", "0.4", "0.8"})
    void theSweepOverSigmaChangesSigmaAlone(double sigma) throws IOException {
        StageConfig config = parse("pretrain", "cc3m-sigma-" + sigma).config(() -> 3_000_000, Precision.BF16);
        assertPreTraining(config, Mask.gaussian(.75, sigma));
        assertEquals(70_312, config.steps(), "30 epochs");
    }

    @Test
    void theSweepEndsAtFlip() throws IOException {
        StageConfig config = parse("pretrain", "cc3m-flip").config(() -> 3_000_000, Precision.BF16);
        assertPreTraining(config, Mask.random(.75));
    }

    @Test
    void tuningIsOneUnmaskedEpochAtFullSize() throws IOException {
        StageCommand command = parse("tune", "tune", "--init", "no-such-run");
        StageConfig config = command.config(() -> CC12M, Precision.BF16);
        assertEquals(Mask.none(), config.mask());
        assertEquals(640, config.batchSize());
        assertEquals(CC12M / 640, config.steps());
        assertEquals(
                OptimizerConfig.builder()
                        .optLearningRate(1e-5)
                        .optWarmupSteps(CC12M / 6400)
                        .build(),
                config.optimizer());
        assertEquals(ClipConfig.preset("ViT-B-16"), command.plannedModel());
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRecipeHoldsNoPathAndTellsItsCommand(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String name = file.getFileName().toString();
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("# glip ") && line.contains("@recipes/" + name)));
        List<String> arguments = lines.stream()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .toList();
        assertTrue(arguments.contains("--precision bf16"), "mixed 16-bit");
        assertTrue(arguments.contains("--augment crop"));
        for (String argument : arguments) {
            assertTrue(argument.matches("--[a-z0-9-]+ [\\w.-]+"), argument);
            assertFalse(argument.matches("--(data|out|init) .*"), argument);
        }
    }

    @Test
    void aRecipeThatIsNotThereIsNamed() {
        CommandRun run = glip("pretrain", "@no-such.args", "--data", "x.tar", "--out", "run", "--dry-run");
        assertEquals(2, run.code());
        assertTrue(run.err().contains("no-such.args"), run.err());
    }
}
