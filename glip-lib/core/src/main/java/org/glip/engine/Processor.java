package org.glip.engine;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor of this machine.
 *
 * @param name tells processors apart that compute at different speeds
 * @param bfloat16 whether it multiplies bfloat16 numbers in hardware
 */
record Processor(String name, boolean bfloat16) {
    private static final String CPU_INFO = "/proc/cpuinfo";

    /** The processor that this runs on. Where the system is not Linux, nothing is claimed of bfloat16. */
    static Processor ofThisMachine() {
        // Not by a channel, which closes where the thread is interrupted: the processor would be another one then.
        try (InputStream file = new FileInputStream(CPU_INFO)) {
            return parse(new String(file.readAllBytes(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Processor(architecture(), false);
        }
    }

    /** Reads the text of Linux's {@code /proc/cpuinfo}. */
    static Processor parse(String cpuInfo) {
        Map<String, String> fields = cpuInfo.lines()
                .map(line -> line.split(":", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(
                        field -> field[0].strip().toLowerCase(Locale.ROOT), field -> field[1].strip(), (a, b) -> a));
        // Clouds give processors of several generations one model name; family and model tell them apart.
        String name = Stream.of("model name", "cpu family", "model", "cpu implementer", "cpu part")
                .filter(fields::containsKey)
                .map(key -> key.equals("model name") ? fields.get(key) : key + " " + fields.get(key))
                .collect(Collectors.joining(", "));
        String flags = " " + fields.getOrDefault("flags", fields.getOrDefault("features", "")) + " ";
        boolean bfloat16 =
                Stream.of("avx512_bf16", "amx_bf16", "bf16").anyMatch(flag -> flags.contains(" " + flag + " "));
        return new Processor(name.isEmpty() ? architecture() : name, bfloat16);
    }

    private static String architecture() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
