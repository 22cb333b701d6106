package org.glip.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.glip.results.SigmaPoint;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * The points of a curve with their error bars, which need not be of the same length upwards and downwards, as XChart's
 * have to be; and random masking as a dashed line, with its error as a band.
 */
final class SigmaMarks extends Annotation {
    private static final int RADIUS = 4;
    private static final int WHISKER = 4;
    private static final int BAND_ALPHA = 40;

    private final List<SigmaPoint> points;
    private final double smallest;
    private final Color color;
    private final boolean band;

    /**
     * @param points by sigma; infinite is random masking
     * @param smallest the sigma at place 0
     * @param color of line and points
     * @param band whether the error of random masking is drawn
     */
    SigmaMarks(List<SigmaPoint> points, double smallest, Color color, boolean band) {
        super(true);
        this.points = List.copyOf(points);
        this.smallest = smallest;
        this.color = color;
        this.band = band;
    }

    @Override
    public void paint(Graphics2D graphics) {
        for (SigmaPoint point : points) {
            if (Double.isInfinite(point.sigma())) {
                paintRandom(graphics, point);
            } else {
                paintPoint(graphics, point);
            }
        }
    }

    private void paintRandom(Graphics2D graphics, SigmaPoint random) {
        double left = getXAxisScreenValueForMin();
        double right = getXAxisScreenValueForMax();
        if (band) {
            double top = y(random.high());
            graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND_ALPHA));
            graphics.fill(new Rectangle2D.Double(left, top, right - left, y(random.low()) - top));
        }
        graphics.setColor(color);
        graphics.setStroke(
                new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
        double height = y(random.spread().mean());
        graphics.draw(new Line2D.Double(left, height, right, height));
    }

    private void paintPoint(Graphics2D graphics, SigmaPoint point) {
        double x = getXAxisScreenValue(SigmaChart.place(point.sigma(), smallest));
        double middle = y(point.spread().mean());
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke(1.2f));
        graphics.draw(new Line2D.Double(x, y(point.low()), x, y(point.high())));
        for (double end : new double[] {point.low(), point.high()}) {
            graphics.draw(new Line2D.Double(x - WHISKER, y(end), x + WHISKER, y(end)));
        }
        Ellipse2D dot = new Ellipse2D.Double(x - RADIUS, middle - RADIUS, 2 * RADIUS, 2 * RADIUS);
        graphics.setColor(point.isOverSeeds() ? color : Palette.PAPER);
        graphics.fill(dot);
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke(1.8f));
        graphics.draw(dot);
    }

    private double y(double share) {
        return getYAxisScreenValue(100 * share);
    }
}
