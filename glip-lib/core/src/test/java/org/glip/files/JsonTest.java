package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read by the letter of the standard, and what is wrong is told by file and field. */
class JsonTest {
    @TempDir
    private Path folder;

    private static String refusal(Executable call) {
        return assertThrows(JsonException.class, call).getMessage();
    }

    @Test
    void readsEveryKindOfField() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), """
                {"text": "ä\\u0041\\n", "number": -1.5e3, "whole": 64.0, "long": 9223372036854775807, "truth": true,
                 "none": null, "texts": ["x", ""], "inner": {"b": {"c": 1}}, "objects": [{"n": 1}, {"n": 2}]}
                """);
        JsonFields json = Json.read(file);
        assertEquals("äA\n", json.text("text"));
        assertEquals(-1500, json.number("number"));
        assertEquals(64, json.integer("whole"));
        assertEquals(Long.MAX_VALUE, json.whole("long"));
        assertTrue(json.truth("truth"));
        assertTrue(json.has("none"));
        assertFalse(json.has("absent"));
        assertEquals(List.of("x", ""), json.texts("texts"));
        assertEquals(Map.of("c", 1.0), json.object("inner").object("b").allNumbers());
        assertEquals(2, json.objects("objects").get(1).whole("n"));
        assertEquals("text", json.names().iterator().next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\": ",
                "{\"a\": 1,}",
                "{\"a\": 1} x",
                "{\"a\": 1}{\"a\": 1}",
                "{\"a\": 1} null",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": TRUE}",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "{\"a\"; 1}",
                "{\"a\": \"tab\tinside\"}",
                "{\"a\": \"\\x\"}",
                "// a comment\n{}",
                "{} # a comment",
                "{\"a\": 1, \"a\": 1}",
                "{\"b\": [{\"a\": 1, \"a\": 2}]}",
                "\u0000"
            })
    void refusesWhatTheStandardDoesNotAllow(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("run.json"), text);
        String message = refusal(() -> Json.read(file));
        assertTrue(message.startsWith(file + " is not JSON, or damaged: "), message);
        assertFalse(message.contains("Strictness") || message.contains("gson"), message);
        Path longer = Files.writeString(folder.resolve("list.json"), "{\"list\": [1, " + text);
        assertThrows(JsonException.class, () -> Json.stream(longer, "list", (element, index) -> {}));
    }

    @Test
    void refusesDeepNestingInAFewWords() {
        String message = refusal(() -> Json.element("[".repeat(100_000), "deep.json"));
        assertTrue(message.contains("Nesting limit") && message.length() < 300, message);
    }

    @Test
    void namesWhatStandsTwiceAndWhere() {
        String message = refusal(() -> Json.parse("{\"b\": [{}, {\"a\": 1, \"a\": 2}]}", "run.json"));
        assertTrue(message.contains("\"a\" stands twice") && message.contains("b[1]"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "null", "\"x\"", "7"})
    void refusesADocumentThatIsNoObject(String text) {
        assertEquals("x.json is not a JSON object", refusal(() -> Json.parse(text, "x.json")));
    }

    @Test
    void refusesBytesThatAreNoUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin.json"), "{\"a\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + " is not JSON, or damaged: it is not UTF-8", refusal(() -> Json.read(file)));
        assertEquals(
                file + " is not JSON, or damaged: it is not UTF-8",
                refusal(() -> Json.stream(file, "a", (e, i) -> {})));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                | must be a text, but is missing",
                "{\"a\": null}     | must be a text, but is null",
                "{\"a\": 3}        | must be a text, but is 3",
                "{\"a\": [\"x\"]}  | must be a text, but is [\"x\"]"
            })
    void namesTheFieldThatIsNoText(String text, String reason) {
        String message = refusal(() -> Json.parse("{\"outer\": " + text + "}", "run.json")
                .object("outer")
                .text("a"));
        assertEquals("run.json: \"outer.a\" " + reason, message);
    }

    @Test
    void namesFieldsOfEveryOtherKind() throws IOException {
        JsonFields json = Json.parse(
                "{\"half\": 1.5, \"huge\": 1e999, \"far\": 1e999999999, \"large\": 3000000000, \"text\": \"1\","
                        + " \"list\": [1, \"x\"], \"objects\": [{\"n\": true}, 1]}",
                "f");
        assertTrue(refusal(() -> json.whole("half")).contains("\"half\" must be a whole number, but is 1.5"));
        assertTrue(refusal(() -> json.whole("far")).contains("\"far\" must be a whole number"));
        assertTrue(refusal(() -> json.integer("large")).contains("whole number of at most 2147483647, but is 30000"));
        assertTrue(refusal(() -> json.number("huge")).contains("\"huge\" must be a finite number"));
        assertTrue(refusal(() -> json.number("text")).contains("must be a finite number, but is \"1\""));
        assertTrue(refusal(() -> json.truth("text")).contains("must be true or false"));
        assertTrue(refusal(() -> json.object("list")).contains("must be an object, but is [1"));
        assertTrue(refusal(() -> json.texts("list")).contains("must be a list of texts"));
        assertTrue(refusal(() -> json.objects("objects")).contains("must be a list of objects"));
        JsonFields first = Json.parse("{\"objects\": [{\"n\": true}]}", "f")
                .objects("objects")
                .get(0);
        assertTrue(refusal(() -> first.whole("n")).contains("\"objects[0].n\" must be a whole number, but is true"));
    }

    @Test
    void aLongListIsHandedOverPieceByPiece() throws IOException {
        Path file =
                Files.writeString(folder.resolve("list.json"), "{\"other\": {\"list\": 1}, \"list\": [1, {\"a\": 2}]}");
        List<JsonElement> elements = new ArrayList<>();
        assertTrue(Json.stream(file, "list", (element, index) -> {
            assertEquals(elements.size(), index);
            elements.add(element);
        }));
        assertEquals("[1, {\"a\":2}]", elements.toString());
        assertFalse(Json.stream(file, "absent", (element, index) -> {}));
        assertTrue(refusal(() -> Json.stream(file, "other", (e, i) -> {})).contains("\"other\" must be one list"));
        Path array = Files.writeString(folder.resolve("array.json"), "[1]");
        assertEquals(array + " is not a JSON object", refusal(() -> Json.stream(array, "list", (e, i) -> {})));
    }

    @Test
    void prettyTextReadsBackAndKeepsCharactersOfHtml() throws IOException {
        JsonElement element = Json.element("{\"a\":\"<ä>\",\"b\":[1.50]}", "text");
        String pretty = Json.pretty(element);
        assertEquals("{\n  \"a\": \"<ä>\",\n  \"b\": [\n    1.50\n  ]\n}\n", pretty);
        assertEquals(element, Json.element(pretty, "text"));
    }
}
