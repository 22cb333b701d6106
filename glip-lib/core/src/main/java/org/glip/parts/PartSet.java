package org.glip.parts;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.glip.model.weights.SafetensorsFile.RowSource;

/** The files of all parts of a run, open to be read one after the other. */
public final class PartSet implements Closeable {
    private final List<PartFile> files;

    private PartSet(List<PartFile> files) {
        this.files = files;
    }

    /**
     * Opens the files of all parts.
     *
     * @param whole the file that they become; theirs lie beside it ({@link Part#file})
     * @param parts how many there are
     * @param run what they must be parts of
     * @return the files, to be closed
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
        PartSet set = new PartSet(new ArrayList<>());
        try {
            for (Part part : Part.all(parts)) {
                PartFile file = PartFile.open(part.file(whole));
                set.files.add(file);
                requireSame(part.file(whole), part, run, file);
            }
            return set;
        } catch (IOException | RuntimeException e) {
            set.close();
            throw e;
        }
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

    /** {@return the files, by part} */
    public List<PartFile> files() {
        return List.copyOf(files);
    }

    /**
     * {@return the rows of a section in all parts}
     *
     * @param section its name
     * @throws IOException where a part lacks it
     */
    public long rows(String section) throws IOException {
        long rows = 0;
        for (PartFile file : files) {
            rows += file.rows(section);
        }
        return rows;
    }

    /**
     * Returns the rows of a section, part after part, some at a time.
     *
     * @param section its name
     * @return the rows
     */
    public RowSource read(String section) {
        Iterator<PartFile> rest = files.iterator();
        RowSource[] current = {() -> null};
        return () -> {
            float[] rows = current[0].next();
            while (rows == null && rest.hasNext()) {
                current[0] = rest.next().read(section);
                rows = current[0].next();
            }
            return rows;
        };
    }

    @Override
    public void close() throws IOException {
        for (PartFile file : files) {
            file.close();
        }
    }
}
