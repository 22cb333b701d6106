package org.glip.kotlin

import kotlin.reflect.typeOf
import org.glip.data.BatchLoader
import org.glip.engine.Torch
import org.glip.eval.Embedder
import org.glip.image.ImageDecoder
import org.glip.mask.Mask
import org.glip.mask.PatchGrid
import org.glip.model.ModelFolder
import org.glip.notebook.Html
import org.glip.notebook.Profile
import org.glip.notebook.Rich
import org.glip.report.ResultTables
import org.glip.text.ClipTokenizer
import org.glip.text.PromptTemplates
import org.glip.train.Pretraining
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** That Kotlin's compiler knows from the library what may be null, and need not guess. It writes a guess as `Type!`. */
class NullabilityTest {
    /** The type that the compiler gave to an expression, as Kotlin prints it without its reflection library. */
    private inline fun <reified T> compiledType(@Suppress("UNUSED_PARAMETER") expression: T) =
        typeOf<T>().toString().removeSuffix(" (Kotlin reflection is not available)")

    @Test
    fun `a type that says nothing of null shows as a guess`() {
        assertEquals("java.lang.String!", compiledType(System.lineSeparator()))
        assertEquals("java.util.Map<java.lang.String!, java.lang.String!>!", compiledType(System.getenv()))
    }

    @Test
    fun `what is never null has a type that is never null`() {
        assertEquals("org.glip.mask.Mask", compiledType(Mask.none()))
        assertEquals("java.lang.String", compiledType(Rich.of("text").text()))
        assertEquals("int", compiledType(Profile.current().choose(1, 2, 3)))
    }

    @Test
    fun `what may be null has a type that may be null`() {
        assertEquals("java.lang.String?", compiledType(Rich.of("text").html()))
    }

    @Test
    fun `the elements of a list are never null`() {
        val prompts = PromptTemplates.photo().fill("cat")
        assertEquals("java.util.List<java.lang.String>", compiledType(prompts).replace("(Mutable)List", "List"))
    }

    @Test
    fun `parameters say whether they take null`() {
        val weights = compiledType(Pretraining.Builder::optWeights)
        assertTrue("org.glip.train.Pretraining\$Builder, java.nio.file.Path?, " in weights, weights)
    }

    @Test
    fun `no package leaves the compiler guessing`() {
        val signatures =
            listOf(
                compiledType(::BatchLoader),
                compiledType(Torch::hasBfloat16),
                compiledType(::Embedder),
                compiledType(ImageDecoder::decode),
                compiledType(PatchGrid::drawing),
                compiledType(ModelFolder::metadata),
                compiledType(Html::markup),
                compiledType(ResultTables::summary),
                compiledType(ClipTokenizer::encode),
                compiledType(Pretraining::run),
            )
        signatures.forEach { assertFalse("!" in it, it) }
    }
}
