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

    /**
     * {@return a share, in percent}
     *
     * @param header as the table shows it
     * @param metric name of the metric in the result files
     */
    public static TableColumn percent(String header, Metric metric) {
        return new TableColumn(header, metric, Format.PERCENT);
    }

    /**
     * {@return a number with one decimal}
     *
     * @param header as the table shows it
     * @param metric name of the metric in the result files
     */
    public static TableColumn oneDecimal(String header, Metric metric) {
        return new TableColumn(header, metric, Format.ONE_DECIMAL);
    }

    /**
     * {@return a whole number}
     *
     * @param header as the table shows it
     * @param metric name of the metric in the result files
     */
    public static TableColumn whole(String header, Metric metric) {
        return new TableColumn(header, metric, Format.WHOLE);
    }
}
