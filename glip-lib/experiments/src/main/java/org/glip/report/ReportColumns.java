package org.glip.report;

import java.util.ArrayList;
import java.util.List;
import org.glip.results.Metric;
import org.glip.results.TestName;

/** The columns of the benchmark tables, the same in the notebook and in {@code docs/results.md}. */
public final class ReportColumns {
    private ReportColumns() {}

    /** {@return top-1, masked, unmasked and tuned} */
    public static List<TableColumn> accuracies() {
        return List.of(
                TableColumn.percent("masked", TestName.MASKED.top1()),
                TableColumn.percent("unmasked", TestName.UNMASKED.top1()),
                TableColumn.percent("tuned", TestName.TUNED.top1()));
    }

    /** {@return top-1 before and after the tuning, and what it cost} */
    public static List<TableColumn> zeroShot() {
        List<TableColumn> columns = new ArrayList<>(accuracies());
        columns.addAll(List.of(
                TableColumn.percent("tuned top-5", TestName.TUNED.top5()),
                TableColumn.whole("image tokens", Metric.IMAGE_TOKENS),
                TableColumn.whole("samples/s", Metric.SAMPLES_PER_SECOND),
                TableColumn.whole("training, CPU s", Metric.TRAINING_CPU_SECONDS)));
        return columns;
    }

    /** {@return top-1 and top-5, masked, unmasked and tuned} */
    public static List<TableColumn> stages() {
        List<TableColumn> columns = new ArrayList<>(accuracies());
        columns.addAll(List.of(
                TableColumn.percent("masked top-5", TestName.MASKED.top5()),
                TableColumn.percent("unmasked top-5", TestName.UNMASKED.top5()),
                TableColumn.percent("tuned top-5", TestName.TUNED.top5())));
        return columns;
    }

    /**
     * {@return top-1 of tuned models on other pictures than those of the training: on Scenes other placements and
     * styles, else ImageNet's relatives}
     *
     * @param test heading of the main test
     */
    public static List<TableColumn> robustness(String test) {
        List<TableColumn> columns = new ArrayList<>(List.of(
                TableColumn.percent(test, TestName.TUNED.top1()),
                TableColumn.percent("unseen style", TestName.UNSEEN_STYLE.top1())));
        for (String preset : List.of("loose", "uniform", "mosaic", "full-frame", "landscapes")) {
            columns.add(TableColumn.percent(preset, TestName.robust(preset).top1()));
        }
        columns.addAll(List.of(
                TableColumn.percent("ImageNet-V2", TestName.robust("imagenetv2").top1()),
                TableColumn.percent("ImageNet-A", TestName.robust("imagenet-a").top1()),
                TableColumn.percent("ImageNet-R", TestName.robust("imagenet-r").top1()),
                TableColumn.percent(
                        "ImageNet-Sketch", TestName.robust("imagenet_sketch").top1()),
                TableColumn.percent("ObjectNet", TestName.robust("objectnet").top1())));
        return columns;
    }

    /** {@return accuracies over several sets of labels of Scenes} */
    public static List<TableColumn> labelSets() {
        return List.of(
                TableColumn.percent("labels", TestName.TUNED.top1()),
                TableColumn.percent("labels, mean per class", TestName.TUNED.meanPerClassRecall()),
                TableColumn.percent("unseen style", TestName.UNSEEN_STYLE.top1()),
                TableColumn.percent("unseen style, top-5", TestName.UNSEEN_STYLE.top5()),
                TableColumn.percent("unseen style, mean per class", TestName.UNSEEN_STYLE.meanPerClassRecall()),
                TableColumn.percent("unseen: subgroup", TestName.SUBGROUP.top1()),
                TableColumn.percent("unseen: group", TestName.GROUP.top1()));
    }

    /**
     * {@return recall@1, 5 and 10 in both directions}
     *
     * @param set of the field; empty for the pictures and captions of the benchmark itself
     */
    public static List<TableColumn> recall(String set) {
        String prefix = set.isEmpty() ? "" : set + " ";
        List<TableColumn> columns = new ArrayList<>();
        for (String direction : List.of("text-to-image", "image-to-text")) {
            for (int k : new int[] {1, 5, 10}) {
                columns.add(TableColumn.percent(
                        prefix + direction + " @" + k, new Metric(prefix + direction + " recall@" + k)));
            }
        }
        return columns;
    }

    /** {@return of a linear probe for kinds of concepts} */
    public static List<TableColumn> probe() {
        return List.of(
                TableColumn.percent("subgroup", TestName.probe("subgroup").top1()),
                TableColumn.percent(
                        "subgroup, top-5", TestName.probe("subgroup").top5()),
                TableColumn.percent(
                        "subgroup, mean per class", TestName.probe("subgroup").meanPerClassRecall()),
                TableColumn.percent("group", TestName.probe("group").top1()),
                TableColumn.percent(
                        "group, mean per class", TestName.probe("group").meanPerClassRecall()));
    }

    /** {@return of a fine-tuning for kinds of concepts} */
    public static List<TableColumn> fineTuning() {
        return List.of(
                TableColumn.percent("subgroup", TestName.fineTuned("subgroup").top1()),
                TableColumn.percent(
                        "subgroup, top-5", TestName.fineTuned("subgroup").top5()),
                TableColumn.percent(
                        "subgroup, mean per class",
                        TestName.fineTuned("subgroup").meanPerClassRecall()));
    }

    /** {@return top-1 after tuning on the five sets of photographs; the number of classes stands behind each name} */
    public static List<TableColumn> photographs() {
        List<TableColumn> columns = new ArrayList<>();
        for (String set : List.of("signs (10)", "grocery (81)", "caltech101 (97)", "trashnet (6)", "clothing (17)")) {
            String name = set.substring(0, set.indexOf(' '));
            columns.add(TableColumn.percent(
                    set, TestName.ofSet(name, TestName.TUNED).top1()));
        }
        return columns;
    }

    /** {@return of steps that were timed by themselves} */
    public static List<TableColumn> steps() {
        return List.of(
                TableColumn.whole("image tokens", Metric.IMAGE_TOKENS),
                TableColumn.oneDecimal("processor, ms", Metric.STEP_CPU_TIME),
                TableColumn.oneDecimal("step, ms", Metric.STEP_TIME));
    }

    /** {@return time of whole runs} */
    public static List<TableColumn> runCost() {
        return List.of(
                TableColumn.whole("image tokens", Metric.IMAGE_TOKENS),
                TableColumn.whole("pre-training, CPU s", Metric.TRAINING_CPU_SECONDS),
                TableColumn.whole("pre-training, s", Metric.TRAINING_SECONDS),
                TableColumn.whole("tuning, CPU s", Metric.TUNING_CPU_SECONDS),
                TableColumn.whole("tuning, s", Metric.TUNING_SECONDS));
    }

    /** {@return of methods that are compared at equal time and at equal samples} */
    public static List<TableColumn> equalTime() {
        return List.of(
                TableColumn.whole("samples", Metric.SAMPLES),
                TableColumn.oneDecimal("pre-training, CPU s", Metric.TRAINING_CPU_SECONDS),
                TableColumn.percent("unmasked", TestName.UNMASKED.top1()),
                TableColumn.percent("tuned", TestName.TUNED.top1()),
                TableColumn.percent("tuned top-5", TestName.TUNED.top5()),
                TableColumn.percent("retrieval recall@5", Metric.textToImageRecall(5)));
    }
}
