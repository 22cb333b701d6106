package org.glip.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * Follows the links of a shard to the members that they stand for, as Python's tarfile does: a hard link to the last
 * member of that name before it, a symbolic one, relative to its folder, to the last of that name anywhere. Nothing
 * outside the shard is ever read.
 *
 * <p>The first link costs a walk over all headers. Targets are read by a second walk, which begins anew only where a
 * target lies before the last one.
 */
final class ShardLinks implements Closeable {
    private static final int MOST_STEPS = 16; // from link to link; more is a circle

    private final Path shard;
    private @Nullable Map<String, List<Member>> byName;
    private @Nullable ShardTar cursor;
    private long lastRead;
    private byte[] lastBytes = new byte[0];

    /**
     * A member that a link can lead to.
     *
     * @param number its place in the shard, as {@link ShardTar#members} counts
     * @param size bytes
     * @param link itself, where it is a link once more, else null
     */
    record Member(long number, long size, @Nullable TarArchiveEntry link) {}

    ShardLinks(Path shard) {
        this.shard = shard;
    }

    /**
     * Finds what a link stands for.
     *
     * @param link a hard or symbolic link
     * @param number its place in the shard
     * @return the file, or null where none in the shard has that name
     */
    @Nullable
    Member find(TarArchiveEntry link, long number) throws IOException {
        if (byName == null) {
            byName = index();
        }
        Member at = new Member(number, 0, link);
        for (int steps = 0; steps < MOST_STEPS && at != null && at.link != null; steps++) {
            at = target(at, byName);
        }
        return at == null || at.link != null ? null : at;
    }

    private static @Nullable Member target(Member from, Map<String, List<Member>> byName) {
        TarArchiveEntry link = from.link;
        boolean symbolic = link.isSymbolicLink();
        String name = link.getLinkName();
        if (symbolic && name.startsWith("/")) {
            return null;
        }
        String folder = symbolic ? link.getName().substring(0, link.getName().lastIndexOf('/') + 1) : "";
        Member found = null;
        for (Member member : byName.getOrDefault(normal(folder + name), List.of())) {
            if (symbolic || member.number < from.number) {
                found = member;
            }
        }
        return found;
    }

    /** The members by name; of a damaged shard those before the damage. */
    private Map<String, List<Member>> index() throws IOException {
        Map<String, List<Member>> names = new HashMap<>();
        try (ShardTar tar = new ShardTar(shard)) {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (!entry.isSparse()) {
                    names.computeIfAbsent(normal(entry.getName()), name -> new ArrayList<>(1))
                            .add(new Member(tar.members(), entry.getSize(), ShardTar.isLink(entry) ? entry : null));
                }
            }
        } catch (DamagedShardException e) {
            return names; // told by the reader when it comes there
        }
        return names;
    }

    /** A path without {@code .} and {@code ..}; one that leads out of the shard keeps its {@code ..} in front. */
    private static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            boolean up = part.equals("..");
            if (up && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /**
     * Reads a file that {@link #find} has found.
     *
     * @throws DamagedShardException if the shard is damaged before or in it
     */
    byte[] read(Member target) throws IOException {
        if (target.number == lastRead) {
            return lastBytes; // many links to one picture are common
        }
        if (cursor == null || cursor.members() >= target.number) {
            close();
            cursor = new ShardTar(shard);
        }
        TarArchiveEntry entry = null;
        while (cursor.members() < target.number) {
            entry = cursor.next();
            if (entry == null) {
                throw new DamagedShardException("it changes while it is read", null);
            }
        }
        lastBytes = cursor.read(entry);
        lastRead = target.number;
        return lastBytes;
    }

    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }
}
