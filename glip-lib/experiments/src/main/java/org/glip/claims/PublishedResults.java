package org.glip.claims;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.glip.files.Resources;
import org.glip.results.MethodName;
import org.glip.results.RunSettings;
import org.glip.results.TestName;

/**
 * The paper's own figures, for columns of their own beside ours: ImageNet-1K zero-shot top-1, ViT-B/16 on CC12M (the
 * paper's table of zero-shot results).
 */
public final class PublishedResults {
    private static final String RESOURCE = "published-zero-shot.csv";
    private static final List<Line> LINES = load();

    private PublishedResults() {}

    /** A line of the resource; accuracies in percent by test, empty where the paper has none. */
    private record Line(MethodName method, String masking, Map<TestName, String> top1) {
        static Line of(CSVRecord cells) {
            return new Line(
                    MethodName.valueOf(cells.get("method")),
                    cells.get("masking"),
                    Map.of(
                            TestName.MASKED,
                            cells.get("masked"),
                            TestName.UNMASKED,
                            cells.get("unmasked"),
                            TestName.TUNED,
                            cells.get("tuned")));
        }
    }

    /**
     * Returns the tests of which the paper has figures.
     *
     * @return masked, unmasked and tuned
     */
    public static List<TestName> tests() {
        return List.of(TestName.MASKED, TestName.UNMASKED, TestName.TUNED);
    }

    /**
     * Returns a published accuracy.
     *
     * @param method the method
     * @param masking as {@link RunSettings#text} writes it: {@code 50%}, {@code 75%}, {@code 91.8%}; for RECLIP the
     *     image size, such as {@code 112 px}; a dash for CLIP
     * @param test one of {@link #tests}
     * @return top-1 in [0, 1], or nothing where the paper has none
     */
    public static Optional<Double> top1(MethodName method, String masking, TestName test) {
        return LINES.stream()
                .filter(line -> line.method() == method && line.masking().equals(masking))
                .map(line -> line.top1().getOrDefault(test, ""))
                .filter(value -> !value.isEmpty())
                .map(value -> new BigDecimal(value).movePointLeft(2).doubleValue())
                .findFirst();
    }

    private static List<Line> load() {
        return Resources.table(PublishedResults.class, RESOURCE).stream()
                .map(Line::of)
                .toList();
    }
}
