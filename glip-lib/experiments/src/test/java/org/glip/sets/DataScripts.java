package org.glip.sets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The scripts of the sets, copied away from the checkout, with tiny archives in the place of the real ones. */
final class DataScripts {
    private final Path folder;
    private final List<String> table = new ArrayList<>();

    /** How a run ended and what it said. */
    record Run(int code, String out, String err) {}

    DataScripts(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(downloads());
        Files.createDirectories(folder.resolve("scripts/sets"));
        for (String part : List.of("", "sets")) {
            try (Stream<Path> files = Files.list(Path.of("../../data-scripts").resolve(part))) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(sh|py)"))
                        .toList()) {
                    Files.copy(
                            file,
                            folder.resolve("scripts").resolve(part).resolve(file.getFileName()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    Path downloads() {
        return folder.resolve("downloads");
    }

    Path sets() {
        return folder.resolve("sets");
    }

    /** Puts an archive into the table that the scripts compare with; its source is "the page of NAME". */
    void publish(String name, int pictures) throws IOException {
        byte[] bytes = Files.readAllBytes(downloads().resolve(name));
        publish(name, bytes.length + "\tsha256:" + DigestUtils.sha256Hex(bytes) + "\t" + pictures);
    }

    void publish(String name, String facts) throws IOException {
        table.add(name + "\t" + facts + "\tthe page of " + name + "\n");
        Files.writeString(folder.resolve("scripts/sets/archives.tsv"), "# a table\n" + String.join("", table));
    }

    /** Takes the table of the checkout, of the real archives. */
    List<String> useRealTable() throws IOException {
        Path real = Path.of("../../data-scripts/sets/archives.tsv");
        Files.copy(real, folder.resolve("scripts/sets/archives.tsv"), StandardCopyOption.REPLACE_EXISTING);
        return Files.readAllLines(real);
    }

    Run run(String script, String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), script, arguments);
    }

    Run run(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(hasPython(), "the scripts need python3");
        List<String> command = new ArrayList<>(
                List.of("bash", folder.resolve("scripts").resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(folder.resolve("err")));
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes an archive into the downloads: tar, tar.gz or zip by its name. */
    void archive(String name, Map<String, byte[]> members) throws IOException {
        try (OutputStream file = Files.newOutputStream(downloads().resolve(name))) {
            file.write(name.endsWith(".zip") ? zip(members) : tar(members, name.endsWith(".gz")));
        }
    }

    static byte[] tar(Map<String, byte[]> members, boolean isPacked) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = isPacked ? new GZIPOutputStream(bytes) : bytes;
                TarArchiveOutputStream tar = new TarArchiveOutputStream(packed)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey(), true);
                entry.setSize(member.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(member.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** A picture of one colour, as the bytes of its file. */
    byte[] picture(int number) throws IOException {
        return Files.readAllBytes(SetFixtures.picture(folder.resolve("picture.png"), number));
    }

    static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
