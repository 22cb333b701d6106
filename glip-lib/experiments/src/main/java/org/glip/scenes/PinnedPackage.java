package org.glip.scenes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/**
 * A package that Scenes is made from, as {@code data-scripts/scenes.sha256} pins it.
 *
 * @param name as the package client knows it, such as {@code @iconify-json/noto}
 * @param version the pinned version
 * @param file the archive's file name
 * @param sha256 of the archive, in lower-case hexadecimal
 */
record PinnedPackage(String name, String version, String file, String sha256) {
    private static final String LIST = "scenes.sha256";

    /** All pinned packages, in the order of the list. */
    static List<PinnedPackage> all() throws IOException {
        List<PinnedPackage> packages = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(ScenesResources.open(LIST), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    packages.add(parse(line));
                }
            }
        }
        return packages;
    }

    /** Those that a version of Scenes is made from, in the order of the list. */
    static List<PinnedPackage> of(ScenesVersion version) throws IOException {
        Set<String> needed = ForegroundSource.packages(version);
        return all().stream().filter(pinned -> needed.contains(pinned.name)).toList();
    }

    private static PinnedPackage parse(String line) throws IOException {
        String[] columns = line.split(" +");
        int at = columns.length == 3 ? columns[2].lastIndexOf('@') : -1;
        if (at <= 0) {
            throw new IOException(LIST + ": expected \"SHA-256 FILE PACKAGE@VERSION\", found \"" + line + "\"");
        }
        return new PinnedPackage(columns[2].substring(0, at), columns[2].substring(at + 1), columns[1], columns[0]);
    }

    /**
     * The archive in a folder, checked.
     *
     * @throws IOException if it is missing or does not match its sum; the message says how to get it
     */
    Path verifiedIn(Path downloads) throws IOException {
        Path archive = downloads.resolve(file);
        String remedy = ": run data-scripts/fetch-scenes.sh " + downloads.resolveSibling("");
        if (!Files.isRegularFile(archive)) {
            throw new IOException("package " + name + " " + version + " is missing at " + archive + remedy);
        }
        String actual = new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(archive);
        if (!actual.equals(sha256)) {
            throw new IOException(archive + " is damaged or another version: its SHA-256 is " + actual + ", not "
                    + sha256 + remedy + " to fetch it again");
        }
        return archive;
    }
}
