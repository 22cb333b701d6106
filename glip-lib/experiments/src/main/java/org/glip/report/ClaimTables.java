package org.glip.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glip.claims.Claim;
import org.glip.claims.Claims;
import org.glip.claims.Finding;
import org.glip.claims.Finding.Verdict;
import org.glip.stats.MeanInterval;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of judged claims. Differences are in percentage points, published ones in a column of their own. */
public final class ClaimTables {
    private ClaimTables() {}

    /**
     * Returns a row for each claim: the verdict, and how many of its parts got which.
     *
     * @param title name of the table
     * @param claims what {@link Claims#judge} gave
     * @return the table
     */
    public static Table verdicts(String title, List<Claim> claims) {
        return Table.create(
                title,
                IntColumn.create(
                        "claim", claims.stream().mapToInt(Claim::number).toArray()),
                StringColumn.create("the paper says", claims.stream().map(Claim::statement)),
                StringColumn.create(
                        "verdict", claims.stream().map(claim -> claim.verdict().toString())),
                StringColumn.create("parts", claims.stream().map(ClaimTables::parts)));
    }

    private static String parts(Claim claim) {
        return Arrays.stream(Verdict.values())
                .map(verdict -> {
                    long count = claim.findings().stream()
                            .filter(finding -> finding.verdict() == verdict)
                            .count();
                    return count == 0 ? "" : count + " " + verdict;
                })
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /**
     * Returns a row for each part of each claim, with its figures: mean over the seeds and half the 95 % interval, and
     * by seed the paired test on the images.
     *
     * @param title name of the table
     * @param claims what {@link Claims#judge} gave
     * @return the table
     */
    public static Table figures(String title, List<Claim> claims) {
        List<Finding> findings =
                claims.stream().flatMap(claim -> claim.findings().stream()).toList();
        int[] numbers = claims.stream()
                .flatMap(claim -> claim.findings().stream().map(finding -> claim.number()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] seeds = findings.stream()
                .mapToInt(finding -> finding.measured().map(MeanInterval::seeds).orElse(0))
                .toArray();
        return Table.create(
                title,
                IntColumn.create("claim", numbers),
                column("quantity", findings, Finding::statement),
                column("claimed", findings, ClaimTables::claimed),
                column("measured ± 95 %", findings, ClaimTables::measured),
                column("verdict", findings, finding -> finding.verdict().toString()),
                column("published", findings, finding -> points(finding.published())),
                IntColumn.create("seeds", seeds),
                column("p by image, by seed", findings, ClaimTables::pValues));
    }

    private static StringColumn column(String name, List<Finding> findings, Function<Finding, String> text) {
        return StringColumn.create(name, findings.stream().map(text));
    }

    private static String claimed(Finding finding) {
        return finding.expectation() instanceof Finding.Within within
                ? String.format(Locale.ROOT, "within ±%.0f%%", 100 * within.tolerance())
                : "> 0";
    }

    private static String measured(Finding finding) {
        if (finding.measured().isEmpty()) {
            return ResultTables.MISSING;
        }
        MeanInterval interval = finding.measured().get();
        String unit = finding.expectation() instanceof Finding.Within ? "%" : "";
        String mean = String.format(Locale.ROOT, "%+.1f", 100 * interval.mean());
        return interval.seeds() == 1
                ? mean + unit
                : mean + String.format(Locale.ROOT, " ± %.1f", 100 * interval.halfWidth()) + unit;
    }

    private static String pValues(Finding finding) {
        return finding.pValues().isEmpty()
                ? ResultTables.MISSING
                : finding.pValues().stream()
                        .map(p -> p < 1e-4 ? "<0.0001" : String.format(Locale.ROOT, "%.2g", p))
                        .collect(Collectors.joining(", "));
    }

    private static String points(Optional<Double> share) {
        return share.map(value -> String.format(Locale.ROOT, "%+.1f", 100 * value))
                .orElse(ResultTables.MISSING);
    }
}
