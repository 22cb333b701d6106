package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KotlinKernelTest {
    /** Names as they stand in the stack of a cell, and of the kernel while it compiles one. */
    @ParameterizedTest
    @CsvSource({
        "Line_0_jupyter, true",
        "Line_12_jupyter$training$1, true",
        "org.glip.train.TrainingLoop, false",
        "org.jetbrains.kotlinx.jupyter.repl.impl.CellExecutorImpl, false",
        "org.jetbrains.kotlin.scripting.compiler.plugin.impl.KJvmReplCompilerBase, false",
        "my.Line_0_jupyter, false",
    })
    void onlyCodeOfTheReaderIsInterrupted(String className, boolean expected) {
        assertEquals(expected, KotlinKernel.isOfACell(new StackTraceElement(className, "invoke", null, -1)));
    }
}
