package org.glip.cli;

import org.glip.data.SampleOrder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How pairs are shuffled: a number of pairs in a buffer, or {@code all}. */
final class ShuffleOption implements ITypeConverter<Integer> {
    private static final String ALL = "all";

    @Override
    public Integer convert(String value) {
        if (value.equals(ALL)) {
            return SampleOrder.WHOLE;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is neither a number of pairs nor " + ALL);
        }
    }

    /** The option as it is written. */
    static String text(int shuffle) {
        return shuffle == SampleOrder.WHOLE ? ALL : Integer.toString(shuffle);
    }
}
