package org.glip.examples

import java.nio.file.Path
import org.glip.Clip
import org.glip.Picture

/** What the README shows of Kotlin, between the two marks. */
fun main() {
    // README
    Clip.open(Path.of("runs/glip")).use { clip ->
        val album = clip.index(Picture.`in`(Path.of("photos")))
        for (hit in album.nearest(clip.embed("a photo of a blue disc."), 3)) {
            println("%.3f %s".format(hit.similarity, hit.item))
        }
    }
    // end
}
