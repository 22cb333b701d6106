package org.glip.benchmark;

import com.google.gson.JsonObject;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.commons.statistics.descriptive.Median;

/** Reads both clocks around a piece of work that is repeated; {@code stopwatch.py} is the same for the peers. */
public final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final JsonObject result = new JsonObject();

    /**
     * Runs a piece of work and adds two numbers to the result: {@code NAME_ms} and {@code NAME_cpu_ms}, the median time
     * of a round by the clock and of the whole process's processors.
     *
     * @param name of the work
     * @param warmup rounds before those that count
     * @param rounds that count, at least 1
     * @param work what is measured
     */
    public void time(String name, int warmup, int rounds, Runnable work) {
        double[] wall = new double[rounds];
        double[] cpu = new double[rounds];
        for (int i = -warmup; i < rounds; i++) {
            long wallStart = System.nanoTime();
            long cpuStart = SYSTEM.getProcessCpuTime();
            work.run();
            if (i >= 0) {
                wall[i] = (System.nanoTime() - wallStart) / 1e6;
                cpu[i] = (SYSTEM.getProcessCpuTime() - cpuStart) / 1e6;
            }
        }
        result.addProperty(name + "_ms", Median.withDefaults().evaluate(wall));
        result.addProperty(name + "_cpu_ms", Median.withDefaults().evaluate(cpu));
    }

    /**
     * Returns what was measured.
     *
     * @return the numbers by name; facts may be added
     */
    public JsonObject result() {
        return result;
    }
}
