package org.glip.report;

import java.util.stream.Collectors;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Surfaces of numbers over a patch grid, seen from above one corner, side by side on one scale of height and colour.
 *
 * @param surfaces the surfaces, from left to right
 * @param minimum value of the floor
 * @param maximum value of the ceiling; what lies outside is cut
 * @param scale what the height means
 */
public record SurfaceSheet(List<Surface> surfaces, double minimum, double maximum, String scale) {
    private static final int WIDTH = 232;
    private static final int AXIS_ROOM = 56;
    private static final int HEADING = 46;
    private static final int RISE = 130;
    private static final int MARGIN = 12;
    private static final int TICKS = 4;

    /**
     * One surface.
     *
     * @param values its height at the nodes of a grid, by row and column, at least two of each and as many in every row
     * @param heading a line above it
     */
    public record Surface(double[][] values, String heading) {
        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if there are fewer than two rows or columns, or rows differ in length
         */
        public Surface {
            for (double[] row : values) {
                if (values.length < 2 || row.length < 2 || row.length != values[0].length) {
                    throw new IllegalArgumentException("A surface needs two rows and columns, and as many in each row");
                }
            }
        }
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is no surface, or the range is empty
     */
    public SurfaceSheet {
        surfaces = List.copyOf(surfaces);
        if (surfaces.isEmpty()) {
            throw new IllegalArgumentException("There is no surface to draw");
        }
        if (!(minimum < maximum)) {
            throw new IllegalArgumentException("Heights need a range, not one from " + minimum + " to " + maximum);
        }
    }

    /**
     * Draws the sheet.
     *
     * @return the picture
     */
    public BufferedImage draw() {
        int floor = (WIDTH - 2 * MARGIN) / 2;
        BufferedImage sheet = Canvas.blank(
                AXIS_ROOM + surfaces.size() * WIDTH,
                HEADING + RISE + floor + MARGIN,
                "Surfaces of " + scale + ": "
                        + surfaces.stream().map(Surface::heading).collect(Collectors.joining(", ")) + ".");
        Graphics2D graphics = Canvas.pen(sheet);
        drawAxis(graphics, HEADING + RISE + floor / 2);
        for (int i = 0; i < surfaces.size(); i++) {
            int left = AXIS_ROOM + i * WIDTH;
            graphics.setFont(Palette.font(Font.BOLD, 13));
            Canvas.centredText(graphics, surfaces.get(i).heading(), left, HEADING - 26, WIDTH, Palette.INK);
            drawSurface(graphics, surfaces.get(i).values(), left);
        }
        graphics.dispose();
        return sheet;
    }

    /** The heights, at the left corner of the first surface. */
    private void drawAxis(Graphics2D graphics, int floor) {
        int x = AXIS_ROOM + MARGIN;
        graphics.setFont(Palette.font(Font.PLAIN, 11));
        for (int tick = 0; tick < TICKS; tick++) {
            double share = tick / (TICKS - 1.0);
            int y = floor - (int) Math.round(share * RISE);
            String label = String.format(Locale.ROOT, "%.2f", minimum + share * (maximum - minimum));
            int width = graphics.getFontMetrics().stringWidth(label);
            Canvas.text(graphics, label, x - 8 - width, y + 4, AXIS_ROOM, Palette.MUTED);
            graphics.drawLine(x - 4, y, x, y);
        }
        graphics.drawLine(x, floor, x, floor - RISE);
        Canvas.text(graphics, scale, MARGIN / 2, floor - RISE - 12, AXIS_ROOM + WIDTH / 2, Palette.INK);
    }

    /**
     * Draws the quadrilaterals between the nodes from the farthest to the nearest, so that what is near hides what is
     * far.
     */
    private void drawSurface(Graphics2D graphics, double[][] values, int left) {
        int rows = values.length - 1;
        int columns = values[0].length - 1;
        for (int depth = 0; depth < rows + columns - 1; depth++) {
            for (int row = Math.max(0, depth - columns + 1); row <= Math.min(depth, rows - 1); row++) {
                drawTile(graphics, values, left, row, depth - row);
            }
        }
    }

    private void drawTile(Graphics2D graphics, double[][] values, int left, int row, int column) {
        Polygon tile = new Polygon();
        double sum = 0;
        for (int[] corner : new int[][] {{0, 0}, {0, 1}, {1, 1}, {1, 0}}) {
            int nodeRow = row + corner[0];
            int nodeColumn = column + corner[1];
            double down = nodeRow / (values.length - 1.0);
            double across = nodeColumn / (values[0].length - 1.0);
            double height = share(values[nodeRow][nodeColumn]);
            sum += height;
            int reach = WIDTH / 2 - MARGIN;
            tile.addPoint((int) Math.round(left + WIDTH / 2.0 + (across - down) * reach), (int)
                    Math.round(HEADING + RISE + (across + down) * reach / 2 - height * RISE));
        }
        graphics.setColor(MapSheet.color(sum / 4));
        graphics.fillPolygon(tile);
        graphics.setColor(Palette.PAPER);
        graphics.drawPolygon(tile);
    }

    private double share(double value) {
        return Math.min(1, Math.max(0, (value - minimum) / (maximum - minimum)));
    }
}
