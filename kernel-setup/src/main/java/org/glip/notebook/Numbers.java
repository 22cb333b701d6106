package org.glip.notebook;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Arrays and tensors as a reader wants to see them: the shape, and the first numbers. */
final class Numbers {
    /** The types that have no readable string form of their own. */
    static final List<Class<?>> TYPES = List.of(
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            int[][].class,
            float[][].class,
            double[][].class,
            NDArray.class,
            NDList.class);

    private static final int SHOWN = 64;
    private static final int SHOWN_OF_A_TENSOR = 6;
    private static final int ROWS = 20;

    private Numbers() {}

    /** {@return whether a value is of one of the {@link #TYPES}} */
    static boolean are(Object value) {
        return TYPES.stream().anyMatch(type -> type.isInstance(value));
    }

    /** {@return a value of one of the {@link #TYPES} as text} */
    static String text(Object value) {
        if (value instanceof NDList list) {
            return list.isEmpty()
                    ? "no tensors"
                    : list.stream().map(Numbers::tensor).collect(Collectors.joining("\n"));
        }
        if (value instanceof NDArray array) {
            return tensor(array);
        }
        int length = Array.getLength(value);
        if (value.getClass().getComponentType().isArray()) {
            return IntStream.range(0, Math.min(ROWS, length))
                            .mapToObj(row -> row(Array.get(value, row), SHOWN))
                            .collect(Collectors.joining("\n"))
                    + (length > ROWS ? "\n... " + length + " rows" : "");
        }
        return row(value, SHOWN);
    }

    private static String row(Object array, int shown) {
        int length = Array.getLength(array);
        String numbers = IntStream.range(0, Math.min(shown, length))
                .mapToObj(i -> number((Number) Array.get(array, i)))
                .collect(Collectors.joining(", "));
        return "[" + numbers + (length > shown ? ", ... " + length + " numbers]" : "]");
    }

    private static String number(Number number) {
        return number instanceof Double || number instanceof Float
                ? String.format(Locale.ROOT, "%.4g", number.doubleValue())
                : number.toString();
    }

    /** Shape, type and first numbers; not all are read, since they may be many and on a device. */
    private static String tensor(NDArray array) {
        String name = array.getName() == null ? "" : array.getName() + ": ";
        String kind =
                name + array.getShape() + " " + array.getDataType().toString().toLowerCase(Locale.ROOT);
        if (array.size() == 0) {
            return kind;
        }
        try (NDArray flat = array.flatten();
                NDArray head = flat.get("0:" + Math.min(array.size(), SHOWN_OF_A_TENSOR))) {
            String first = Arrays.stream(head.toArray()).map(Numbers::number).collect(Collectors.joining(", "));
            return kind + " [" + first + (array.size() > SHOWN_OF_A_TENSOR ? ", ...]" : "]");
        }
    }
}
