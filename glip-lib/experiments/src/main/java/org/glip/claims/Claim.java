package org.glip.claims;

import java.util.Comparator;
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

    /** {@return what is said of the whole: the worst that is said of a part, in the order of {@link Verdict}} */
    public Verdict verdict() {
        return findings.stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
