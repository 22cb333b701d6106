package org.glip.kotlin

import java.nio.file.Path
import kotlin.io.path.readText
import org.glip.data.BatchLoader
import org.glip.data.LoaderConfig
import org.glip.data.SampleSource
import org.glip.data.SyntheticPairs
import org.glip.image.ImageTransform
import org.glip.engine.Torch
import org.glip.eval.Embedder
import org.glip.eval.Evaluation
import org.glip.eval.Features
import org.glip.mask.Mask
import org.glip.model.ClipConfig
import org.glip.model.ClipModel
import org.glip.model.ModelFolder
import org.glip.text.ClipTokenizer
import org.glip.text.PromptTemplates
import org.glip.train.OptimizerConfig
import org.glip.train.Pretraining
import org.glip.train.Provenance
import org.glip.train.StageConfig
import org.glip.train.StageResult
import org.glip.train.StepReport
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

/** The way from pairs in memory to a zero-shot result, as a Kotlin programme goes it. */
class TrainingTest {
    private val config = ClipConfig.preset("tiny").withImageSize(32)
    private val tokenizer = ClipTokenizer.load()
    private val source = SampleSource.inMemory(Pairs.of(16))
    private val loading =
        LoaderConfig.builder().setBatchSize(4).setContextLength(config.text.contextLength).setTransform(ImageTransform.evaluation(config.vision.imageSize)).build()
    private val provenance = Provenance.here("mvn verify", source.describe(), mapOf("model" to "tiny"))

    private inline fun <T> withModel(block: (ClipModel) -> T): T =
        Torch.newManager().use { manager -> ClipModel.create(config, 1, manager).use(block) }

    private inline fun <T> withTrained(folder: Path, block: (ClipModel) -> T): T =
        Torch.newManager().use { manager -> ModelFolder.load(folder, manager).use(block) }

    private fun settings(steps: Long, mask: Mask, seed: Long? = null): StageConfig =
        StageConfig.builder()
            .setSteps(steps)
            .setBatchSize(4)
            .setMask(mask)
            .apply { seed?.let { optSeed(it) } }
            .build()

    private fun pretrain(settings: StageConfig, folder: Path? = null, onStep: (StepReport) -> Unit = {}): StageResult =
        Pretraining.builder()
            .setModel(config)
            .setConfig(settings)
            .apply { folder?.let { optFolder(it, provenance) } }
            .build()
            .run({ position -> BatchLoader(source, tokenizer, loading.withShuffle(16, settings.seed), position) }, onStep)

    @Test
    fun `a loader of one epoch is a sequence of batches`() {
        BatchLoader.singleEpoch(source, tokenizer, loading).use { loader ->
            val captions = loader.asSequence().flatMap { it.captions }.toList()
            assertEquals(List(16) { "a ${Pairs.labels[it % 4]} square" }, captions)
        }
    }

    @Test
    fun `an endless supply is taken from lazily`() {
        val supply = SyntheticPairs.builder().setTokenizer(tokenizer).setBatchSize(2).setImageSize(32).setContextLength(16).build().asSequence()
        assertEquals(listOf(0L, 2L, 4L), supply.take(3).map { it.firstSampleIndex }.toList())
    }

    @Test
    fun `settings begin with defaults and are changed by name`() {
        val settings = settings(30, Mask.gaussian(0.75, 0.2))
        assertEquals(OptimizerConfig.builder().optLearningRate(1e-3).optWarmupSteps(3).build(), settings.optimizer)
        assertEquals(5L, settings(30, Mask.gaussian(0.75, 0.2), seed = 5).seed)
        assertEquals(settings, settings(30, Mask.gaussian(0.75, 0.2), seed = 0))
    }

    @Test
    fun `a lambda follows three steps of pre-training, and the model names the colours`(@TempDir folder: Path) {
        val reports = mutableListOf<StepReport>()
        val result = pretrain(settings(3, Mask.gaussian(0.5, 0.2)), folder) { reports += it }
        assertEquals(3L, result.steps)
        assertEquals(listOf(1L, 2L, 3L), reports.map { it.step })
        assertTrue(reports.all { it.loss.isFinite() && it.totalSteps == 3L })

        withTrained(folder) { model ->
            val embedder = Embedder(model, tokenizer)
            val pictures = BatchLoader.singleEpoch(source, tokenizer, loading).use(embedder::images)
            assertEquals(16, pictures.images.count)
            assertEquals(Pairs.labels.sorted(), Evaluation.classNames(pictures, "label"))
            val zeroShot = Evaluation.zeroShot(embedder, pictures, Pairs.labels, "label", PromptTemplates.of("a {} square"))
            assertEquals(16, zeroShot.count())
            val prompts = embedder.texts(Pairs.labels.map { "a $it square" })
            fun row(features: Features, row: Int) =
                features.values.drop(row * features.dimension).take(features.dimension).map { it.toDouble() }
            fun similarity(picture: Int, label: Int) =
                row(pictures.images, picture).zip(row(prompts, label)) { a, b -> a * b }.sum()
            val named = (0 until 16).map { picture -> Pairs.labels.indices.maxBy { similarity(picture, it) } }
            assertEquals(named.filterIndexed { picture, label -> label == picture % 4 }.size / 16.0, zeroShot.top1())
            assertEquals(1.0, zeroShot.top5()) // of four labels
            assertEquals(Pairs.labels, zeroShot.perClass().map { it.className })
        }
    }

    @Test
    fun `the same seed trains the same model`() {
        val settings = settings(2, Mask.random(0.5), seed = 3)
        val (first, second) = List(2) { pretrain(settings).loss }
        assertEquals(first, second)
    }

    @Test
    fun `a finished stage is a folder that loads again`(@TempDir folder: Path) {
        pretrain(settings(2, Mask.none()), folder)
        assertEquals(2, folder.resolve("log.jsonl").readText().trim().lines().size)
        val copy = folder.resolve("copy")
        val before = withTrained(folder) { loaded ->
            assertEquals(config, loaded.config())
            ModelFolder.write(copy, loaded, emptyMap())
            Embedder(loaded, tokenizer).texts(listOf("a red square"))
        }
        val after = withTrained(copy) { Embedder(it, tokenizer).texts(listOf("a red square")) }
        assertArrayEquals(before.values, after.values, 1e-6f)
    }

    @Test
    fun `pictures that lack the label are named`() = withModel { model ->
        val embedder = Embedder(model, tokenizer)
        val pictures = BatchLoader.singleEpoch(source, tokenizer, loading).use(embedder::images)
        val refused = assertThrows<IllegalArgumentException> { pictures.labels(Pairs.labels, "species") }
        assertTrue("pair-0" in refused.message.orEmpty() && "species" in refused.message.orEmpty(), refused.message)
        assertFalse("null" in refused.message.orEmpty(), refused.message)
    }
}
