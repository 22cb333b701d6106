package org.glip.kotlin

import com.google.gson.JsonObject
import java.awt.Color
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import javax.imageio.ImageIO
import org.glip.data.ImageTextSample

/** Squares of plain colours with their names as captions and labels: a data set that is made in memory. */
internal object Pairs {
    private val colours = mapOf("red" to Color.RED, "green" to Color.GREEN, "blue" to Color.BLUE, "white" to Color.WHITE)

    val labels = colours.keys.toList()

    fun of(count: Int): List<ImageTextSample> = List(count) { i -> pair(i, labels[i % labels.size]) }

    fun square(label: String, side: Int = 32) =
        BufferedImage(side, side, BufferedImage.TYPE_INT_RGB).apply {
            createGraphics().run {
                color = colours.getValue(label)
                fillRect(0, 0, side, side)
                dispose()
            }
        }

    private fun pair(number: Int, label: String): ImageTextSample {
        val png = ByteArrayOutputStream().also { ImageIO.write(square(label), "png", it) }.toByteArray()
        val metadata = JsonObject().apply { addProperty("label", label) }
        return ImageTextSample("pair-$number", png, "a $label square", metadata, "memory: pair $number")
    }
}
