package org.glip.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A notebook as far as running it needs: the kernel it asks for and its code cells, in order.
 *
 * @param kernel the kernel's name, {@code java} or {@code kotlin}
 */
record NotebookFile(Path path, String kernel, List<Cell> cells) {

    /**
     * A code cell.
     *
     * @param number counted from 1 over the code cells alone, as the page's {@code [n]} counts them after Run All
     * @param shown the forms of what stands under it in the file, from when it was run last
     */
    record Cell(int number, String source, Set<Page.Form> shown) {}

    static NotebookFile read(Path path) throws IOException {
        try {
            JsonObject root = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
            String kernel = root.getAsJsonObject("metadata")
                    .getAsJsonObject("kernelspec")
                    .get("name")
                    .getAsString();
            List<Cell> cells = new ArrayList<>();
            for (JsonElement element : root.getAsJsonArray("cells")) {
                JsonObject cell = element.getAsJsonObject();
                if (cell.get("cell_type").getAsString().equals("code")) {
                    cells.add(new Cell(cells.size() + 1, text(cell.get("source")), shown(cell)));
                }
            }
            return new NotebookFile(path, kernel, List.copyOf(cells));
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IOException(path + " is not a notebook of format 4 with a kernelspec: " + e.getMessage(), e);
        }
    }

    private static Set<Page.Form> shown(JsonObject cell) {
        Set<Page.Form> forms = EnumSet.noneOf(Page.Form.class);
        for (JsonElement output : cell.getAsJsonArray("outputs")) {
            JsonObject data = output.getAsJsonObject().getAsJsonObject("data");
            if (data != null && data.has("text/html") && Page.isTable(text(data.get("text/html")))) {
                forms.add(Page.Form.TABLE);
            }
            if (data != null && data.has("image/png")) { // see execute.py
                forms.add(Page.Form.PICTURE);
            }
        }
        return forms;
    }

    /** The format allows a text as one string or as a list of lines. */
    static String text(JsonElement source) {
        if (source instanceof JsonArray lines) {
            return StreamSupport.stream(lines.spliterator(), false)
                    .map(JsonElement::getAsString)
                    .collect(Collectors.joining());
        }
        return source.getAsString();
    }
}
