package org.glip.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** The columns of a Parquet file, found by name. The format lists them as a tree in one line, each before its parts. */
final class TableSchema {
    private static final int DEEPEST = 16;

    /** One element with its parts; {@code leaf} is its number among the columns of values, -1 for one with parts. */
    private record Node(SchemaElement element, List<Node> parts, int leaf) {
        String name() {
            return element.name;
        }

        @Nullable
        Node part(String name) {
            return parts.stream()
                    .filter(part -> part.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        String kind() {
            if (leaf < 0) {
                return "a group of " + parts.stream().map(Node::name).collect(Collectors.joining(", "));
            }
            return "of type " + element.type
                    + (element.isSetConverted_type() ? " (" + element.converted_type + ")" : "");
        }

        boolean isBytes() {
            return leaf >= 0 && element.type == org.apache.parquet.format.Type.BYTE_ARRAY;
        }

        boolean isText() {
            return element.converted_type == ConvertedType.UTF8
                    || element.isSetLogicalType() && element.logicalType.isSetSTRING();
        }
    }

    private final List<SchemaElement> elements;
    private final List<Node> columns = new ArrayList<>();
    private int next = 1;
    private int leaves;

    /**
     * @param elements as the footer lists them
     * @throws IOException if they are no tree
     */
    TableSchema(List<SchemaElement> elements) throws IOException {
        this.elements = elements;
        for (int column = 0; column < elements.get(0).num_children; column++) {
            columns.add(node(1));
        }
    }

    private Node node(int depth) throws IOException {
        if (next >= elements.size() || depth > DEEPEST) {
            throw new DamagedTableException("its schema is no tree", null);
        }
        SchemaElement element = elements.get(next++);
        if (element.repetition_type == null) {
            throw new DamagedTableException("its schema does not say how often \"" + element.name + "\" comes", null);
        }
        if (element.type != null) {
            return new Node(element, List.of(), leaves++);
        }
        List<Node> parts = new ArrayList<>();
        for (int part = 0; part < element.num_children; part++) {
            parts.add(node(depth + 1));
        }
        return new Node(element, parts, -1);
    }

    /** The names of the columns, in their order. */
    List<String> names() {
        return columns.stream().map(Node::name).toList();
    }

    /** The bytes of pictures, the paths of their files, or both; one is null where there is only the other. */
    record Pictures(@Nullable TableColumn bytes, @Nullable TableColumn path) {}

    /**
     * Finds the pictures.
     *
     * @throws IOException if there is no such column, or it is of another type
     */
    Pictures pictures(String name) throws IOException {
        Node node = require(name);
        if (!isRepeated(node) && node.isBytes()) {
            TableColumn column = column(List.of(node));
            return node.isText() ? new Pictures(null, column) : new Pictures(column, null);
        }
        Node bytes = node.part("bytes");
        Node path = node.part("path");
        boolean isStruct = !isRepeated(node)
                && (bytes != null || path != null)
                && (bytes == null || bytes.isBytes() && !isRepeated(bytes))
                && (path == null || path.isBytes() && !isRepeated(path));
        if (!isStruct) {
            throw new IOException("column \"" + name + "\" is " + node.kind()
                    + "; pictures are bytes, paths as text, or a struct of bytes and path");
        }
        return new Pictures(
                bytes == null ? null : column(List.of(node, bytes)), path == null ? null : column(List.of(node, path)));
    }

    /**
     * Finds the captions: a text, or a list of texts.
     *
     * @throws IOException if there is no such column, or it is of another type
     */
    TableColumn captions(String name) throws IOException {
        Node node = require(name);
        List<Node> way = new ArrayList<>(List.of(node));
        while (way.get(way.size() - 1).parts().size() == 1) {
            way.add(way.get(way.size() - 1).parts().get(0));
        }
        Node last = way.get(way.size() - 1);
        if (!last.isBytes() || way.stream().filter(TableSchema::isRepeated).count() > 1) {
            throw new IOException(
                    "column \"" + name + "\" is " + node.kind() + "; captions are a text or a list of texts");
        }
        return column(way);
    }

    private Node require(String name) throws IOException {
        for (Node column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        throw new IOException("it has no column \"" + name + "\", only "
                + names().stream().map(each -> '"' + each + '"').collect(Collectors.joining(", ")));
    }

    private static boolean isRepeated(Node node) {
        return node.element().repetition_type == FieldRepetitionType.REPEATED;
    }

    private static TableColumn column(List<Node> way) {
        Node last = way.get(way.size() - 1);
        Type type = new PrimitiveType(repetition(last), PrimitiveTypeName.BINARY, last.name());
        for (int depth = way.size() - 2; depth >= 0; depth--) {
            type = new GroupType(repetition(way.get(depth)), way.get(depth).name(), type);
        }
        return new TableColumn(
                last.leaf(),
                new MessageType("row", type),
                last.isText(),
                way.stream().anyMatch(TableSchema::isRepeated));
    }

    private static Repetition repetition(Node node) {
        return Repetition.valueOf(node.element().repetition_type.name());
    }
}
