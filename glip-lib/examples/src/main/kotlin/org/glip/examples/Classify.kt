package org.glip.examples

import java.nio.file.Path
import org.glip.Clip

/** Tells which of some labels fits a picture: `runs/glip photo.jpg cat dog`. */
fun main(arguments: Array<String>) {
    val (model, picture) = arguments.map { Path.of(it) }
    Clip.open(model).use { clip ->
        for (answer in clip.classify(picture, arguments.drop(2))) {
            println("%s %.3f".format(answer.label, answer.probability))
        }
    }
}
