package org.glip.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.glip.results.Excerpt;
import org.glip.results.ResultFile;
import org.glip.results.ResultFileException;
import org.glip.results.RunResult;
import org.glip.stats.Hits;
import org.glip.stats.PairedComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip compare}. */
@Command(
        name = "compare",
        description =
                "Tell whether two models differ on the same test pictures (McNemar's test, mid-p), from two result"
                        + " files: JSON with an entry for each test that both hold. It speaks of these two models;"
                        + " another training seed gives others.")
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FIRST", description = "A result file of glip evaluate or of a notebook.")
    private Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another, of the same test pictures.")
    private Path second;

    @Override
    public Integer call() throws IOException {
        RunResult one = ResultFile.read(first);
        RunResult other = ResultFile.read(second);
        if (!one.provenance().data().equals(other.provenance().data())) {
            throw new ResultFileException(
                    second,
                    "it is about other pictures than " + first + ": \""
                            + Excerpt.of(
                                    other.provenance().data(), one.provenance().data()) + "\", not \""
                            + Excerpt.of(
                                    one.provenance().data(), other.provenance().data()) + "\"");
        }
        JsonObject tests = new JsonObject();
        one.hits().forEach((test, hits) -> {
            Hits others = other.hits().get(test);
            if (others != null) {
                tests.add(test, toJson(hits, others));
            }
        });
        if (tests.size() == 0) {
            throw new ResultFileException(
                    second,
                    "it says of no test which pictures were right that " + first + " says it of, which has "
                            + one.hits().keySet() + ", this " + other.hits().keySet());
        }
        spec.commandLine()
                .getOut()
                .println(new GsonBuilder().setPrettyPrinting().create().toJson(tests));
        return 0;
    }

    private static JsonObject toJson(Hits first, Hits second) {
        PairedComparison comparison = PairedComparison.of(first, second);
        JsonObject json = new JsonObject();
        json.addProperty("pictures", comparison.images());
        json.addProperty("first_top1", first.share());
        json.addProperty("second_top1", second.share());
        json.addProperty("difference", comparison.difference());
        json.addProperty("only_first_right", comparison.onlyFirst());
        json.addProperty("only_second_right", comparison.onlySecond());
        json.addProperty("p", comparison.midPValue());
        return json;
    }
}
