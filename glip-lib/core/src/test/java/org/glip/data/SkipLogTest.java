package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;

class SkipLogTest {
    @Test
    void countsAllAndKeepsTheFirstMessages() {
        SkipLog log = new SkipLog(2);
        log.skip(Reason.NO_IMAGE, "s.tar!a", "");
        log.skip(Reason.EMPTY_CAPTION, "s.tar!b", "");
        log.skip(Reason.NO_IMAGE, "s.tar!c", "detail");

        assertEquals(3, log.count());
        assertEquals(Map.of(Reason.NO_IMAGE, 2L, Reason.EMPTY_CAPTION, 1L), log.counts());
        assertEquals(List.of("s.tar!a: no picture", "s.tar!b: empty caption"), log.messages());
        assertEquals("3 skipped: 2 no picture, 1 empty caption", log.summary());
    }

    @Test
    void saysSoIfNothingWasSkipped() {
        assertEquals("none skipped", new SkipLog().summary());
        assertEquals(0, new SkipLog().count(Reason.NO_IMAGE));
    }
}
