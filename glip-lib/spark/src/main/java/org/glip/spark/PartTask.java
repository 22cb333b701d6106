package org.glip.spark;

import java.io.Serializable;
import org.glip.parts.Part;

/** The work of a part, which Spark sends to the machine that does it. */
@FunctionalInterface
public interface PartTask extends Serializable {
    /**
     * Does a part and leaves its file. May be called again for the same part, also while an earlier call is in its
     * last moments elsewhere; each time it must leave the same file, whole or not at all.
     *
     * @param part which part
     * @throws Exception if it failed; Spark then tries it again, as often as {@code spark.task.maxFailures} says
     */
    void run(Part part) throws Exception;
}
