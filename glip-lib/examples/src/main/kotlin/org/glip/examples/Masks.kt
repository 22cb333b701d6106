package org.glip.examples

import org.glip.mask.AnnealedMask
import org.glip.mask.BlockMask
import org.glip.mask.GridMask
import org.glip.mask.KeepProbability
import org.glip.mask.MapMask
import org.glip.mask.Mask
import org.glip.mask.PatchGrid

/** What each mask leaves of a picture's patches. A mask is sealed, so `when` needs no `else`. */
fun main() {
    val grid = PatchGrid(14)
    for (mask in listOf(Mask.none(), Mask.random(0.75), Mask.gaussian(0.75, 0.2))) {
        val name = when (mask) {
            is Mask.None -> "CLIP"
            is Mask.Random -> "FLIP"
            is Mask.Gaussian -> "GLIP, sigma ${mask.sigma()}"
            is AnnealedMask, is BlockMask, is GridMask, is MapMask -> mask.name()
        }
        val sampler = mask.on(grid)
        val middle = KeepProbability.exact(sampler)[7][7]
        val kept = sampler.sample(1, 0, 0)
        println("%s: %d patches, the first %s; one in the middle stays %.2f of the time".format(
            name, kept.size, kept.take(3), middle))
    }
}
