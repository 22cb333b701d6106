package org.glip.parts;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.glip.model.weights.SafetensorsFile.RowSource;

/**
 * What a part found of one kind, such as pictures.
 *
 * @param name of the kind: letters
 * @param columns numbers of a row
 * @param rows the rows, computed while they are written; a part may have none
 * @param about asked after the last row: what else is known of each row, by row, or an empty list where nothing is
 * @param notes asked after the last row: what is known of all together
 */
public record Section(
        String name, int columns, RowSource rows, Supplier<List<JsonObject>> about, Supplier<JsonObject> notes) {
    /**
     * Rows of which nothing else is known.
     *
     * @param name of the kind
     * @param columns numbers of a row
     * @param rows the rows
     */
    public Section(String name, int columns, RowSource rows) {
        this(name, columns, rows, List::of, JsonObject::new);
    }
}
