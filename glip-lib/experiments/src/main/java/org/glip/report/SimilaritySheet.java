package org.glip.report;

import java.util.stream.Collectors;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How near pictures and their labels are to each other: a picture above each column, a label before each row, and in
 * the cells the cosine of their features. Where a model knows them, the cells of picture and own label, from top left
 * to bottom right, are the lightest.
 *
 * @param pictures the pictures, whose labels are the rows in the same order; at least one
 * @param cosines by label and picture
 */
public record SimilaritySheet(List<NamedPicture> pictures, double[][] cosines) {
    private static final int CELL = 66;
    private static final int GAP = 2;
    private static final int LABEL_WIDTH = 120;
    private static final int BRIGHT = 150;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is no picture, or not one cosine for each label and picture
     */
    public SimilaritySheet {
        pictures = List.copyOf(pictures);
        int count = pictures.size();
        if (count == 0 || cosines.length != count || Arrays.stream(cosines).anyMatch(row -> row.length != count)) {
            throw new IllegalArgumentException(
                    "a sheet of " + count + " pictures needs at least one, and as many rows and columns of cosines");
        }
    }

    /**
     * A sheet of pictures and texts that belong together.
     *
     * @param pictures the pictures
     * @param texts one for each picture, in the same order
     * @param cosines of each text with all pictures, one text after the other
     * @return the sheet
     * @throws IllegalArgumentException if there is no picture, or not one text for each, or not one cosine for each
     *     text and picture
     */
    public static SimilaritySheet of(List<BufferedImage> pictures, List<String> texts, float[] cosines) {
        int count = pictures.size();
        if (texts.size() != count || cosines.length != count * count) {
            throw new IllegalArgumentException(count + " pictures need as many texts and " + count * count
                    + " cosines, not " + texts.size() + " and " + cosines.length);
        }
        List<NamedPicture> named = IntStream.range(0, count)
                .mapToObj(i -> new NamedPicture(pictures.get(i), texts.get(i), List.of()))
                .toList();
        double[][] rows = new double[count][count];
        for (int i = 0; i < cosines.length; i++) {
            rows[i / count][i % count] = cosines[i];
        }
        return new SimilaritySheet(named, rows);
    }

    /**
     * Draws the sheet. The colours go from the smallest to the largest cosine.
     *
     * @return the picture
     */
    public BufferedImage draw() {
        int count = pictures.size();
        BufferedImage sheet = Canvas.blank(
                LABEL_WIDTH + count * (CELL + GAP), (count + 1) * (CELL + GAP), description());
        Graphics2D graphics = Canvas.pen(sheet);
        double low =
                Arrays.stream(cosines).flatMapToDouble(Arrays::stream).min().orElseThrow();
        double high =
                Arrays.stream(cosines).flatMapToDouble(Arrays::stream).max().orElseThrow();
        for (int i = 0; i < count; i++) {
            graphics.drawImage(Canvas.square(pictures.get(i).picture(), CELL), left(i), 0, null);
            graphics.setFont(Palette.font(Font.BOLD, 13));
            Canvas.text(graphics, pictures.get(i).label(), 4, top(i) + CELL / 2 + 5, LABEL_WIDTH - 8, Palette.INK);
            for (int column = 0; column < count; column++) {
                double place = high > low ? (cosines[i][column] - low) / (high - low) : 0;
                drawCell(graphics, cosines[i][column], MapSheet.color(place), left(column), top(i));
            }
        }
        graphics.dispose();
        return sheet;
    }

    private String description() {
        long found = IntStream.range(0, pictures.size())
                .filter(column -> IntStream.range(0, pictures.size())
                        .allMatch(row -> cosines[row][column] <= cosines[column][column]))
                .count();
        return "Similarity of " + pictures.size() + " pictures and texts; the own text is the most similar of "
                + found + " pictures. Texts: "
                + pictures.stream().map(NamedPicture::label).collect(Collectors.joining(", ")) + ".";
    }

    private static int left(int column) {
        return LABEL_WIDTH + column * (CELL + GAP);
    }

    private static int top(int row) {
        return (row + 1) * (CELL + GAP);
    }

    private static void drawCell(Graphics2D graphics, double cosine, Color color, int x, int y) {
        graphics.setColor(color);
        graphics.fillRect(x, y, CELL, CELL);
        graphics.setFont(Palette.font(Font.PLAIN, 13));
        // green looks brightest, so it decides which text can be read
        Color ink = color.getGreen() > BRIGHT ? Palette.INK : Palette.PAPER;
        Canvas.centredText(graphics, String.format(Locale.ROOT, "%.2f", cosine), x, y + CELL / 2 + 5, CELL, ink);
    }
}
