package org.glip.claims;

import java.util.List;
import org.glip.claims.Finding.Verdict;

/**
 * A claim of the paper with what was measured about it.
 *
 * @param number 1 to 6, as in {@link Claims}
 * @param statement the claim in words
 * @param findings its parts, at least one
 */
public record Claim(int number, String statement, List<Finding> findings) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is no part
     */
    public Claim {
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("Claim " + number + " has no part that could be measured");
        }
        findings = List.copyOf(findings);
    }

    /**
     * {@return what is said of the whole: reproduced if every part is; not reproduced if any part is not; else not
     * testable}
     */
    public Verdict verdict() {
        List<Verdict> verdicts = findings.stream().map(Finding::verdict).toList();
        if (verdicts.contains(Verdict.NOT_REPRODUCED)) {
            return Verdict.NOT_REPRODUCED;
        }
        return verdicts.contains(Verdict.NOT_TESTABLE) ? Verdict.NOT_TESTABLE : Verdict.REPRODUCED;
    }
}
