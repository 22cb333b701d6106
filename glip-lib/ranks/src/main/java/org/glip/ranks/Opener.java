package org.glip.ranks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.glip.engine.Torch;
import org.jspecify.annotations.Nullable;

/**
 * The native library that opens a process group in the engine; the only thing that the engine has no operator for. It
 * fits one version of the engine and one kind of machine; {@code src/main/native} has its source and what builds it.
 *
 * @param name {@code gloo} for CPUs, {@code nccl} for GPUs
 * @param library the library, or null where it is missing
 * @param digest its SHA-256
 * @param engine the engine's version that it fits
 */
record Opener(String name, byte @Nullable [] library, String digest, String engine) {
    private static final String DIGESTS = "openers.properties";

    /**
     * Finds an opener among the resources of this module.
     *
     * @throws IOException where they are damaged
     */
    static Opener find(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream digests = Opener.class.getResourceAsStream(DIGESTS);
                InputStream library = Opener.class.getResourceAsStream("libglip_ranks_" + name + ".so")) {
            if (digests != null) {
                properties.load(digests);
            }
            return new Opener(
                    name,
                    library == null ? null : library.readAllBytes(),
                    properties.getProperty(name, ""),
                    properties.getProperty("engine", ""));
        }
    }

    /**
     * Loads the library, after the engine.
     *
     * @throws IOException where it is missing, foreign, or does not fit this machine or its engine; the message says
     *     what would
     */
    void load() throws IOException {
        requireFit(System.getProperty("os.name"), System.getProperty("os.arch"), Torch.version());
        Path file = Files.createTempFile("glip-ranks", ".so"); // readable by this user alone
        try {
            Files.write(file, requireOwn());
            System.load(file.toString());
        } catch (UnsatisfiedLinkError e) {
            throw new IOException(
                    "the opener of process groups cannot be loaded from " + file.getParent() + " (" + e.getMessage()
                            + "); if programs may not be started from there, name another folder with"
                            + " GLIP_JAVA_OPTS=-Djava.io.tmpdir=...",
                    e);
        } finally {
            Files.delete(file); // what is loaded stays
        }
    }

    /** Requires a kind of machine and a version of the engine. */
    void requireFit(String system, String processor, String found) throws IOException {
        boolean isLinux = system.toLowerCase(Locale.ROOT).startsWith("linux");
        if (!isLinux || !(processor.equals("amd64") || processor.equals("x86_64"))) {
            throw new IOException("several processes train on Linux on x86-64 only, not on " + system + " on "
                    + processor + ": docs/ranks.md says how an opener is built for it");
        }
        if (!found.equals("PyTorch " + engine)) {
            throw new IOException("the opener of process groups fits the engine PyTorch " + engine + ", but this is "
                    + found + ": docs/ranks.md says how one is built for it");
        }
    }

    /** The library, if it is the one that was built here. */
    byte[] requireOwn() throws IOException {
        if (library == null) {
            throw new IOException(
                    "the opener of process groups for " + name + " is missing from glip-ranks: the jar was"
                            + " built incompletely, docs/ranks.md says how it is built");
        }
        String found = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(library);
        if (!found.equals(digest)) {
            throw new IOException("the opener of process groups for " + name + " in glip-ranks is a foreign one: its"
                    + " SHA-256 is " + found + ", not " + digest);
        }
        return library;
    }
}
