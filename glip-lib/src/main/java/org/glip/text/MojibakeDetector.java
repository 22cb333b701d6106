package org.glip.text;

import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSet.SpanCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells whether a text looks as if it had been decoded wrongly (mojibake).
 *
 * <p>It does when it contains one of the runs of characters listed in {@code mojibake-patterns.txt}, which are ftfy's
 * (6.3.1, module {@code badness}).
 */
final class MojibakeDetector {
    private static final List<Run> RUNS = readRuns();
    /** The characters with which a run begins. */
    private static final UnicodeSet FIRST = union(RUNS, 0);

    private MojibakeDetector() {}

    /** Neighbouring characters, one of each set. */
    private record Run(boolean atStart, List<UnicodeSet> steps) {
        boolean matches(String text, int start) {
            if (atStart && start > 0) {
                return false;
            }
            int at = start;
            for (UnicodeSet step : steps) {
                if (at == text.length()) {
                    return false;
                }
                int character = text.codePointAt(at);
                if (!step.contains(character)) {
                    return false;
                }
                at += Character.charCount(character);
            }
            return true;
        }
    }

    static boolean looksBroken(String text) {
        int at = FIRST.span(text, SpanCondition.NOT_CONTAINED);
        while (at < text.length()) {
            for (Run run : RUNS) {
                if (run.matches(text, at)) {
                    return true;
                }
            }
            at = FIRST.span(text, text.offsetByCodePoints(at, 1), SpanCondition.NOT_CONTAINED);
        }
        return false;
    }

    private static UnicodeSet union(List<Run> runs, int step) {
        UnicodeSet union = new UnicodeSet();
        runs.forEach(run -> union.addAll(run.steps().get(step)));
        return union.freeze();
    }

    private static List<Run> readRuns() {
        Map<String, UnicodeSet> sets = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        for (String line : Resources.lines("mojibake-patterns.txt")) {
            String[] words = line.split(" +", 3);
            if (words[0].equals("set")) {
                sets.put(words[1], new UnicodeSet(words[2]).freeze());
            } else {
                runs.add(readRun(line.substring("run ".length()), sets));
            }
        }
        return List.copyOf(runs);
    }

    private static Run readRun(String description, Map<String, UnicodeSet> sets) {
        boolean atStart = description.startsWith("^");
        List<UnicodeSet> steps = new ArrayList<>();
        for (String step : description.substring(atStart ? 1 : 0).split(" ")) {
            UnicodeSet union = new UnicodeSet();
            for (String name : step.split("\\|")) {
                UnicodeSet set = sets.get(name);
                if (set == null) {
                    throw new IllegalStateException(
                            "mojibake-patterns.txt uses the set " + name + " before it names it");
                }
                union.addAll(set);
            }
            steps.add(union.freeze());
        }
        return new Run(atStart, List.copyOf(steps));
    }
}
