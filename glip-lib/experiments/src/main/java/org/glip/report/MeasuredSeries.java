package org.glip.report;

import java.util.Arrays;
import java.util.List;
import org.glip.results.Metric;
import org.glip.results.RunResult;

/**
 * Shares measured under one name, such as the accuracies of a method over several settings.
 *
 * @param name as the legend shows it
 * @param values a share in [0, 1] per setting; NaN where there is no measurement
 * @param errors half the length of each error bar, such as a standard deviation over seeds; NaN where there is none
 */
public record MeasuredSeries(String name, double[] values, double[] errors) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is not one error per value, or a value is outside [0, 1]
     */
    public MeasuredSeries {
        if (values.length != errors.length) {
            throw new IllegalArgumentException(
                    "Series \"" + name + "\" has " + values.length + " values, but " + errors.length + " errors");
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] > 1 || errors[i] < 0) {
                throw new IllegalArgumentException("Value " + i + " of series \"" + name + "\" is " + values[i]
                        + " with error " + errors[i] + "; shares are in [0, 1] and errors not negative");
            }
        }
        values = values.clone();
        errors = errors.clone();
    }

    /**
     * {@return a series without error bars}
     *
     * @param name as the legend shows it
     * @param values shares in [0, 1], by category
     */
    public static MeasuredSeries exact(String name, double... values) {
        double[] none = new double[values.length];
        Arrays.fill(none, Double.NaN);
        return new MeasuredSeries(name, values, none);
    }

    /**
     * {@return a figure of several runs, without error bars}
     *
     * @param name as the legend shows it
     * @param runs one for each category
     * @param figure which, in [0, 1]; runs that do not have it show none
     */
    public static MeasuredSeries of(String name, List<RunResult> runs, Metric figure) {
        return exact(
                name,
                runs.stream()
                        .mapToDouble(run -> run.find(figure).orElse(Double.NaN))
                        .toArray());
    }

    /** {@return a copy of the values} */
    @Override
    public double[] values() {
        return values.clone();
    }

    /** {@return a copy of the error bars} */
    @Override
    public double[] errors() {
        return errors.clone();
    }

    /** Whether any value has an error bar. */
    boolean hasErrors() {
        return Arrays.stream(errors).anyMatch(error -> error > 0);
    }
}
