package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.glip.notebook.CellRunner.CellFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** One runner for all tests, because its start takes seconds; no two tests define the same name. */
@TestInstance(Lifecycle.PER_CLASS)
class CellRunnerTest {
    private final CellRunner runner = new CellRunner();

    @AfterAll
    void close() {
        runner.close();
    }

    @Test
    void keepsWhatEarlierCellsDefined() {
        runner.run("int kept = 49;\nint half(int n) { return n / 2; }");
        runner.run("if (half(kept) != 24) throw new IllegalStateException();");
    }

    @Test
    void sharesTheSystemPropertiesOfThisProcess() {
        System.setProperty("glip.cell", "unset");
        runner.run("var before = System.setProperty(\"glip.cell\", \"set\");");
        assertTrue(System.getProperty("glip.cell").equals("set"));
        System.clearProperty("glip.cell");
    }

    @Test
    void acceptsACellOfCommentsOnly() {
        runner.run("// nothing yet\n/* nor here */");
    }

    @Test
    void leavesLinesForTheKernelOut() {
        runner.run("%classpath ../glip-lib/experiments/target/*.jar\nint layers = 7;");
        runner.run("if (layers != 7) throw new IllegalStateException();");
    }

    @Test
    void refusesACellWithAnOpenBracket() {
        assertThrows(CellFailure.class, () -> runner.run("for (int i = 0; i < 3; i++) {"));
    }

    @Test
    void refusesAMethodThatCallsWhatNobodyDefines() {
        CellFailure failure =
                assertThrows(CellFailure.class, () -> runner.run("int twice(int n) { return missing(n); }"));
        assertTrue(failure.getMessage().contains("missing"), failure.getMessage());
    }

    @Test
    void refusesALastExpressionThatCannotBeDrawn() {
        runner.run("var chart = new XYChartBuilder().build();");
        runner.run("chart.addSeries(\"loss\", List.of(-1.0)); chart.getStyler().setYAxisLogarithmic(true);");
        CellFailure failure = assertThrows(CellFailure.class, () -> runner.run("chart"));
        assertTrue(failure.getMessage().contains("Notebook.show(chart)"), failure.getMessage());
    }
}
