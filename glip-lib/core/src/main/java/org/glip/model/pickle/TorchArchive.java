package org.glip.model.pickle;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip of a PyTorch file: {@code NAME/data.pkl}, and {@code NAME/data/KEY} for each storage. It is only ever read in
 * place.
 *
 * <p>What is read must be stored uncompressed, as PyTorch writes it, so that nothing grows beyond the file's length.
 */
final class TorchArchive implements Closeable {
    private static final String PICKLE = "/data.pkl";

    /** The pickles of the largest checkpoints, optimiser and all, stay well below a megabyte per thousand tensors. */
    private static final long MOST_PICKLE_BYTES = 64L << 20;

    /** A checkpoint has one for each storage. */
    private static final int MOST_ENTRIES = 200_000;

    private final ZipFile zip;
    private final String root;

    /** Entries whose checksum has been compared. */
    private final Set<String> sound = new HashSet<>();

    private TorchArchive(ZipFile zip, String root) {
        this.zip = zip;
        this.root = root;
    }

    /** Opens an archive and checks its list of entries. */
    static TorchArchive open(Path path) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw new IOException(
                    "its list of entries, which ends a file of torch.save, cannot be found or read: the download or the"
                            + " copy ended early, or something was added",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException("its list of entries is damaged", e);
        }
        try {
            if (zip.size() > MOST_ENTRIES) {
                throw new IOException("it has " + zip.size() + " entries; at most " + MOST_ENTRIES + " are read");
            }
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            requireHonest(entries, Files.size(path));
            TorchArchive archive = new TorchArchive(zip, root(entries));
            archive.requireLittleEndian();
            return archive;
        } catch (IllegalArgumentException e) {
            zip.close();
            throw new IOException("its list of entries is damaged", e);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static void requireHonest(List<? extends ZipEntry> entries, long fileBytes) throws IOException {
        Set<String> names = new HashSet<>();
        long total = 0;
        for (ZipEntry entry : entries) {
            String name = entry.getName();
            if (name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/", -1)).contains("..")) {
                throw new IOException("its entry '" + name + "' points outside the archive");
            }
            if (!names.add(name)) {
                throw new IOException("it has two entries '" + name + "'");
            }
            if (entry.getCompressedSize() < 0 || entry.getCompressedSize() > fileBytes - total) {
                throw new IOException("its entries, at '" + name + "', claim more bytes than the file has");
            }
            total += entry.getCompressedSize();
        }
    }

    private static String root(List<? extends ZipEntry> entries) throws IOException {
        List<String> pickles = entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        if (pickles.size() != 1) {
            throw new IOException("it must have one entry NAME" + PICKLE + ", not " + pickles.size()
                    + (pickles.isEmpty() ? "; this zip has " + some(entries) : ""));
        }
        return pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    }

    private static String some(List<? extends ZipEntry> entries) {
        String names = entries.stream().limit(3).map(ZipEntry::getName).collect(Collectors.joining(", "));
        return (names.length() <= 100 ? names : names.substring(0, 100) + "...") + (entries.size() > 3 ? ", ..." : "");
    }

    private void requireLittleEndian() throws IOException {
        ZipEntry order = zip.getEntry(root + "/byteorder"); // not in files from before PyTorch 2.1
        if (order != null) {
            String text = new String(read(order, 0, stored(order, 16)).array(), StandardCharsets.US_ASCII);
            if (!text.equals("little")) {
                throw new IOException("its byte order is '" + text + "', only little is read");
            }
        }
    }

    /** The pickle's bytes. */
    byte[] pickle() throws IOException {
        ZipEntry entry = zip.getEntry(root + PICKLE);
        return read(entry, 0, stored(entry, MOST_PICKLE_BYTES)).array();
    }

    /** Checks that a storage is there with as many bytes as the pickle says. */
    void require(TorchTensor.Storage storage) throws IOException {
        long wanted = storage.count() * storage.format().bytes();
        long found = stored(entry(storage), Long.MAX_VALUE);
        if (found != wanted) {
            throw new IOException(
                    "its storage '" + storage.key() + "' has " + found + " bytes, its tensors claim " + wanted);
        }
    }

    /** The numbers that a tensor views, from its first to its last. */
    ByteBuffer span(TorchTensor tensor) throws IOException {
        int bytes = tensor.storage().format().bytes();
        return read(entry(tensor.storage()), tensor.offset() * bytes, tensor.span() * bytes);
    }

    private ZipEntry entry(TorchTensor.Storage storage) throws IOException {
        ZipEntry entry = zip.getEntry(root + "/data/" + storage.key());
        if (entry == null) {
            throw new IOException("it lacks the storage '" + storage.key() + "'");
        }
        return entry;
    }

    /** The length of an uncompressed entry. */
    private static long stored(ZipEntry entry, long most) throws IOException {
        if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
            throw new IOException("its entry '" + entry.getName() + "' is compressed; PyTorch stores it as it is");
        }
        if (entry.getSize() > most) {
            throw new IOException("its entry '" + entry.getName() + "' has " + entry.getSize() + " bytes; at most "
                    + most + " are read");
        }
        return entry.getSize();
    }

    private ByteBuffer read(ZipEntry entry, long offset, long length) throws IOException {
        if (length > Integer.MAX_VALUE - 8) {
            throw new IOException(
                    "its entry '" + entry.getName() + "' has a tensor of " + length + " bytes; at most 2 GiB are read");
        }
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            in.skipNBytes(offset);
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            requireSound(entry, in);
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (EOFException e) {
            throw new IOException("its entry '" + entry.getName() + "' ends early", e);
        }
    }

    /**
     * Compares an entry with its checksum, once, which {@link ZipFile} does not. PyTorch can leave checksums out to be
     * quicker and writes 0 then.
     */
    private void requireSound(ZipEntry entry, CheckedInputStream in) throws IOException {
        if (entry.getCrc() <= 0 || sound.contains(entry.getName())) {
            return;
        }
        in.transferTo(OutputStream.nullOutputStream());
        if (in.getChecksum().getValue() != entry.getCrc()) {
            throw new IOException("its entry '" + entry.getName()
                    + "' is damaged, its checksum is another: PyTorch loads it, with other numbers");
        }
        sound.add(entry.getName());
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
