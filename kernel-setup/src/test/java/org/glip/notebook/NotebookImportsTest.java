package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class NotebookImportsTest {
    @Test
    void kotlinNotebooksHaveTheSameImportsAsJavaNotebooks() throws IOException {
        List<String> java = NotebookImports.script()
                .lines()
                .map(line -> line.replaceAll("^import (.*);$", "$1"))
                .toList();
        assertEquals(java, kotlinImports());
    }

    private static List<String> kotlinImports() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        NotebookImports.class.getResourceAsStream("/META-INF/kotlin-jupyter-libraries/libraries.json")),
                StandardCharsets.UTF_8)) {
            JsonObject descriptor = JsonParser.parseReader(reader)
                    .getAsJsonObject()
                    .getAsJsonArray("descriptors")
                    .get(0)
                    .getAsJsonObject();
            return StreamSupport.stream(descriptor.getAsJsonArray("imports").spliterator(), false)
                    .map(line -> line.getAsString())
                    .toList();
        }
    }
}
