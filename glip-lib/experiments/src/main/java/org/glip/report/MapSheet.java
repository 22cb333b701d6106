package org.glip.report;

import java.util.stream.IntStream;
import java.util.stream.Collectors;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Maps of numbers over a patch grid as small multiples: a grid of maps with one colour scale for all of them.
 *
 * @param maps the maps, row by row
 * @param rows a label left of each row
 * @param columns a heading above each column
 * @param minimum value of the darkest colour; what is below has the same colour
 * @param maximum value of the lightest colour
 * @param scale what the colours mean
 */
public record MapSheet(
        List<Panel> maps, List<String> rows, List<String> columns, double minimum, double maximum, String scale) {
    private static final int SIDE = 140;
    private static final int GAP = 14;
    private static final int LABEL_WIDTH = 136;
    private static final int HEADING = 30;
    private static final int CAPTION = 20;
    private static final int SCALE_WIDTH = 14;
    private static final int SCALE_ROOM = 96;
    private static final int TICKS = 5;

    /**
     * One map.
     *
     * @param values by row and column, at least one of each
     * @param caption a line below it, may be empty
     */
    public record Panel(double[][] values, String caption) {}

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is not one map for every row and column, or the range is empty
     */
    public MapSheet {
        maps = List.copyOf(maps);
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        if (maps.isEmpty() || maps.size() != rows.size() * columns.size()) {
            throw new IllegalArgumentException("There are " + maps.size() + " maps for " + rows.size() + " rows and "
                    + columns.size() + " columns");
        }
        if (!(minimum < maximum)) {
            throw new IllegalArgumentException("The colours need a range, not one from " + minimum + " to " + maximum);
        }
    }

    /**
     * Draws the sheet.
     *
     * @return the picture
     */
    public BufferedImage draw() {
        int width = LABEL_WIDTH + columns.size() * (SIDE + GAP) + SCALE_ROOM;
        BufferedImage sheet = Canvas.blank(width, HEADING + rows.size() * rowHeight(), description());
        Graphics2D graphics = Canvas.pen(sheet);
        graphics.setFont(Palette.font(Font.BOLD, 13));
        for (int column = 0; column < columns.size(); column++) {
            Canvas.centredText(graphics, columns.get(column), left(column), HEADING - 10, SIDE, Palette.INK);
        }
        for (int row = 0; row < rows.size(); row++) {
            graphics.setFont(Palette.font(Font.BOLD, 13));
            Canvas.text(graphics, rows.get(row), GAP, top(row) + SIDE / 2 + 5, LABEL_WIDTH - GAP - 6, Palette.INK);
            for (int column = 0; column < columns.size(); column++) {
                drawPanel(graphics, maps.get(row * columns.size() + column), left(column), top(row));
            }
        }
        drawScale(
                graphics, left(columns.size()) + 6, HEADING, Math.min(2 * SIDE, sheet.getHeight() - HEADING - CAPTION));
        graphics.dispose();
        return sheet;
    }

    private String description() {
        return "Maps of " + scale + ". "
                + IntStream.range(0, maps.size())
                        .mapToObj(i -> (rows.get(i / columns.size()) + ", " + columns.get(i % columns.size()) + ": "
                                        + maps.get(i).caption())
                                .strip())
                        .collect(Collectors.joining("; "));
    }

    private static int rowHeight() {
        return SIDE + CAPTION + GAP;
    }

    private static int left(int column) {
        return LABEL_WIDTH + column * (SIDE + GAP);
    }

    private static int top(int row) {
        return HEADING + row * rowHeight();
    }

    private void drawPanel(Graphics2D graphics, Panel panel, int x, int y) {
        double[][] values = panel.values();
        for (int row = 0; row < values.length; row++) {
            int upper = row * SIDE / values.length;
            int lower = (row + 1) * SIDE / values.length;
            for (int column = 0; column < values[row].length; column++) {
                int from = column * SIDE / values[row].length;
                int to = (column + 1) * SIDE / values[row].length;
                graphics.setColor(color((values[row][column] - minimum) / (maximum - minimum)));
                graphics.fillRect(x + from, y + upper, to - from, lower - upper);
            }
        }
        graphics.setFont(Palette.font(Font.PLAIN, 11));
        Canvas.centredText(graphics, panel.caption(), x, y + SIDE + 15, SIDE, Palette.MUTED);
    }

    private void drawScale(Graphics2D graphics, int x, int y, int height) {
        for (int i = 0; i < height; i++) {
            graphics.setColor(color(1 - i / (height - 1.0)));
            graphics.fillRect(x, y + i, SCALE_WIDTH, 1);
        }
        graphics.setFont(Palette.font(Font.PLAIN, 11));
        for (int tick = 0; tick < TICKS; tick++) {
            double share = tick / (TICKS - 1.0);
            String label = String.format(Locale.ROOT, "%.2f", minimum + share * (maximum - minimum));
            int baseLine = y + (int) Math.round((1 - share) * (height - 1)) + 4;
            Canvas.text(graphics, label, x + SCALE_WIDTH + 5, baseLine, SCALE_ROOM, Palette.MUTED);
        }
        Canvas.text(graphics, scale, x, y - 12, SCALE_ROOM - 8, Palette.INK);
    }

    /** Viridis at a place in [0, 1], between its steps by straight lines. */
    static Color color(double place) {
        Color[] steps = Palette.sequential();
        double scaled = Math.min(1, Math.max(0, place)) * (steps.length - 1);
        int step = Math.min(steps.length - 2, (int) scaled);
        double share = scaled - step;
        Color low = steps[step];
        Color high = steps[step + 1];
        return new Color(
                mixed(low.getRed(), high.getRed(), share),
                mixed(low.getGreen(), high.getGreen(), share),
                mixed(low.getBlue(), high.getBlue(), share));
    }

    private static int mixed(int low, int high, double share) {
        return (int) Math.round(low + share * (high - low));
    }
}
