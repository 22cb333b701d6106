package org.glip.kotlin

import org.glip.mask.KeepProbability
import org.glip.mask.Mask
import org.glip.mask.PatchGrid
import org.glip.notebook.Display
import org.glip.notebook.Html
import org.glip.notebook.LiveDisplay
import org.glip.notebook.Rich
import org.glip.report.Charts
import org.glip.report.LossCurve
import org.glip.report.MaskPictures
import org.glip.report.MeasuredSeries
import org.glip.report.ResultTables
import org.glip.results.Metric
import org.glip.results.RunResult
import org.glip.results.RunSettings
import org.glip.report.TableColumn
import org.glip.train.Provenance
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class ReportTest {
    private val provenance = Provenance.here("mvn verify", "none", emptyMap())
    private val runs =
        listOf("FLIP" to Mask.random(0.75), "GLIP" to Mask.gaussian(0.75, 0.2)).flatMap { (method, mask) ->
            listOf(0L, 1L).map { seed ->
                RunResult(RunSettings.of(method, mask, seed), mapOf("top-1" to 0.02 + 0.01 * seed), provenance)
            }
        }

    @Test
    fun `runs become a table with a row for each method`() {
        val table = ResultTables.summary("Top-1", runs, listOf("method"), listOf(TableColumn.percent("top-1", Metric.TOP_1)))
        assertEquals(listOf("FLIP", "GLIP"), table.stringColumn("method").toList())
        assertEquals(listOf(0.025, 0.025), table.doubleColumn("top-1").toList())
        assertTrue("2.5%" in Rich.of(table).html().orEmpty(), Rich.of(table).html())
    }

    @Test
    fun `a table of a metric that nobody measured is refused in words`() {
        val columns = listOf(TableColumn.percent("top-5", Metric.TOP_5))
        val refused = assertThrows<IllegalArgumentException> { ResultTables.summary("Top-5", runs, listOf("method"), columns) }
        assertTrue("\"top-5\"" in refused.message.orEmpty(), refused.message)
    }

    @Test
    fun `charts and mask figures are pictures`() {
        val grid = PatchGrid(8)
        val probability = KeepProbability.exact(Mask.gaussian(0.75, 0.2).on(grid))
        val masks = mapOf("random" to Mask.random(0.75), "centred" to Mask.gaussian(0.75, 0.2))
        val shown =
            listOf(
                Charts.lossCurves(listOf(LossCurve("GLIP", doubleArrayOf(1.0, 2.0), doubleArrayOf(3.0, 2.5)))),
                Charts.accuracyBars("Top-1", listOf("FLIP", "GLIP"), listOf(MeasuredSeries.exact("top-1", 0.01, 0.02))),
                Charts.keepProbability("Seen how often?", probability),
                MaskPictures.compare(listOf(Pairs.square("red")), masks.mapValues { it.value.on(grid) }, 0),
            )
        shown.forEach { assertTrue(Rich.of(it).html()!!.startsWith("<img alt="), "$it") }
    }

    @Test
    fun `a live place takes lambdas and a Kotlin object as its page`() {
        val page = mutableListOf<String>()
        val live =
            LiveDisplay(
                object : Display {
                    override fun show(value: Any) = "place".also { page += "show ${Rich.of(value).text()}" }

                    override fun update(id: String, value: Any) {
                        page += "update $id ${Rich.of(value).text()}"
                    }
                }
            )
        live.refresh({ Html("<b>1</b>", "one") }, { "step 1 of 2" })
        live.update(Html("<b>2</b>", "two"), "step 2 of 2")
        assertEquals(listOf("show step 1 of 2", "update place step 2 of 2"), page)
    }
}
