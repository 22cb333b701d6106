package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class MarkdownTableTest {
    @Test
    void numbersStandToTheRightAndPublishedFiguresAreInItalics() {
        Table table = Table.create(
                "Accuracy",
                StringColumn.create("method", "CLIP", "a|b<c"),
                DoubleColumn.create("top-1", 0.5, Double.NaN),
                DoubleColumn.create("top-1 ±", 0.25, Double.NaN),
                StringColumn.create("published: top-1", "0.4", "0.6"));
        assertEquals("""
                **Accuracy**

                | method | top-1 | *published: top-1* |
                | --- | ---: | --- |
                | CLIP | 0.5 ± 0.25 | *0.4* |
                | a\\|b&lt;c | – | *0.6* |
                """, TableText.markdown(table));
    }

    @Test
    void aTableWithoutANameHasNoTitle() {
        Table table = Table.create(StringColumn.create("method", "CLIP")).setName(null);
        assertEquals("| method |\n| --- |\n| CLIP |\n", TableText.markdown(table));
    }
}
