package org.glip.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command in several processes on this machine, started as a launcher does. */
final class RankedRun implements AutoCloseable {
    private static final int MOST_SECONDS = 240;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** @param folder where the processes' output goes, of this run alone */
    RankedRun(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts as many ranks as there are commands, of one group, the first being rank 0. */
    RankedRun start(List<List<String>> commands) throws IOException {
        int port = freePort();
        for (int rank = 0; rank < commands.size(); rank++) {
            start(rank, commands.size(), port, commands.get(rank));
        }
        return this;
    }

    /** Starts one rank. */
    void start(int rank, int size, int port, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                Glip.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out." + rank).toFile())
                .redirectError(folder.resolve("err." + rank).toFile());
        builder.environment()
                .putAll(Map.of(
                        "RANK", Integer.toString(rank),
                        "WORLD_SIZE", Integer.toString(size),
                        "MASTER_ADDR", "127.0.0.1",
                        "MASTER_PORT", Integer.toString(port),
                        "OMP_NUM_THREADS", "1"));
        processes.add(builder.start());
    }

    Process process(int rank) {
        return processes.get(rank);
    }

    /** Waits until a rank ends, and returns its exit code. */
    int code(int rank) throws InterruptedException {
        if (!processes.get(rank).waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("rank " + rank + " does not end: " + err(rank));
        }
        return processes.get(rank).exitValue();
    }

    /** Waits until all ranks end, and returns their exit codes. */
    List<Integer> codes() throws InterruptedException {
        List<Integer> codes = new ArrayList<>();
        for (int rank = 0; rank < processes.size(); rank++) {
            codes.add(code(rank));
        }
        return codes;
    }

    /** Waits until a file has some lines. */
    void awaitLines(Path file, int lines) throws IOException, InterruptedException {
        while (!Files.exists(file) || Files.readAllLines(file).size() < lines) {
            for (int rank = 0; rank < processes.size(); rank++) {
                if (!processes.get(rank).isAlive()) {
                    throw new AssertionError("rank " + rank + " has ended: " + err(rank));
                }
            }
            Thread.sleep(20);
        }
    }

    String out(int rank) {
        return text("out." + rank);
    }

    String err(int rank) {
        return text("err." + rank);
    }

    /** What all ranks said, for the message of a test that fails. */
    String allErr() {
        StringBuilder all = new StringBuilder();
        for (int rank = 0; rank < processes.size(); rank++) {
            all.append("rank ").append(rank).append(": ").append(err(rank)).append('\n');
        }
        return all.toString();
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
