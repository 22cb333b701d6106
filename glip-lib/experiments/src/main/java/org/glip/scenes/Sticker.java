package org.glip.scenes;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A drawing without a colour of its own, shown as a sticker: its lines in ink on paper, which fills what they enclose
 * and stands out a little beyond them. Bare lines before a photograph could hardly be told from it.
 */
final class Sticker {
    /** How the recipe of the data names this. */
    static final String RECIPE = "stickers";

    /** How far the paper stands out, in pixels of a foreground. */
    private static final int MARGIN = 2;

    /** More opaque than this is ink. */
    private static final int INK_ALPHA = 128;

    private final ArgbImage shape;
    private final boolean[] paper;

    private Sticker(ArgbImage shape) {
        this.shape = shape;
        this.paper = paper();
    }

    /**
     * Shows a drawing as a sticker.
     *
     * @param shape opaque where its lines are; its colours do not count
     * @param ink colour of the lines, 0xRRGGBB
     * @param paper colour of the rest, 0xRRGGBB
     */
    static ArgbImage of(ArgbImage shape, int ink, int paper) {
        return new Sticker(shape).inColours(ink, paper);
    }

    private ArgbImage inColours(int ink, int paperColour) {
        int[] coloured = new int[shape.argb().length];
        for (int i = 0; i < coloured.length; i++) {
            int alpha = shape.argb()[i] >>> 24;
            coloured[i] = paper[i] ? 0xFF << 24 | mixed(ink, paperColour, alpha) : alpha << 24 | ink & 0xFFFFFF;
        }
        return new ArgbImage(shape.width(), shape.height(), coloured);
    }

    private static int mixed(int ink, int paper, int alpha) {
        int colour = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            colour |= ((ink >> shift & 255) * alpha + (paper >> shift & 255) * (255 - alpha)) / 255 << shift;
        }
        return colour;
    }

    /** All that cannot be reached from the border without crossing the lines and their margin. */
    private boolean[] paper() {
        boolean[] paper = new boolean[shape.argb().length];
        boolean[] lines = thickened();
        Deque<Integer> reached = new ArrayDeque<>();
        Arrays.fill(paper, true);
        for (int x = 0; x < shape.width(); x++) {
            reach(x, 0, lines, paper, reached);
            reach(x, shape.height() - 1, lines, paper, reached);
        }
        for (int y = 0; y < shape.height(); y++) {
            reach(0, y, lines, paper, reached);
            reach(shape.width() - 1, y, lines, paper, reached);
        }
        while (!reached.isEmpty()) {
            int at = reached.remove();
            int x = at % shape.width();
            int y = at / shape.width();
            reach(x - 1, y, lines, paper, reached);
            reach(x + 1, y, lines, paper, reached);
            reach(x, y - 1, lines, paper, reached);
            reach(x, y + 1, lines, paper, reached);
        }
        return paper;
    }

    private void reach(int x, int y, boolean[] lines, boolean[] paper, Deque<Integer> reached) {
        if (x < 0 || y < 0 || x >= shape.width() || y >= shape.height()) {
            return;
        }
        int at = y * shape.width() + x;
        if (paper[at] && !lines[at]) {
            paper[at] = false;
            reached.add(at);
        }
    }

    private boolean[] thickened() {
        boolean[] lines = new boolean[shape.argb().length];
        for (int i = 0; i < lines.length; i++) {
            if (shape.argb()[i] >>> 24 >= INK_ALPHA) {
                thicken(i % shape.width(), i / shape.width(), lines);
            }
        }
        return lines;
    }

    private void thicken(int x, int y, boolean[] lines) {
        for (int dy = Math.max(-MARGIN, -y); dy <= Math.min(MARGIN, shape.height() - 1 - y); dy++) {
            for (int dx = Math.max(-MARGIN, -x); dx <= Math.min(MARGIN, shape.width() - 1 - x); dx++) {
                if (dx * dx + dy * dy <= MARGIN * MARGIN + 1) {
                    lines[(y + dy) * shape.width() + x + dx] = true;
                }
            }
        }
    }
}
