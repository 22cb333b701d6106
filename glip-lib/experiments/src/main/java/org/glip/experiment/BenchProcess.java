package org.glip.experiment;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.StreamSupport;
import org.apache.commons.statistics.descriptive.Median;
import org.glip.engine.Precision;
import org.glip.files.Json;
import org.glip.mask.Mask;

/** Times steps in a process of its own ({@link TimedSteps}), by this process's Java, class path and environment. */
final class BenchProcess {
    private BenchProcess() {}

    /**
     * Times steps.
     *
     * @return what the process prints
     * @throws IOException if it fails; the message holds what it said
     * @throws CancellationException if this thread is interrupted; the process is ended and the flag stays set
     */
    static JsonObject run(String model, Precision precision, Mask mask, int batch, int steps) throws IOException {
        List<String> arguments = TimedSteps.arguments(model, precision, mask, batch, steps);
        Path said = Files.createTempFile("glip-bench", ".txt");
        try {
            String output = output(command(arguments), said);
            return Json.parse(output, "what the process that times steps printed, " + String.join(" ", arguments) + ",")
                    .raw();
        } finally {
            Files.delete(said);
        }
    }

    private static ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxRAMPercentage=50",
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                TimedSteps.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    private static String output(ProcessBuilder builder, Path said) throws IOException {
        Process process = builder.redirectError(said.toFile()).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("the process that times steps ended with code " + code + ": "
                        + Files.readString(said).strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the measurement was interrupted");
        } finally {
            process.destroy();
        }
    }

    /** The median of a field that holds a number for each step. */
    static double median(JsonObject measured, String field) {
        return Median.withDefaults()
                .evaluate(StreamSupport.stream(measured.getAsJsonArray(field).spliterator(), false)
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray());
    }
}
