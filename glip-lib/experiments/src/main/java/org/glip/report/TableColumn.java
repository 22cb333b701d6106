package org.glip.report;

/**
 * A column of a result table.
 *
 * @param header as the table shows it
 * @param metric name of the metric in the result files
 * @param format how its numbers are written
 */
public record TableColumn(String header, String metric, Format format) {
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
    public static TableColumn percent(String header, String metric) {
        return new TableColumn(header, metric, Format.PERCENT);
    }

    /** A number with one decimal. */
    public static TableColumn oneDecimal(String header, String metric) {
        return new TableColumn(header, metric, Format.ONE_DECIMAL);
    }

    /** A whole number. */
    public static TableColumn whole(String header, String metric) {
        return new TableColumn(header, metric, Format.WHOLE);
    }
}
