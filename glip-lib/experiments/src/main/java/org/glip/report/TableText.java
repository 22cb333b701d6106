package org.glip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables for people: as HTML for notebooks, as plain text for terminals, in Markdown for pages. Numbers stand to the
 * right, and a column of deviations ({@code "<header> ±"}) is written into the cells of its mean. A table need not have
 * a name.
 */
public final class TableText {
    private static final String TABLE_STYLE = "border-collapse:collapse;font:13px/1.45 system-ui,sans-serif;"
            + "font-variant-numeric:tabular-nums;margin:6px 0";
    private static final String CAPTION_STYLE = "caption-side:top;text-align:left;font-weight:600;padding:0 0 6px 10px";
    private static final String HEAD_STYLE = "padding:3px 10px;border-bottom:1.5px solid #8a9099;font-weight:600";
    private static final String CELL_STYLE = "padding:2px 10px;border-bottom:1px solid #e3e5e8";
    private static final String PUBLISHED_STYLE = ";color:#6a7078;font-style:italic";

    private static final int LONGEST_LINE = 24;

    private TableText() {}

    /** A column as it is shown. */
    private record Shown(String header, boolean isNumeric, List<String> cells) {
        int width() {
            return cells.stream().mapToInt(String::length).reduce(header.length(), Math::max);
        }
    }

    /**
     * {@return a compact HTML table with its styles inside, so that it looks the same in every notebook} Columns whose
     * name starts with "published" are set apart.
     *
     * @param table the table
     */
    public static String html(Table table) {
        List<Shown> columns = shown(table);
        StringBuilder html = new StringBuilder("<table style=\"" + TABLE_STYLE + "\">\n");
        if (table.name() != null) {
            html.append("<caption style=\"" + CAPTION_STYLE + "\">" + Markup.escaped(table.name()) + "</caption>\n");
        }
        html.append("<thead><tr>");
        for (Shown column : columns) {
            html.append(cell("th", HEAD_STYLE, column, column.header()));
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < table.rowCount(); row++) {
            html.append("<tr>");
            for (Shown column : columns) {
                html.append(cell("td", CELL_STYLE, column, column.cells().get(row)));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n").toString();
    }

    private static String cell(String tag, String style, Shown column, String text) {
        String alignment = column.isNumeric() ? ";text-align:right" : ";text-align:left";
        boolean inOneLine = tag.equals("td") && (column.isNumeric() || text.length() <= LONGEST_LINE);
        String breaking = inOneLine ? ";white-space:nowrap" : "";
        String origin = column.header().startsWith("published") ? PUBLISHED_STYLE : "";
        return "<" + tag + " style=\"" + style + breaking + alignment + origin + "\">" + Markup.escaped(text) + "</"
                + tag + ">";
    }

    /**
     * {@return an aligned table for a terminal: title, headers, a rule, and a line per row}
     *
     * @param table the table
     */
    public static String plain(Table table) {
        List<Shown> columns = shown(table);
        List<String> lines = new ArrayList<>();
        if (table.name() != null) {
            lines.add(table.name());
        }
        lines.add(
                columns.stream().map(column -> padded(column.header(), column)).collect(Collectors.joining("  ")));
        lines.add(columns.stream().map(column -> "─".repeat(column.width())).collect(Collectors.joining("  ")));
        for (int i = 0; i < table.rowCount(); i++) {
            int row = i;
            lines.add(columns.stream()
                    .map(column -> padded(column.cells().get(row), column))
                    .collect(Collectors.joining("  ")));
        }
        return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Returns a table in Markdown: its title in bold, headers, a line per row. Columns whose name starts with
     * "published" are in italics.
     *
     * @param table its cells are texts without markup
     * @return the lines, the last one ended
     */
    public static String markdown(Table table) {
        List<Shown> columns = shown(table);
        StringBuilder text = new StringBuilder();
        if (table.name() != null) {
            text.append("**" + table.name() + "**\n\n");
        }
        text.append(line(columns.stream().map(column -> inMarkdown(column, column.header()))));
        text.append(line(columns.stream().map(column -> column.isNumeric() ? "---:" : "---")));
        for (int i = 0; i < table.rowCount(); i++) {
            int row = i;
            text.append(line(columns.stream()
                    .map(column -> inMarkdown(column, column.cells().get(row)))));
        }
        return text.toString();
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String inMarkdown(Shown column, String text) {
        String escaped = text.replace("|", "\\|").replace("<", "&lt;");
        return column.header().startsWith("published") ? "*" + escaped + "*" : escaped;
    }

    private static String padded(String text, Shown column) {
        String padding = " ".repeat(column.width() - text.length());
        return column.isNumeric() ? padding + text : text + padding;
    }

    private static List<Shown> shown(Table table) {
        List<Shown> shown = new ArrayList<>();
        for (Column<?> column : table.columns()) {
            boolean isDeviation = !shown.isEmpty()
                    && column.name()
                            .equals(ResultTables.deviationOf(
                                    shown.get(shown.size() - 1).header()));
            List<String> cells = IntStream.range(0, column.size())
                    .mapToObj(row -> text(column, row))
                    .toList();
            if (isDeviation) {
                Shown mean = shown.remove(shown.size() - 1);
                cells = IntStream.range(0, column.size())
                        .mapToObj(row -> mean.cells().get(row)
                                + (column.isMissing(row)
                                        ? ""
                                        : " ± " + text(column, row).replace("%", "")))
                        .toList();
                shown.add(new Shown(mean.header(), true, cells));
            } else {
                shown.add(new Shown(column.name(), column instanceof NumericColumn<?>, cells));
            }
        }
        return shown;
    }

    private static String text(Column<?> column, int row) {
        return column.isMissing(row) ? ResultTables.MISSING : column.getString(row);
    }
}
