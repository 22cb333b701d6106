package org.glip.report;

import org.glip.results.Metric;

/**
 * A column of a result table.
 *
 * @param header as the table shows it
 * @param metric what it shows
 * @param format how its numbers are written
 */
public record TableColumn(String header, Metric metric, Format format) {
    /** How numbers are written. */
    public enum Format {
        /** A share in [0, 1] as a percentage with one decimal. */
        PERCENT,
        /** A number with one decimal. */
        ONE_DECIMAL,
        /** A whole number with grouping. */
        WHOLE
    }

    /** A share, in percent. */
    public static TableColumn percent(String header, Metric metric) {
        return new TableColumn(header, metric, Format.PERCENT);
    }

    /** A number with one decimal. */
    public static TableColumn oneDecimal(String header, Metric metric) {
        return new TableColumn(header, metric, Format.ONE_DECIMAL);
    }

    /** A whole number. */
    public static TableColumn whole(String header, Metric metric) {
        return new TableColumn(header, metric, Format.WHOLE);
    }
}
