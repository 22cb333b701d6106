package org.glip.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassLabelsTest {
    private static final ClassLabels ANIMALS = new ClassLabels(List.of("cat", "dog", "emu"), "label");

    private static Optional<String> contradicted(String... metadata) {
        List<JsonObject> samples = Stream.of(metadata)
                .map(text -> JsonParser.parseString(text).getAsJsonObject())
                .toList();
        int[] labels = new int[samples.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = ANIMALS.number(samples.get(i), i, "key" + i);
        }
        List<String> keys = List.of("key0", "key1", "key2").subList(0, labels.length);
        return ANIMALS.contradicted(samples, labels, keys);
    }

    @Test
    void aNumberAndANameOfTheSameClassAgree() {
        assertEquals(
                Optional.empty(),
                contradicted("{label: 'dog', cls: 1}", "{label: 2, cls: '2'}", "{label: '0', cls: 'cat'}"));
    }

    @Test
    void whatSaysNothingContradictsNothing() {
        assertEquals(Optional.empty(), contradicted("{label: 'dog'}", "{label: 1, cls: 'unknown'}"));
    }

    @Test
    void membersThatNameAnotherClassAreToldInOneSentence() {
        assertEquals(
                "2 of 3 pictures have a .cls member that names another class than 'label' in their .json, such as key1"
                        + " (emu): 'label' counts; --label-field cls takes the other",
                contradicted("{label: 'dog', cls: 1}", "{label: 'emu', cls: 0}", "{label: 0, cls: 'dog'}")
                        .orElseThrow());
    }
}
