package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Processes that train one model together, and what they do together. Each has a rank, from 0. All must call the same
 * methods in the same order, from one thread each.
 *
 * <p>Where a rank has gone or says nothing, the others learn of it by a {@link LostRankException}, after the group's
 * patience at the latest; the group is of no use then.
 */
public interface ProcessGroup extends AutoCloseable {
    /** {@return the group of a process that trains alone: nothing is loaded, sent or waited for} */
    static ProcessGroup alone() {
        return OneProcess.INSTANCE;
    }

    /** {@return the number of this process, from 0} */
    int rank();

    /** {@return how many processes there are, at least 1} */
    int size();

    /** {@return whether there is only one} */
    default boolean isAlone() {
        return size() == 1;
    }

    /** {@return whether this is the rank that writes files and speaks to the user} */
    default boolean isFirst() {
        return rank() == 0;
    }

    /**
     * Puts together rows of all ranks.
     *
     * @param own this rank's (n,...), of the same shape on each
     * @param owner owner of the result
     * @return (R n,...), the first rank's first; an ordinary tensor, which can be made one to differentiate by
     */
    NDArray gather(NDArray own, NDManager owner);

    /**
     * Begins to sum up a tensor over the ranks, in place. For two ranks the sum is the same to the last bit as that of
     * the two tensors in one process.
     *
     * @param tensor contiguous, of the same shape on each rank; not to be touched before {@link Sum#await}
     * @return to be waited for
     */
    Sum startSum(NDArray tensor);

    /**
     * Replaces each element by the greatest of all ranks, in place.
     *
     * @param tensor of the same shape on each rank
     */
    void greatest(NDArray tensor);

    /**
     * Replaces a tensor by that of the first rank, in place.
     *
     * @param tensor of the same shape on each rank
     */
    void copyFirst(NDArray tensor);

    /**
     * Lets each rank tell all others something.
     *
     * @param own what this rank tells
     * @return what all tell, by rank
     */
    List<String> tell(String own);

    /** Leaves the group; does nothing the second time. */
    @Override
    void close();

    /** A sum that is being made. */
    @FunctionalInterface
    interface Sum {
        /** Waits until the tensor holds the sum; to be called once. */
        void await();
    }
}
