package org.glip.kotlin

import org.glip.mask.AnnealedMask
import org.glip.mask.BlockMask
import org.glip.mask.GridMask
import org.glip.mask.KeepProbability
import org.glip.mask.MapMask
import org.glip.mask.Mask
import org.glip.mask.PatchGrid
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class MaskTest {
    private val grid = PatchGrid(8)

    @Test
    fun `the components of a record read like properties`() {
        val mask = Mask.Gaussian(0.75, 0.2)
        assertEquals(0.75, mask.ratio)
        assertEquals(0.2, mask.sigma)
        assertEquals(8, grid.side)
    }

    @Test
    fun `a mask is sampled lazily and by its key`() {
        val mask = Mask.gaussian(0.75, 0.2).on(grid)
        val draws = generateSequence(0L) { it + 1 }.map { mask.sample(0, 0, it) }
        assertTrue(draws.take(50).all { it.size == 16 && it.all { patch -> patch in 0 until grid.patches() } })
        assertArrayEquals(draws.elementAt(7), mask.sample(0, 0, 7))
    }

    @Test
    fun `the compiler knows all kinds of masks`() {
        fun describe(mask: Mask) =
            when (mask) { // no else: Mask is sealed
                is Mask.Gaussian -> "centred, sigma ${mask.sigma}"
                is Mask.Random -> "random, ${mask.ratio}"
                is Mask.None -> "none"
                is AnnealedMask, is BlockMask, is GridMask, is MapMask -> mask.name()
            }
        val masks = listOf(Mask.gaussian(0.5, 0.4), Mask.random(0.5), Mask.none())
        assertEquals(
            listOf("centred, sigma 0.4", "random, 0.5", "none"),
            masks.map { describe(it) },
        )
    }

    @Test
    fun `keep probabilities are arrays that Kotlin's functions work on`() {
        val probability = KeepProbability.exact(Mask.gaussian(0.75, 0.2).on(grid))
        assertEquals(16.0, probability.sumOf { it.sum() }, 1e-3)
        assertTrue(probability[3][3] > probability[0][0])
    }

    @Test
    fun `a wrong ratio is refused in words`() {
        val refused = assertThrows<IllegalArgumentException> { Mask.random(1.5) }
        assertTrue("1.5" in refused.message.orEmpty(), refused.message)
    }
}
