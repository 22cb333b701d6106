package org.glip.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.glip.experiment.Reproduced;
import org.glip.experiment.Reproduced.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What came of a reproduction, for people and for programs.
 *
 * @param outcome what came of it
 */
record ReproductionReport(Reproduced outcome) {
    /** Lines for people: what differs in the environment, each figure, each cost, and the verdict. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Reproduced.Difference difference : outcome.environment()) {
            lines.add(difference.name() + " was " + difference.recorded() + ", here " + difference.here());
        }
        lines.add(row("figure", "recorded", "here", ""));
        for (Reproduced.Figure figure : outcome.figures()) {
            lines.add(row(
                    figure.name(),
                    number(figure.recorded()),
                    number(figure.here()),
                    figure.verdict().label() + margin(figure.margin())));
        }
        for (Reproduced.Test test : outcome.tests()) {
            lines.add(test.different() + " of " + test.pictures() + " pictures of the test \"" + test.name()
                    + "\" were right once and wrong once");
        }
        for (Reproduced.Cost cost : outcome.costs()) {
            lines.add(row(cost.name(), number(cost.recorded()), number(cost.here()), ""));
        }
        lines.add((outcome.isReproduced() ? "reproduced: " : "not reproduced: ") + counts());
        return lines;
    }

    private static String row(String name, String recorded, String here, String verdict) {
        return String.format(Locale.ROOT, "%-40s %12s %12s  %s", name, recorded, here, verdict)
                .stripTrailing();
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.5g", value);
    }

    private static String margin(Reproduced.@Nullable Margin margin) {
        return margin == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", margin %.4f by %s",
                        margin.width(),
                        margin.source() == Reproduced.Margin.Source.SEEDS
                                ? Math.round(margin.count()) + " runs beside it"
                                : "the binomial noise of " + Math.round(margin.count()) + " questions");
    }

    private String counts() {
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = count(verdict);
            if (count > 0) {
                counts.add(count + " " + verdict.label());
            }
        }
        return String.join(", ", counts);
    }

    private long count(Verdict verdict) {
        return outcome.figures().stream()
                .filter(figure -> figure.verdict() == verdict)
                .count();
    }

    /** One object with all of it. */
    JsonObject toJson() {
        JsonObject counts = new JsonObject();
        for (Verdict verdict : Verdict.values()) {
            counts.addProperty(verdict.name().toLowerCase(Locale.ROOT), count(verdict));
        }
        JsonObject json = new JsonObject();
        json.addProperty("result", outcome.file().toString());
        json.addProperty("recorded_command", outcome.recorded().provenance().command());
        json.addProperty("recorded_date", outcome.recorded().provenance().date());
        json.addProperty("reproduced", outcome.isReproduced());
        json.add("verdicts", counts);
        json.add("figures", list(outcome.figures(), ReproductionReport::toJson));
        json.add("tests", list(outcome.tests(), ReproductionReport::toJson));
        json.add("costs", list(outcome.costs(), cost -> row(cost.name(), cost.recorded(), cost.here())));
        json.add("environment", list(outcome.environment(), ReproductionReport::toJson));
        return json;
    }

    private static <T> JsonArray list(List<T> items, Function<T, JsonObject> item) {
        JsonArray list = new JsonArray();
        items.forEach(each -> list.add(item.apply(each)));
        return list;
    }

    private static JsonObject row(String name, double recorded, @Nullable Double here) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("recorded", recorded);
        json.addProperty("here", here);
        return json;
    }

    private static JsonObject toJson(Reproduced.Figure figure) {
        JsonObject json = row(figure.name(), figure.recorded(), figure.here());
        json.addProperty("verdict", figure.verdict().label());
        if (figure.margin() != null) {
            json.addProperty("margin", figure.margin().width());
            json.addProperty("noise", figure.margin().source().label());
            json.addProperty(
                    figure.margin().source() == Reproduced.Margin.Source.SEEDS ? "runs" : "questions",
                    figure.margin().count());
        }
        return json;
    }

    private static JsonObject toJson(Reproduced.Test test) {
        JsonObject json = new JsonObject();
        json.addProperty("name", test.name());
        json.addProperty("pictures", test.pictures());
        json.addProperty("different", test.different());
        return json;
    }

    private static JsonObject toJson(Reproduced.Difference difference) {
        JsonObject json = new JsonObject();
        json.addProperty("name", difference.name());
        json.addProperty("recorded", difference.recorded());
        json.addProperty("here", difference.here());
        return json;
    }
}
