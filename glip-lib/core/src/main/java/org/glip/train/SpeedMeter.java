package org.glip.train;

import java.util.ArrayDeque;
import java.util.Deque;

/** Samples a second over the last steps. */
final class SpeedMeter {
    private static final int WINDOW = 20;

    /** The clock and the samples seen at the end of a step. */
    private record Mark(long nanos, long samples) {}

    private final Deque<Mark> marks = new ArrayDeque<>();
    private long leftOut;

    SpeedMeter(long samples) {
        marks.add(new Mark(System.nanoTime(), samples));
    }

    /** Has time that passed since the last step not count. */
    void leaveOut(long nanos) {
        leftOut += nanos;
    }

    /** Takes note of the end of a step and tells the speed. */
    double samplesPerSecond(long samples) {
        Mark now = new Mark(System.nanoTime() - leftOut, samples);
        marks.addLast(now);
        if (marks.size() > WINDOW) {
            marks.removeFirst();
        }
        Mark then = marks.getFirst();
        return (now.samples - then.samples) * 1e9 / Math.max(1, now.nanos - then.nanos);
    }
}
