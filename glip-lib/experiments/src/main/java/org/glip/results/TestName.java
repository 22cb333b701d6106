package org.glip.results;

/**
 * The name of a test of a run's models, as result files have it: figures begin with it, and hits are filed under it.
 *
 * @param label such as {@code tuned}
 */
public record TestName(String label) {
    /** The pre-trained model, shown as much as in pre-training. */
    public static final TestName MASKED = new TestName("masked");
    /** The pre-trained model on full pictures. */
    public static final TestName UNMASKED = new TestName("unmasked");
    /** The tuned model on full pictures. */
    public static final TestName TUNED = new TestName("tuned");
    /** The tuned model on drawings that training never showed, of concepts and in styles that it did. */
    public static final TestName UNSEEN_DRAWINGS = new TestName("unseen drawings");
    /** The tuned model on the same concepts in a drawing style that training never showed. */
    public static final TestName UNSEEN_STYLE = new TestName("unseen style");
    /** The tuned model over the labels that a person can read off a small drawing. */
    public static final TestName READABLE = new TestName("readable");
    /** The tuned model on concepts that training never showed, by their subgroup. */
    public static final TestName SUBGROUP = new TestName("subgroup");
    /** The tuned model on concepts that training never showed, by their group. */
    public static final TestName GROUP = new TestName("group");
    /** The pictures on which settings are chosen. */
    public static final TestName VALIDATION = new TestName("validation");

    /**
     * {@return the tuned model on other pictures than it was trained for, such as {@code robust imagenet-a}}
     *
     * @param set the name of the pictures
     */
    public static TestName robust(String set) {
        return new TestName("robust " + set);
    }

    /**
     * {@return a test on one of several sets, such as {@code signs tuned}}
     *
     * @param set the name of the set
     * @param test what is done on each, such as {@link #TUNED}
     */
    public static TestName ofSet(String set, TestName test) {
        return new TestName(set + " " + test.label);
    }

    /**
     * {@return a linear probe of the tuned model, such as {@code probe subgroup}}
     *
     * @param field what is told apart, such as {@code subgroup}
     */
    public static TestName probe(String field) {
        return new TestName("probe " + field);
    }

    /**
     * {@return the tuned model after fine-tuning, such as {@code fine-tuned subgroup}}
     *
     * @param field what is told apart, such as {@code subgroup}
     */
    public static TestName fineTuned(String field) {
        return new TestName("fine-tuned " + field);
    }

    /**
     * {@return a measure of this test, such as {@code tuned top-1}}
     *
     * @param measure such as {@link Metric#TOP_1}
     */
    public Metric metric(Metric measure) {
        return new Metric(label + " " + measure.name());
    }

    /** {@return the share of pictures whose first prediction is right} */
    public Metric top1() {
        return metric(Metric.TOP_1);
    }

    /** {@return the share of pictures of which one of the first five predictions is right} */
    public Metric top5() {
        return metric(Metric.TOP_5);
    }

    /** {@return the mean of the classes' shares of right pictures} */
    public Metric meanPerClassRecall() {
        return metric(Metric.MEAN_PER_CLASS_RECALL);
    }

    @Override
    public String toString() {
        return label;
    }
}
