package org.glip.tensorboard;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glip.files.FileKeys;
import org.glip.files.Folders;
import org.jspecify.annotations.Nullable;

/**
 * An event file of a training: scalars that TensorBoard draws over the steps. Every session of a training writes a file
 * of its own into the same folder; TensorBoard reads them by name, and lets the steps of a session that goes on from a
 * checkpoint stand in place of those that an earlier one had done beyond it.
 *
 * <p>A record is written in one piece and not kept back. What a crash leaves of the last one, TensorBoard passes over.
 * Used by one thread.
 */
public final class EventFile implements AutoCloseable {
    /** Files are read in the order of their names, so times have as many digits. */
    private static final String NAME = "events.out.tfevents.%010d.glip";

    /** TensorBoard looks for the word in the middle; other programs put what they want behind it. */
    private static final Pattern NAMES = Pattern.compile(".*tfevents(?:\\.(\\d{10,18}))?.*");

    private final Path file;
    private final FileOutputStream stream;
    private final @Nullable Object key;
    private final Clock clock;

    private EventFile(Path file, Clock clock) throws IOException {
        this.file = file;
        // a plain stream: a channel closes itself when the thread is interrupted to stop the training
        this.stream = new FileOutputStream(file.toFile(), true);
        this.key = FileKeys.of(file);
        this.clock = clock;
    }

    /**
     * Begins a file, which comes after all others in the folder.
     *
     * @param folder made where it is missing
     * @param firstStep the first step that will be told of; what other files say of it and later ones counts no more
     * @return the file, to be closed
     * @throws IOException if it cannot be written; it is named
     */
    public static EventFile open(Path folder, long firstStep) throws IOException {
        return open(folder, firstStep, Clock.systemUTC());
    }

    static EventFile open(Path folder, long firstStep, Clock clock) throws IOException {
        Folders.create(folder);
        EventFile events = new EventFile(create(folder, clock), clock);
        try {
            byte[] version = EventRecord.version(events.wallTime());
            byte[] start = EventRecord.sessionStart(events.wallTime(), firstStep);
            byte[] both = new byte[version.length + start.length];
            System.arraycopy(version, 0, both, 0, version.length);
            System.arraycopy(start, 0, both, version.length, start.length);
            events.write(both);
        } catch (IOException e) {
            events.close();
            throw e;
        }
        return events;
    }

    /** A clock that was put back, or a session that ended within the second, must not bring a name before another. */
    private static Path create(Path folder, Clock clock) throws IOException {
        long seconds = Math.max(clock.millis() / 1000, latest(folder) + 1);
        while (true) {
            try {
                return Files.createFile(folder.resolve(String.format(NAME, seconds)));
            } catch (FileAlreadyExistsException e) {
                seconds++; // another process was quicker
            }
        }
    }

    private static long latest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(EventFile::matcher)
                    .filter(name -> name.matches() && name.group(1) != null)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(-1);
        }
    }

    private static Matcher matcher(Path file) {
        return NAMES.matcher(file.getFileName().toString());
    }

    /**
     * Finds an event file, whoever wrote it.
     *
     * @param folder may be missing
     * @return one of those that TensorBoard would show as this folder's; nothing if there is none
     * @throws IOException if the folder cannot be read
     */
    public static Optional<Path> any(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> matcher(file).matches()).sorted().findFirst();
        }
    }

    /**
     * Writes scalars of a step.
     *
     * @param step not before those of earlier calls
     * @param scalars by name, such as {@code train/loss}; written as float32
     * @throws IOException if it cannot be written; the file is named
     */
    public void add(long step, Map<String, Double> scalars) throws IOException {
        write(EventRecord.scalars(wallTime(), step, scalars));
    }

    /** {@return whether the file is still the one under its name, and was not removed or replaced} */
    public boolean isInPlace() {
        return FileKeys.isSame(key, file);
    }

    private double wallTime() {
        return clock.millis() / 1e3;
    }

    private void write(byte[] records) throws IOException {
        try {
            stream.write(records);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Has what was written so far brought to the disk.
     *
     * @throws IOException if that fails
     */
    public void sync() throws IOException {
        stream.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
