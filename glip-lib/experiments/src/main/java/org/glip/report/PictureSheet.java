package org.glip.report;

import java.util.stream.Collectors;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures of one size in a grid, with captions below and headings above.
 *
 * @param tiles the pictures, row by row; at least one
 * @param columns pictures in a row, at least 1
 * @param tileSide side of a picture in pixels, at least 16; pictures are cropped to their centre square and scaled
 * @param headings a text above each column, or none at all
 */
public record PictureSheet(List<Tile> tiles, int columns, int tileSide, List<String> headings) {
    private static final int GAP = 12;
    private static final int TEXT_SIZE = 13;
    private static final int LINE = 18;
    private static final int HEADING = 26;

    /** Where the text of a marked caption starts: behind its mark. */
    private static final int MARK_WIDTH = 16;

    /** What a caption says about a prediction. Drawn as a shape and a colour, so that either alone tells it. */
    public enum Mark {
        /** A plain line. */
        NONE(""),
        /** A right prediction: a tick. */
        RIGHT("right: "),
        /** A wrong prediction: a dot, muted. */
        WRONG(""),
        /** The truth that no prediction named: an arrow. */
        MISSED("missed: ");

        private final String words;

        Mark(String words) {
            this.words = words;
        }
    }

    /**
     * One line below a picture.
     *
     * @param text cut with an ellipsis where it is too long
     * @param mark what it says about a prediction
     */
    public record Caption(String text, Mark mark) {
        /**
         * {@return a plain line}
         *
         * @param text the line
         */
        public static Caption plain(String text) {
            return new Caption(text, Mark.NONE);
        }
    }

    /**
     * A picture and the lines below it.
     *
     * @param picture any size
     * @param captions lines from top to bottom, may be empty
     */
    public record Tile(BufferedImage picture, List<Caption> captions) {
        /** Copies the captions. */
        public Tile {
            captions = List.copyOf(captions);
        }
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is nothing to draw, a size is too small, or there is not one heading
     *     per column
     */
    public PictureSheet {
        tiles = List.copyOf(tiles);
        headings = List.copyOf(headings);
        if (tiles.isEmpty()) {
            throw new IllegalArgumentException("There are no pictures to draw");
        }
        if (columns < 1 || tileSide < 16) {
            throw new IllegalArgumentException("A sheet needs at least 1 column and pictures of at least 16 px, not "
                    + columns + " and " + tileSide);
        }
        if (!headings.isEmpty() && headings.size() != columns) {
            throw new IllegalArgumentException(
                    "There are " + headings.size() + " headings for " + columns + " columns");
        }
    }

    /**
     * Draws the sheet.
     *
     * @return the picture
     */
    public BufferedImage draw() {
        int rows = (tiles.size() + columns - 1) / columns;
        int captionLines =
                tiles.stream().mapToInt(tile -> tile.captions().size()).max().orElseThrow();
        int rowHeight = tileSide + GAP + (captionLines == 0 ? 0 : captionLines * LINE + 4);
        int top = GAP + (headings.isEmpty() ? 0 : HEADING - GAP / 2);
        int usedColumns = Math.min(columns, headings.isEmpty() ? tiles.size() : columns);
        BufferedImage sheet = Canvas.blank(
                GAP + usedColumns * (tileSide + GAP), top + rows * rowHeight, description());
        Graphics2D graphics = Canvas.pen(sheet);
        graphics.setFont(Palette.font(Font.BOLD, TEXT_SIZE));
        for (int column = 0; column < headings.size(); column++) {
            Canvas.centredText(graphics, headings.get(column), left(column), top - GAP / 2 - 3, tileSide, Palette.INK);
        }
        for (int i = 0; i < tiles.size(); i++) {
            drawTile(graphics, tiles.get(i), left(i % columns), top + i / columns * rowHeight);
        }
        graphics.dispose();
        return sheet;
    }

    private String description() {
        String columnsShow = headings.isEmpty() ? "" : ", in columns " + String.join(", ", headings);
        String captions = tiles.stream()
                .filter(tile -> !tile.captions().isEmpty())
                .map(tile -> tile.captions().stream()
                        .map(caption -> caption.mark().words + caption.text())
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return tiles.size() + " pictures" + columnsShow + (captions.isEmpty() ? "" : ": " + captions) + ".";
    }

    private int left(int column) {
        return GAP + column * (tileSide + GAP);
    }

    private void drawTile(Graphics2D graphics, Tile tile, int x, int y) {
        graphics.drawImage(Canvas.square(tile.picture(), tileSide), x, y, null);
        int baseLine = y + tileSide + LINE;
        for (Caption caption : tile.captions()) {
            boolean strong = caption.mark() == Mark.RIGHT || caption.mark() == Mark.MISSED;
            graphics.setFont(Palette.font(strong ? Font.BOLD : Font.PLAIN, TEXT_SIZE));
            int indent = caption.mark() == Mark.NONE ? 0 : MARK_WIDTH;
            drawMark(graphics, caption.mark(), x, baseLine);
            Canvas.text(graphics, caption.text(), x + indent, baseLine, tileSide - indent, color(caption.mark()));
            baseLine += LINE;
        }
    }

    private static Color color(Mark mark) {
        return switch (mark) {
            case NONE -> Palette.INK;
            case RIGHT -> Palette.RIGHT;
            case WRONG -> Palette.MUTED;
            case MISSED -> Palette.MISSED;
        };
    }

    /** Marks are drawn, not written: not every font has a tick. */
    private static void drawMark(Graphics2D graphics, Mark mark, int x, int baseLine) {
        graphics.setColor(color(mark));
        graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        int middle = baseLine - 5;
        switch (mark) {
            case RIGHT ->
                graphics.drawPolyline(new int[] {x + 1, x + 4, x + 10}, new int[] {middle, middle + 4, middle - 4}, 3);
            case WRONG -> graphics.fillOval(x + 3, middle - 2, 5, 5);
            case MISSED -> {
                graphics.drawLine(x + 1, middle, x + 10, middle);
                graphics.drawPolyline(new int[] {x + 7, x + 10, x + 7}, new int[] {middle - 3, middle, middle + 3}, 3);
            }
            case NONE -> {}
        }
    }
}
