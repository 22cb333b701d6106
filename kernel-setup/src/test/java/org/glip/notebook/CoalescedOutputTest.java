package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescedOutputTest {
    private final List<Runnable> soon = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final CoalescedOutput output = new CoalescedOutput(soon::add);
    private final PrintStream out = stream("");
    private final PrintStream err = stream("err ");

    /** A print stream as the kernel has them: it asks for a flush after each line, and each flush is a message. */
    private PrintStream stream(String name) {
        OutputStream kernel = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                messages.add(name + toString(StandardCharsets.UTF_8));
                reset();
            }
        };
        return new PrintStream(output.before(kernel), true, StandardCharsets.UTF_8);
    }

    @Test
    void linesGoOnTogetherAMomentLater() {
        out.println("one");
        out.println("zwölf");
        out.print("three");
        assertEquals(List.of(), messages);
        assertEquals(1, soon.size());
        soon.get(0).run();
        assertEquals(List.of("one\nzwölf\nthree"), messages);
        out.println("four");
        assertEquals(2, soon.size(), "asked for again");
    }

    @Test
    void manyLinesAreFewMessagesAndNoneIsLost() {
        StringBuilder expected = new StringBuilder();
        for (int line = 0; line < 200_000; line++) {
            out.println("line " + line);
            expected.append("line ").append(line).append('\n');
        }
        output.send();
        assertTrue(messages.size() < 50, messages.size() + " messages");
        assertEquals(expected.toString(), String.join("", messages));
    }

    @Test
    void bothStreamsKeepTheirOrder() {
        out.println("a");
        err.println("b");
        err.println("c");
        out.println("d");
        output.send();
        assertEquals(List.of("a\n", "err b\nc\n", "d\n"), messages);
    }

    @Test
    void whatIsShownComesAfterWhatWasPrinted() {
        out.println("before");
        output.send();
        messages.add("picture");
        out.println("after");
        output.send();
        soon.forEach(Runnable::run);
        assertEquals(List.of("before\n", "picture", "after\n"), messages);
    }

    @Test
    void aPageThatIsGoneIsNoErrorOfTheCell() {
        PrintStream gone = new PrintStream(
                output.before(new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("closed");
                    }
                }),
                true,
                StandardCharsets.UTF_8);
        gone.println("lost");
        output.send();
        out.println("seen");
        output.send();
        assertEquals(List.of("seen\n"), messages);
    }
}
