package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.spencerpark.ijava.IJava;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel that {@code ijava.py} makes. IJava is in no registry; a jar of the same old libraries (Gson 2.8.5,
 * commons-lang3 3.8.1), with a main class that needs newer ones, stands for it.
 */
class IJavaKernelTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir"));
    private static final String MAKE = """
            import sys
            from pathlib import Path
            import ijava
            try:
                jar = ijava.jar_of(Path(sys.argv[1]))
                ijava.make(Path(sys.argv[2]), jar, Path(sys.argv[3]), sys.argv[4])
            except ijava.WrongFile as error:
                print(error)
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void ourLibraries() throws IOException, InterruptedException {
        assumeTrue(hasPython(), "kernels are set up by python3");
        Path lib = Files.createDirectories(folder.resolve("kernel-setup/target/lib"));
        for (Class<?> type : List.of(JsonParser.class, StringUtils.class)) {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().getPath());
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }
    }

    @Test
    void theLibrariesBeforeItsJarAreThoseThatWeNeed() throws IOException, InterruptedException {
        assertEquals("", make(release("java/ijava-1.3.0.jar", ijava())));
        List<String> command = command();
        assertEquals("connected[1] filled\n", run(command));

        // The other way round, as IJava's own recipe has it, the old ones win.
        int place = command.indexOf("-cp") + 1;
        List<String> entries = new ArrayList<>(List.of(command.get(place).split(File.pathSeparator)));
        Collections.reverse(entries);
        command.set(place, String.join(File.pathSeparator, entries));
        String failure = run(command);
        assertTrue(failure.contains("NoSuchMethodError") && failure.contains("parseString"), failure);
    }

    @Test
    void theJarItselfMakesTheSameKernelAsTheRelease() throws IOException, InterruptedException {
        Path jar = Files.write(folder.resolve("downloaded.jar"), ijava());
        assertEquals("", make(jar));
        assertEquals("connected[1] filled\n", run(command()));
        assertEquals(-1, Files.mismatch(jar, folder.resolve("kernel/ijava.jar")));
    }

    @Test
    void itsSpecificationTellsWhereTheImportsAreAndNoLoggerSpeaksUnasked() throws IOException, InterruptedException {
        make(release("ijava-1.3.0.jar", ijava()));
        JsonObject environment = specification().getAsJsonObject("env");
        String scripts = environment.get("IJAVA_STARTUP_SCRIPTS_PATH").getAsString();
        assertTrue(scripts.matches(".*/imports.jshell" + File.pathSeparator + ".*/ijava.jshell"), scripts);
        assertTrue(environment.has("MALLOC_TOP_PAD_") && environment.has("GOMP_SPINCOUNT"), environment.toString());
        List<String> command = command();
        // What comes through standard error is red: only warnings do.
        assertTrue(command.stream().noneMatch(option -> option.endsWith("=info")), command.toString());
        assertTrue(command.contains("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    }

    @Test
    void aWrongFileIsToldInASentenceAndLeavesNothing() throws IOException, InterruptedException {
        Path text = Files.writeString(folder.resolve("page.zip"), "<html>Not found</html>");
        refused("page.zip cannot be read as a zip or jar: File is not a zip file. Expected is IJava's release", text);
        refused("holds no files named like ijava-1.3.0.jar", release("java/other.jar", ijava()));
        refused("does not hold the class io.github.spencerpark.ijava.IJava", release("ijava-1.jar", new byte[] {80, 75
        }));
        refused("is JJava, IJava's successor", release("org/dflib/jjava/X.class", new byte[1]));
        refused("is larger than 64 MB", release("ijava-1.3.0.jar", new byte[(64 << 20) + 1]));
        refused("No such file", folder.resolve("nothing.zip"));
    }

    private void refused(String words, Path file) throws IOException, InterruptedException {
        String said = make(file);
        assertTrue(said.contains(words), said);
        assertEquals(1, said.lines().count(), said);
        assertFalse(Files.exists(folder.resolve("kernel")));
    }

    private String make(Path file) throws IOException, InterruptedException {
        return run(List.of(
                "python3",
                "-c",
                MAKE,
                file.toString(),
                folder.resolve("kernel").toString(),
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin/java").toString()));
    }

    private JsonObject specification() throws IOException {
        String json = Files.readString(folder.resolve("kernel/kernel.json"));
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        for (JsonElement word : specification().getAsJsonArray("argv")) {
            command.add(word.getAsString().replace("{connection_file}", "connected"));
        }
        return command;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", MODULE.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A zip with one file. */
    private Path release(String name, byte[] content) throws IOException {
        Path file = folder.resolve("ijava-release.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return file;
    }

    /** A jar with all that its main class needs, in versions that are too old for it. */
    private static byte[] ijava() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String main = IJava.class.getName().replace('.', '/') + ".class";
        try (ZipOutputStream jar = new ZipOutputStream(bytes);
                InputStream mainClass = IJava.class.getResourceAsStream("IJava.class")) {
            jar.putNextEntry(new ZipEntry(main));
            mainClass.transferTo(jar);
            for (String library : List.of("gson-2.8.5.jar", "commons-lang3-3.8.1.jar")) {
                try (ZipFile old = new ZipFile(
                        MODULE.resolve("target/ijava").resolve(library).toFile())) {
                    for (ZipEntry entry : Collections.list(old.entries())) {
                        if (entry.getName().endsWith(".class")
                                && !entry.getName().startsWith("META-INF")) {
                            jar.putNextEntry(new ZipEntry(entry.getName()));
                            old.getInputStream(entry).transferTo(jar);
                        }
                    }
                }
            }
        }
        return bytes.toByteArray();
    }
}
