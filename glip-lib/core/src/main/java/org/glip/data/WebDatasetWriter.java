package org.glip.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes one webdataset shard: a POSIX tar file with the members {@code KEY.jpg} (or png, webp, gif, as the picture's
 * bytes say), {@code KEY.txt} and, where there is metadata, {@code KEY.json}.
 *
 * <p>The shard appears under its name only by {@link #commit}; before that it grows under a temporary name, which
 * {@link #close} removes:
 *
 * <pre>{@code
 * try (WebDatasetWriter writer = new WebDatasetWriter(shard)) {
 *     for (ImageTextSample sample : samples) {
 *         writer.write(sample);
 *     }
 *     writer.commit();
 * }
 * }</pre>
 *
 * <p>Times, owners and modes of the members are fixed, so that the same samples give the same bytes.
 */
public final class WebDatasetWriter implements Closeable {
    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private static final int MODE = 0100644;

    private final Path shard;
    private final Path temporary;
    private final FileChannel channel;
    private final TarArchiveOutputStream tar;
    private final Set<String> keys = new HashSet<>();

    /**
     * Begins a shard.
     *
     * @param shard where it will be; its folder must exist, and a file of this name is replaced by {@link #commit}
     * @throws IOException if the folder does not exist or cannot be written
     */
    public WebDatasetWriter(Path shard) throws IOException {
        this.shard = shard.toAbsolutePath();
        // The process id keeps two programs that prepare the same data from writing into one file.
        this.temporary = this.shard.resolveSibling(
                "." + shard.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        this.channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.tar = new TarArchiveOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Appends a sample.
     *
     * @param sample the sample
     * @throws IllegalArgumentException if the key is empty, used before, or would not be read back as it is (a dot
     *     after the last slash, a slash at the beginning, {@code ..}); if the picture is not JPEG, PNG, WebP or GIF; if
     *     the caption is empty
     * @throws IOException if the disk refuses
     */
    public void write(ImageTextSample sample) throws IOException {
        String key = sample.key();
        checkKey(key);
        if (sample.caption().isBlank()) {
            throw new IllegalArgumentException("sample " + key + " has an empty caption");
        }
        String imageKind = imageKind(sample);
        if (!keys.add(key)) {
            throw new IllegalArgumentException("sample key " + key + " is already in shard " + shard);
        }
        member(key + "." + imageKind, sample.image());
        member(key + ".txt", sample.caption().getBytes(StandardCharsets.UTF_8));
        if (!sample.metadata().isEmpty()) {
            member(key + ".json", JSON.toJson(sample.metadata()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void checkKey(String key) {
        MemberName name = MemberName.parse(key + ".txt");
        boolean plain = name != null && name.key().equals(key) && name.kind().equals("txt");
        if (!plain || key.startsWith("/") || key.endsWith("/") || key.contains("..") || key.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + key + "\" cannot be a sample's key: it must be a relative name without dots");
        }
    }

    private static String imageKind(ImageTextSample sample) {
        byte[] image = sample.image();
        String start = new String(image, 0, Math.min(image.length, 12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "jpg";
        } else if (start.startsWith("\u0089PNG")) {
            return "png";
        } else if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return "webp";
        } else if (start.startsWith("GIF8")) {
            return "gif";
        }
        throw new IllegalArgumentException("the picture of sample " + sample.key() + " is not JPEG, PNG, WebP or GIF");
    }

    private void member(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(MODE);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /**
     * Completes the shard, waits until it is on the disk and gives it its name.
     *
     * @throws IOException if the disk refuses; then no shard of this name has appeared or changed
     */
    public void commit() throws IOException {
        tar.finish();
        tar.flush();
        channel.force(true);
        tar.close();
        Files.move(temporary, shard, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends writing. What was not committed is removed. */
    @Override
    public void close() throws IOException {
        // the channel, not the tar stream: that would complain about a member left unfinished by an earlier error
        channel.close();
        Files.deleteIfExists(temporary);
    }
}
