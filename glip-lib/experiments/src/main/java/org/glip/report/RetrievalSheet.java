package org.glip.report;

import java.util.stream.Collectors;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Texts with the pictures that a model finds nearest to them. */
public final class RetrievalSheet {
    private static final int TILE_SIDE = 112;
    private static final int LABEL_WIDTH = 130;
    private static final int LEFT = 12;

    private RetrievalSheet() {}

    /**
     * A text and what was found.
     *
     * @param text the text
     * @param nearest the nearest pictures, the most similar first; at least one
     */
    public record Row(String text, List<NamedPicture> nearest) {}

    /**
     * Draws a row for each text. Under a picture stands what it shows, with a tick where that is the text.
     *
     * @param rows at least one
     * @return the picture
     * @throws IllegalArgumentException if there is no row
     */
    public static BufferedImage draw(List<Row> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("There is no text to show pictures of");
        }
        List<BufferedImage> drawn = rows.stream().map(RetrievalSheet::pictures).toList();
        int width = drawn.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        int height = drawn.stream().mapToInt(BufferedImage::getHeight).sum();
        BufferedImage sheet = Canvas.blank(
                LABEL_WIDTH + width,
                height,
                "The nearest pictures to texts. "
                        + rows.stream().map(RetrievalSheet::described).collect(Collectors.joining("; ")) + ".");
        Graphics2D graphics = Canvas.pen(sheet);
        graphics.setFont(Palette.font(Font.BOLD, 14));
        int top = 0;
        for (int i = 0; i < rows.size(); i++) {
            Canvas.text(graphics, rows.get(i).text(), LEFT, top + TILE_SIDE / 2 + 16, LABEL_WIDTH - LEFT, Palette.INK);
            graphics.drawImage(drawn.get(i), LABEL_WIDTH, top, null);
            top += drawn.get(i).getHeight();
        }
        graphics.dispose();
        return sheet;
    }

    private static String described(Row row) {
        return row.text() + ": "
                + row.nearest().stream().map(NamedPicture::label).collect(Collectors.joining(", "));
    }

    private static BufferedImage pictures(Row row) {
        List<PictureSheet.Tile> tiles = new ArrayList<>();
        for (NamedPicture found : row.nearest()) {
            PictureSheet.Mark mark =
                    found.label().equals(row.text()) ? PictureSheet.Mark.RIGHT : PictureSheet.Mark.WRONG;
            tiles.add(new PictureSheet.Tile(found.picture(), List.of(new PictureSheet.Caption(found.label(), mark))));
        }
        return new PictureSheet(tiles, Math.max(1, tiles.size()), TILE_SIDE, List.of()).draw();
    }
}
