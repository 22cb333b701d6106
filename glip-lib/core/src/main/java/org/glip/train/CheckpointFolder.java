package org.glip.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glip.files.AtomicFile;
import org.glip.files.Folders;
import org.glip.model.ModelFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a stage, each a folder {@code step-00000123}. At every moment, whatever ends the process, the
 * newest one that was complete is found again:
 *
 * <ul>
 *   <li>A new one is written as {@code .step-00000123.part}, read back, and renamed. One that is complete but not yet
 *       renamed counts.
 *   <li>One that is there and sound is not written again. One that is there and damaged is moved aside, to
 *       {@code .step-00000123.old}, before its replacement is renamed, and deleted after that.
 *   <li>Older ones go when the new one is in its place.
 * </ul>
 *
 * <p>Only files of a checkpoint in folders with such names are ever deleted. Whatever else lies in the folder, or in
 * one of a checkpoint, is the user's, and links are.
 */
final class CheckpointFolder {
    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointFolder.class);
    private static final Pattern NAME = Pattern.compile("(\\.?)step-(\\d{8,18})(|\\.part|\\.old)");
    private static final String DAMAGED = "damaged-";

    private final Path parent;

    /** @param stage the stage's folder */
    CheckpointFolder(Path stage) {
        this.parent = stage.resolve(ModelFolder.CHECKPOINTS);
    }

    /** What fills the folder of a checkpoint. */
    @FunctionalInterface
    interface Body {
        void writeTo(Path folder) throws IOException;
    }

    /** A folder that is named as one of ours; its kind is empty where it is in its place, else {@code .part, .old}. */
    private record Named(Path folder, long step, String kind) {
        boolean isInPlace() {
            return kind.isEmpty();
        }

        boolean isComplete() {
            return Files.exists(folder.resolve(Checkpoint.STATE));
        }
    }

    /**
     * Adds a checkpoint, unless a sound one of its step is there.
     *
     * @param step steps done
     * @param body writes its files, the state last
     * @throws IOException where writing fails, or what is read back is damaged; earlier checkpoints are untouched then
     */
    void add(long step, Body body) throws IOException {
        Path target = place(step);
        if (Files.exists(target.resolve(Checkpoint.STATE)) && isSound(target)) {
            return;
        }
        Folders.create(parent);
        Path part = beside(step, ".part");
        deleteOwn(part);
        Folders.create(part);
        try {
            body.writeTo(part);
            Checkpoint.read(part);
        } catch (IOException | RuntimeException | Error e) {
            deleteOwn(part); // on a full disk, the room that it took
            throw e;
        }
        putInPlace(part, step);
    }

    private void putInPlace(Path part, long step) throws IOException {
        Path target = place(step);
        Path old = beside(step, ".old");
        boolean isTaken = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (isTaken) {
            deleteOwn(old);
            old = free(old); // what a user put into a former one is still there
            AtomicFile.move(target, old);
        }
        AtomicFile.move(part, target);
        if (isTaken) {
            deleteOwn(old);
        }
    }

    /**
     * Deletes the checkpoints before a step but for the newest of them, and what writes left that were broken off.
     *
     * @param step of the newest checkpoint, which must be in its place
     * @param keep how many stay, that one among them; at least 1
     * @throws IOException where the folder cannot be read, or a file not deleted
     */
    void prune(long step, int keep) throws IOException {
        List<Named> before = all().stream().filter(one -> one.step <= step).toList();
        for (Named left : before) {
            if (!left.isInPlace() && Files.exists(place(step).resolve(Checkpoint.STATE))) {
                deleteOwn(left.folder);
            }
        }
        before.stream()
                .filter(Named::isInPlace)
                .filter(one -> !Files.isSymbolicLink(one.folder))
                .sorted(Comparator.comparingLong(Named::step).reversed())
                .skip(keep)
                .map(Named::folder)
                .forEach(CheckpointFolder::tryDeleteOwn);
    }

    /**
     * Finds the newest sound checkpoint, and puts it into its place if it was not there. A damaged one in its place is
     * told loudly, and moved out of the way.
     *
     * @throws IOException where some are there but all damaged; the first is told
     */
    Optional<Checkpoint> newest() throws IOException {
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        Map<Named, IOException> damaged = new LinkedHashMap<>();
        for (Named one : newestFirst()) {
            if (!one.isInPlace() && !one.isComplete()) {
                continue; // a write that was broken off
            }
            try {
                Checkpoint found = read(one);
                damaged.forEach(this::moveOutOfTheWay);
                return Optional.of(one.isInPlace() ? found : adopt(one));
            } catch (IOException e) {
                if (one.isInPlace()) {
                    damaged.put(one, e);
                }
            }
        }
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        IOException first = damaged.values().iterator().next();
        throw new IOException(
                told(first) + ". No sound checkpoint is left in " + parent
                        + ": start again in another folder, or remove it",
                first);
    }

    private static String told(IOException failure) {
        return failure instanceof NoSuchFileException missing
                ? missing.getFile() + " is missing"
                : failure.getMessage();
    }

    private static Checkpoint read(Named one) throws IOException {
        Checkpoint found = Checkpoint.read(one.folder);
        if (found.step() != one.step) {
            throw new IOException(one.folder + " is the checkpoint of step " + found.step() + ", not of the step that"
                    + " its name tells");
        }
        return found;
    }

    private Checkpoint adopt(Named one) throws IOException {
        LOGGER.info("{} is complete: it was only not in its place yet", one.folder);
        putInPlace(one.folder, one.step);
        return Checkpoint.read(place(one.step));
    }

    /** So that it does not count as one of those that are kept. */
    private void moveOutOfTheWay(Named one, IOException reason) {
        Path aside = free(parent.resolve(DAMAGED + one.folder.getFileName()));
        try {
            AtomicFile.move(one.folder, aside);
            LOGGER.warn("{}; going on from an older checkpoint, {} is now {}", told(reason), one.folder, aside);
        } catch (IOException e) {
            LOGGER.warn("{}; going on from an older checkpoint", told(reason));
        }
    }

    /** By step, and of one step the one in its place first. */
    private List<Named> newestFirst() throws IOException {
        return all().stream()
                .sorted(Comparator.comparingLong(Named::step).reversed().thenComparing(one -> rank(one.kind)))
                .toList();
    }

    private static int rank(String kind) {
        return List.of("", ".part", ".old").indexOf(kind);
    }

    private List<Named> all() throws IOException {
        List<Named> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(parent)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                Matcher name = NAME.matcher(entry.getFileName().toString());
                if (name.matches() && name.group(1).isEmpty() == name.group(3).isEmpty()) {
                    found.add(new Named(entry, Long.parseLong(name.group(2)), name.group(3)));
                }
            }
        }
        return found;
    }

    private Path place(long step) {
        return parent.resolve(name(step));
    }

    private Path beside(long step, String kind) {
        return parent.resolve("." + name(step) + kind);
    }

    private static String name(long step) {
        return String.format(Locale.ROOT, "step-%08d", step);
    }

    /** The name itself, or with a number if something has it. */
    private static Path free(Path wanted) {
        Path name = wanted;
        for (int i = 2; Files.exists(name, LinkOption.NOFOLLOW_LINKS); i++) {
            name = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return name;
    }

    private static boolean isSound(Path folder) {
        try {
            Checkpoint.read(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void tryDeleteOwn(Path folder) {
        try {
            deleteOwn(folder);
        } catch (IOException e) {
            LOGGER.warn("an old checkpoint cannot be deleted: {}", told(e)); // no reason to end a training
        }
    }

    /**
     * Deletes the files of a checkpoint in a folder, the state first, so that what is half deleted is none; and the
     * folder if nothing is left in it.
     */
    private static void deleteOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> left = new ArrayList<>();
        boolean hadOwn = false;
        for (String name : Checkpoint.FILES) {
            hadOwn |= deleteFile(folder.resolve(name));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            left.addAll(entries.toList());
        }
        for (Path entry : List.copyOf(left)) {
            if (Checkpoint.FILES.stream().anyMatch(name -> AtomicFile.isTemporary(entry, name)) && deleteFile(entry)) {
                left.remove(entry);
            }
        }
        if (left.isEmpty() && (hadOwn || folder.getFileName().toString().startsWith("."))) {
            Files.delete(folder);
        }
    }

    private static boolean deleteFile(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(file);
    }
}
