package org.glip.report;

import java.awt.Color;
import org.glip.results.MethodName;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How a method is drawn, in every chart alike.
 *
 * @param color of its line and markers
 * @param marker the shape of its markers
 */
record MethodStyle(Color color, Marker marker) {
    /**
     * The style of a method; colours are in the order of the palette for CLIP, FLIP and GLIP, as charts of a training
     * have them.
     */
    static MethodStyle of(MethodName method) {
        Color[] series = Palette.series();
        return switch (method) {
            case CLIP -> new MethodStyle(series[0], SeriesMarkers.CIRCLE);
            case FLIP -> new MethodStyle(series[1], SeriesMarkers.SQUARE);
            case GLIP -> new MethodStyle(series[2], SeriesMarkers.DIAMOND);
            case RECLIP -> new MethodStyle(series[3], SeriesMarkers.TRIANGLE_UP);
        };
    }
}
