package org.glip.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a model says of pictures: beside each, its three likeliest labels as bars, and a line where chance is. */
public final class LabelBars {
    private static final int BARS = 3;
    private static final int SIDE = 84;
    private static final int GAP = 14;
    private static final int LABELS = SIDE + 2 * GAP;
    private static final int LABEL_WIDTH = 120;
    private static final int LEFT = LABELS + LABEL_WIDTH + 10;
    private static final int BAR_WIDTH = 300;
    private static final int BAR_HEIGHT = 18;
    private static final int HEADING = 26;
    private static final int NUMBER = 70;

    private LabelBars() {}

    /**
     * Draws a row for each picture. Bars are as long as a label is likely, of all labels that were offered.
     *
     * @param pictures with what the model said of each
     * @param labels how many labels were offered, at least 2; one of them at random is right once in as many times
     * @return the picture
     * @throws IllegalArgumentException if there is no picture or only one label
     */
    public static BufferedImage draw(List<NamedPicture> pictures, int labels) {
        if (pictures.isEmpty() || labels < 2) {
            throw new IllegalArgumentException(
                    "bars need a picture and two labels, not " + pictures.size() + " and " + labels);
        }
        BufferedImage sheet = Canvas.blank(
                LEFT + BAR_WIDTH + NUMBER, HEADING + pictures.size() * (SIDE + GAP), described(pictures, labels));
        Graphics2D graphics = Canvas.pen(sheet);
        int chance = LEFT + BAR_WIDTH / labels;
        graphics.setFont(Palette.font(Font.PLAIN, 12));
        Canvas.text(
                graphics,
                String.format(Locale.ROOT, "chance, %.0f %%", 100.0 / labels),
                chance - 4,
                HEADING - 10,
                BAR_WIDTH,
                Palette.MUTED);
        for (int row = 0; row < pictures.size(); row++) {
            int top = HEADING + row * (SIDE + GAP);
            graphics.drawImage(Canvas.square(pictures.get(row).picture(), SIDE), GAP, top, null);
            drawBars(graphics, pictures.get(row).guesses(), top);
            graphics.setColor(Palette.MISSED);
            graphics.drawLine(chance, top, chance, top + SIDE);
        }
        graphics.dispose();
        return sheet;
    }

    private static void drawBars(Graphics2D graphics, List<NamedPicture.Guess> guesses, int top) {
        for (int bar = 0; bar < Math.min(BARS, guesses.size()); bar++) {
            NamedPicture.Guess guess = guesses.get(bar);
            int y = top + 6 + bar * (BAR_HEIGHT + 8);
            int length = (int) Math.round(guess.probability() * BAR_WIDTH);
            Canvas.text(graphics, guess.label(), LABELS, y + 14, LABEL_WIDTH, Palette.INK);
            graphics.setColor(Palette.series()[0]);
            graphics.fillRect(LEFT, y, length, BAR_HEIGHT);
            Canvas.text(graphics, percent(guess), LEFT + length + 8, y + 14, NUMBER, Palette.INK);
        }
    }

    private static String percent(NamedPicture.Guess guess) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * guess.probability());
    }

    private static String described(List<NamedPicture> pictures, int labels) {
        return "What the model says, of " + labels + " labels: "
                + pictures.stream()
                        .map(picture -> picture.label() + ": "
                                + picture.guesses().stream()
                                        .limit(BARS)
                                        .map(guess -> guess.label() + " " + percent(guess))
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; "))
                + ".";
    }
}
