package org.glip.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.glip.data.SampleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 3", "64, 2", "65, 7", "1000, 3", "5, 100000", "50000000000, 100000"})
    void partsFollowEachOtherInWholeBatchesOfEvenNumber(long samples, int parts) {
        int batch = 32;
        long end = 0;
        long fewest = Long.MAX_VALUE;
        long most = 0;
        for (Part part : Part.all(parts)) {
            SampleRange range = part.of(samples, batch);
            assertEquals(end, range.first());
            assertTrue(range.isEmpty() || range.first() % batch == 0);
            end = range.end();
            fewest = Math.min(fewest, range.batches(batch));
            most = Math.max(most, range.batches(batch));
        }
        assertEquals(samples, end);
        assertTrue(most - fewest <= 1, fewest + " to " + most);
    }

    @Test
    void isReadAndNamesItsFile() {
        Part part = Part.parse("3/8");
        assertEquals(new Part(3, 8), part);
        assertEquals("3/8", part.toString());
        assertEquals(Path.of("out/f.safetensors.part-3-of-8"), part.file(Path.of("out/f.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "0/8", "9/8", "1/0", "3/8/2", "a/b", "-1/8", "1/100001", "99999999999/8"})
    void refusesWhatIsNoPart(String text) {
        String told = assertThrows(IllegalArgumentException.class, () -> Part.parse(text))
                .getMessage();
        assertTrue(told.contains("part"), told);
    }
}
