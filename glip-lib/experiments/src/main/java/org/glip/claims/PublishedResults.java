package org.glip.claims;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.glip.files.Resources;
import org.glip.results.RunSettings;

/**
 * The paper's own figures, for columns of their own beside ours: ImageNet-1K zero-shot top-1, ViT-B/16 on CC12M (paper, table of
 * zero-shot results).
 */
public final class PublishedResults {
    private static final String RESOURCE = "published-zero-shot.csv";
    private static final List<Line> LINES = load();

    private PublishedResults() {}

    /** When the model was tested. */
    public enum Stage {
        /** After masked pre-training, masked at test too. */
        MASKED("published: masked", Line::masked),
        /** After masked pre-training, on full images. */
        UNMASKED("published: unmasked", Line::unmasked),
        /** After the unmasked tuning epoch. */
        TUNED("published: after tuning", Line::tuned);

        private final String header;
        private final Function<Line, String> value;

        Stage(String header, Function<Line, String> value) {
            this.header = header;
            this.value = value;
        }

        /** The header of its column; begins with "published". */
        public String header() {
            return header;
        }
    }

    /** A line of the resource; accuracies in percent, empty where the paper has none. */
    private record Line(String method, String masking, String masked, String unmasked, String tuned) {}

    /**
     * A published accuracy.
     *
     * @param method CLIP, FLIP, GLIP or RECLIP
     * @param masking as {@link RunSettings#text} writes it: {@code 50%}, {@code 75%}, {@code 91.8%}; for RECLIP the image
     *     size, such as {@code 112 px}; a dash for CLIP
     * @return top-1 in [0, 1], or nothing where the paper has none
     */
    public static Optional<Double> top1(String method, String masking, Stage stage) {
        return LINES.stream()
                .filter(line -> line.method().equals(method) && line.masking().equals(masking))
                .map(stage.value)
                .filter(value -> !value.isEmpty())
                .map(value -> new BigDecimal(value).movePointLeft(2).doubleValue())
                .findFirst();
    }

    private static List<Line> load() {
        return Resources.lines(PublishedResults.class, RESOURCE).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> new Line(cells[0], cells[1], cells[2], cells[3], cells[4]))
                .toList();
    }
}
