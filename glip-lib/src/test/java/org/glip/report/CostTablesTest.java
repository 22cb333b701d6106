package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.glip.model.ClipConfig;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class CostTablesTest {
    @Test
    void setsThePapersCountBesideWhatIsComputed() {
        Table table = CostTables.forwardCost("cost", ClipConfig.preset("ViT-B-16"), new double[] {0, 0.75, 0.918}, 20);
        assertEquals("75%", table.stringColumn("masking").get(1));
        assertEquals(50, table.intColumn("image tokens").get(1));
        assertEquals("17.56", table.doubleColumn("image").getString(0));
        assertEquals("2.98", table.doubleColumn("text").getString(2));
        assertEquals("100.0", table.doubleColumn("pair %").getString(0));
        // (4.408 + 2.98) / (17.563 + 2.98), as the paper's count has it
        assertEquals("36.0", table.doubleColumn("pair %").getString(1));
        assertTrue(table.doubleColumn("pair, computed %").get(1)
                < table.doubleColumn("pair %").get(1));
    }
}
