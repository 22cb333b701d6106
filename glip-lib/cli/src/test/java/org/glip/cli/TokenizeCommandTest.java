package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.glipReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenizeCommandTest {
    @Test
    void writesAnArrayOfIdsForEachLine() {
        CommandRun run = glipReading("a photo of a cat\na dog", "tokenize", "--context", "8");

        assertEquals("[49406,320,1125,539,320,2368,49407,0]\n[49406,320,1929,49407,0,0,0,0]\n", run.out(), run.err());
        assertEquals(0, run.code());
    }

    @Test
    void padsToSeventySevenUnlessTold() {
        String out = glipReading("cat\n", "tokenize").out();

        assertEquals(77, out.split(",").length);
    }

    @Test
    void endsLinesAtLineFeedsOnly() {
        CommandRun run = glipReading("one\rtwo\u2028three\r\n\nfour", "tokenize", "--context", "6");

        assertEquals(
                "[49406,637,1237,2097,49407,0]\n[49406,49407,0,0,0,0]\n[49406,2721,49407,0,0,0]\n",
                run.out(),
                run.err());
    }

    @Test
    void namesTheLineThatIsNotUtf8() {
        CommandRun run = glipReading(new byte[] {'a', '\n', (byte) 0xC3, '\n', 'b'}, "tokenize", "--context", "4");

        assertEquals(2, run.code());
        assertEquals("glip: standard input line 2 is not UTF-8\n", run.err());
        assertEquals("[49406,320,49407,0]\n", run.out());
    }

    @Test
    void refusesAContextWithoutRoom() {
        CommandRun run = glipReading("cat", "tokenize", "--context", "0");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("context length is 0"), run.err());
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        CommandRun run = glip("tokenize", "--context", "many");

        assertEquals(2, run.code());
        assertTrue(run.err().contains("'many'") && run.err().contains("--context"), run.err());
    }
}
