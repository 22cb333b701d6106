package org.glip.text.repair;

import com.ibm.icu.text.UnicodeSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glip.files.Resources;

/**
 * Tells whether a text looks as if it had been decoded wrongly (mojibake).
 *
 * <p>It does when it contains one of the runs of characters listed in {@code mojibake-patterns.txt}, which are ftfy's
 * (6.3.1, module {@code badness}).
 */
final class MojibakeDetector {
    private static final List<Run> RUNS = readRuns();
    /** The characters with which a run begins. */
    private static final UnicodeSet FIRST = first(RUNS);

    private static final int MOST_ASCII_AHEAD =
            RUNS.stream().mapToInt(Run::asciiAhead).max().orElse(0);

    private MojibakeDetector() {}

    /** Neighbouring characters, one of each set; not all of them are ASCII. */
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

        /** How many ASCII characters may come before the first other one. */
        int asciiAhead() {
            int ahead = 0;
            while (steps.get(ahead).containsSome(0, 0x7F)) {
                ahead++;
            }
            return ahead;
        }
    }

    static boolean looksBroken(String text) {
        int at = 0;
        while (at < text.length()) {
            int suspect = nextBeyondAscii(text, at);
            // no run has more than that before its first character beyond ASCII
            at = Math.max(at, suspect - MOST_ASCII_AHEAD);
            for (; at <= suspect && at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                if (startsRun(text, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int nextBeyondAscii(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) < 0x80) {
            at++;
        }
        return at;
    }

    private static boolean startsRun(String text, int at) {
        if (FIRST.contains(text.codePointAt(at))) {
            for (Run run : RUNS) {
                if (run.matches(text, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static UnicodeSet first(List<Run> runs) {
        UnicodeSet first = new UnicodeSet();
        runs.forEach(run -> first.addAll(run.steps().get(0)));
        return first.freeze();
    }

    private static List<Run> readRuns() {
        Map<String, UnicodeSet> sets = new HashMap<>();
        List<Run> runs = new ArrayList<>();
        for (String line : Resources.lines(MojibakeDetector.class, "mojibake-patterns.txt")) {
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
