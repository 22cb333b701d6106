package org.glip.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.glip.parts.Part;

/** Maps parts to tasks. What a task finds stays in the file of its part; nothing but numbers goes through Spark. */
public final class SparkParts {
    private SparkParts() {}

    /**
     * Does all parts, each in a task of its own, and waits for them.
     *
     * @param context where the tasks run
     * @param parts how many, at least 1
     * @param task the work of a part
     * @throws IllegalArgumentException if there cannot be so many parts
     */
    public static void run(JavaSparkContext context, int parts, PartTask task) {
        int all = Part.all(parts).size();
        List<Integer> numbers = IntStream.rangeClosed(1, all).boxed().toList();
        context.parallelize(numbers, all).foreach(number -> task.run(new Part(number, all)));
    }
}
