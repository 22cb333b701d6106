package org.glip.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.glip.model.weights.SafetensorsFile.RowSource;
import org.jspecify.annotations.Nullable;

/** The files of all parts of a run, to be read one after the other; one is open at a time, since there may be many. */
public final class PartSet {
    private final List<Path> files;

    private PartSet(List<Path> files) {
        this.files = files;
    }

    /** Takes one file after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes a file.
         *
         * @param file open until this returns
         * @throws IOException where it cannot be read or is damaged
         */
        void visit(PartFile file) throws IOException;
    }

    /**
     * Finds the files of all parts, and opens each to see what it is.
     *
     * @param whole the file that they become; theirs lie beside it ({@link Part#file})
     * @param parts how many there are
     * @param run what they must be parts of
     * @return the files
     * @throws IOException if some are missing, which are named, or one is damaged
     * @throws IllegalArgumentException if one is of another run; it and what differs are named
     */
    public static PartSet open(Path whole, int parts, RunIdentity run) throws IOException {
        List<Part> missing = Part.all(parts).stream()
                .filter(part -> !Files.isRegularFile(part.file(whole)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException("of the " + parts + " parts of " + whole + ", " + missing.size()
                    + (missing.size() == 1 ? " is" : " are") + " not there: part "
                    + missing.stream().limit(10).map(Part::toString).collect(Collectors.joining(", "))
                    + (missing.size() > 10 ? ", ..." : "") + " ("
                    + missing.get(0).file(whole) + ")");
        }
        List<Path> files = new ArrayList<>();
        for (Part part : Part.all(parts)) {
            files.add(part.file(whole));
            try (PartFile file = PartFile.open(part.file(whole))) {
                requireSame(part.file(whole), part, run, file);
            }
        }
        return new PartSet(files);
    }

    private static void requireSame(Path name, Part part, RunIdentity run, PartFile file) {
        if (!file.part().equals(part)) {
            throw new IllegalArgumentException(name + " says that it is part " + file.part() + ", not " + part);
        }
        List<String> differences = run.differences("here", file.run(), "there");
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(name + " is a part of another run: " + String.join("; ", differences));
        }
    }

    /**
     * Tells whether a part is done already: its file is there, whole, and of the same run.
     *
     * @param whole the file that all parts become
     * @param part which part
     * @param run what it is a part of
     * @return whether it need not be done again
     */
    public static boolean isDone(Path whole, Part part, RunIdentity run) {
        if (!Files.isRegularFile(part.file(whole))) {
            return false;
        }
        try (PartFile file = PartFile.open(part.file(whole))) {
            file.verify();
            return file.part().equals(part)
                    && run.differences("here", file.run(), "there").isEmpty();
        } catch (IOException e) {
            return false; // it is done again, and the file replaced
        }
    }

    /**
     * Opens all files, by part.
     *
     * @param visitor takes each
     * @throws IOException where one cannot be read, or from the visitor
     */
    public void forEach(Visitor visitor) throws IOException {
        for (Path name : files) {
            try (PartFile file = PartFile.open(name)) {
                visitor.visit(file);
            }
        }
    }

    /**
     * {@return the rows of a section in all parts}
     *
     * @param section its name
     * @throws IOException where a part lacks it
     */
    public long rows(String section) throws IOException {
        long[] rows = {0};
        forEach(file -> rows[0] += file.rows(section));
        return rows[0];
    }

    /**
     * Returns the rows of a section, part after part, some at a time.
     *
     * @param section its name
     * @return the rows, to be taken to their end
     */
    public RowSource read(String section) {
        return new Rows(section, files.iterator());
    }

    /** The rows of one file after the other. */
    private static final class Rows implements RowSource {
        private final String section;
        private final Iterator<Path> rest;
        private @Nullable PartFile file;
        private RowSource current = () -> null;

        Rows(String section, Iterator<Path> rest) {
            this.section = section;
            this.rest = rest;
        }

        @Override
        public float @Nullable [] next() throws IOException {
            float[] rows = current.next();
            while (rows == null) {
                if (file != null) {
                    file.close();
                    file = null;
                }
                if (!rest.hasNext()) {
                    return null;
                }
                file = PartFile.open(rest.next());
                current = file.read(section);
                rows = current.next();
            }
            return rows;
        }
    }
}
