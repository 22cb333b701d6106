package org.glip.cli;

import org.glip.parts.Part;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A command whose work is divided among processes that know nothing of each other. */
final class PartOptions {
    /** Either of the two. */
    static final class Choice {
        @Option(
                names = "--part",
                paramLabel = "I/N",
                converter = PartText.class,
                description = "Do one of N parts, such as 3/8, and leave it beside --out; each in a process of its own,"
                        + " on any machine, in any order.")
        private @Nullable Part part;

        @Option(
                names = "--merge",
                paramLabel = "N",
                converter = PartCount.class,
                description = "Make --out of what N parts have left beside it: the same as in one process.")
        private @Nullable Integer merge;
    }

    /** Reads a part. */
    static final class PartText implements ITypeConverter<Part> {
        @Override
        public Part convert(String value) {
            try {
                return Part.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Reads a number of parts. */
    static final class PartCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return Part.all(Integer.parseInt(value)).size();
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is not a whole number");
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @ArgGroup
    private @Nullable Choice choice;

    /** Whether the work is divided. */
    boolean isGiven() {
        return choice != null;
    }

    /** The part to do; null for another kind of work. */
    @Nullable
    Part part() {
        return choice == null ? null : choice.part;
    }

    /** How many parts to put together; null for another kind of work. */
    @Nullable
    Integer merge() {
        return choice == null ? null : choice.merge;
    }
}
