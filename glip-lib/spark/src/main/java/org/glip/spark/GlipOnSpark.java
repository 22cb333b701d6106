package org.glip.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Does a command of {@code bin/glip} in parts on a Spark cluster, and puts them together: the program that
 * {@code spark-submit} is given. Model, data and the folder of the result are on a disk that all machines see.
 */
public final class GlipOnSpark {
    private static final List<String> COMMANDS = List.of("embed", "evaluate", "prepare");

    private GlipOnSpark() {}

    /**
     * Runs the command.
     *
     * @param arguments the number of parts, then the command with its arguments, as after {@code glip}
     * @throws IOException if the parts cannot be put together
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static void main(String... arguments) throws IOException {
        if (arguments.length < 2 || !arguments[0].matches("[1-9]\\d{0,5}") || !COMMANDS.contains(arguments[1])) {
            throw new IllegalArgumentException("give the number of parts and a command: 64 embed --model ... --out ...,"
                    + " or 64 evaluate ..., or 64 prepare ...");
        }
        int parts = Integer.parseInt(arguments[0]);
        CommandTask command = new CommandTask(Arrays.asList(arguments).subList(1, arguments.length));
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "glip"))) {
            SparkParts.run(context, parts, command);
            System.out.print(command.run("--merge", arguments[0]));
        }
    }
}
