package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.glip.engine.Lanes;
import org.glip.engine.Operators;
import org.glip.engine.Tape;
import org.glip.model.Tower;

/** A tower's way from a batch to features, and back from the loss's gradient by those to that by its weights. */
interface TowerPass {
    /** All features (B,E), which the loss can be differentiated by; to be asked for once. */
    NDArray features();

    /**
     * Goes back; to be asked for once, and the gradients, in the order of the weights, likewise.
     *
     * @param upstream the loss's gradient by the features (B,E)
     */
    Supplier<List<NDArray>> backward(NDArray upstream);

    /**
     * A tower at work on a batch.
     *
     * @param tower computes features
     * @param store has its weights
     * @param weights what is differentiated by
     * @param inputs lays out a part of the batch
     * @param batch B
     * @param operators add and differentiate
     * @param manager owner of all that is made
     */
    record Work(
            Tower tower,
            ParameterStore store,
            List<NDArray> weights,
            Inputs inputs,
            int batch,
            Operators operators,
            NDManager manager) {
        private NDArray forward(Part part, boolean training, NDManager pass) {
            return tower.forward(store, inputs.of(part, pass), training).singletonOrThrow();
        }

        private List<NDArray> gradients(NDArray features, NDArray upstream) {
            return operators.gradients(List.of(features), List.of(upstream), weights);
        }

        /** Puts features together to a tensor that the loss can be differentiated by. */
        private NDArray leaf(NDList features) {
            NDArray all = NDArrays.concat(features, 0);
            NDArray leaf = all.stopGradient();
            leaf.attach(manager);
            leaf.setRequiresGradient(true);
            all.close();
            return leaf;
        }
    }

    /** Lays out a part of a batch as a tower takes it. */
    @FunctionalInterface
    interface Inputs {
        NDList of(Part part, NDManager manager);
    }

    /** Some of a batch's pairs. */
    record Part(int first, int count) {
        <T> List<T> of(List<T> batch) {
            return batch.subList(first, first + count);
        }

        NDArray of(NDArray batch) {
            return batch.get(new NDIndex("{}:{}", first, first + count));
        }

        static List<Part> of(int batch, int size) {
            return IntStream.iterate(0, first -> first < batch, first -> first + size)
                    .mapToObj(first -> new Part(first, Math.min(size, batch - first)))
                    .toList();
        }
    }

    /** The whole batch at once, by autograd. */
    final class Whole implements TowerPass {
        private final Work work;
        private final NDArray features;

        Whole(Work work) {
            this.work = work;
            this.features = work.forward(new Part(0, work.batch), true, work.manager);
        }

        @Override
        public NDArray features() {
            return features;
        }

        @Override
        public Supplier<List<NDArray>> backward(NDArray upstream) {
            return () -> work.gradients(features, upstream);
        }
    }

    /**
     * Micro-batches, one in memory at a time, each computed twice: first without recording, for the loss; then again,
     * to be differentiated by autograd from its share of the upstream gradient.
     */
    final class Cached implements TowerPass {
        private final Work work;
        private final List<Part> parts;

        Cached(Work work, int microBatch) {
            this.work = work;
            this.parts = Part.of(work.batch, microBatch);
        }

        /**
         * Tensors made in inference mode can never be differentiated by; what is made of them outside it, as here by
         * putting them together, is an ordinary tensor.
         */
        @Override
        public NDArray features() {
            NDList features = new NDList();
            for (Part part : parts) {
                try (NDManager pass = work.manager.newSubManager()) {
                    NDArray some = work.forward(part, false, pass);
                    some.attach(work.manager);
                    features.add(some);
                }
            }
            NDArray all = work.leaf(features);
            features.forEach(NDArray::close);
            return all;
        }

        @Override
        public Supplier<List<NDArray>> backward(NDArray upstream) {
            return () -> {
                List<NDArray> sums = new ArrayList<>();
                for (Part part : parts) {
                    try (NDManager pass = work.manager.newSubManager();
                            NDArray share = part.of(upstream)) {
                        List<NDArray> found = work.gradients(work.forward(part, true, pass), share);
                        if (sums.isEmpty()) {
                            found.forEach(gradient -> gradient.attach(work.manager));
                            sums.addAll(found);
                        } else {
                            work.operators.add(sums, found);
                        }
                    }
                }
                return sums;
            };
        }
    }

    /** Pieces of the batch side by side, by derivatives by hand. */
    final class Pieces implements TowerPass {
        private final Work work;
        private final Lanes.Work lanes;
        private final List<Part> parts;
        private final List<Tape> tapes = new ArrayList<>();
        private final List<Supplier<NDArray>> encoded = new ArrayList<>();

        Pieces(Work work, List<Part> parts, Lanes.Work lanes) {
            this.work = work;
            this.parts = parts;
            this.lanes = lanes;
            for (Part part : parts) {
                Tape tape = work.tower.tape(work.manager);
                tapes.add(tape);
                encoded.add(
                        lanes.start(() -> work.tower.forward(work.store, work.inputs.of(part, work.manager), tape)));
            }
        }

        @Override
        public NDArray features() {
            return work.leaf(new NDList(encoded.stream().map(Supplier::get).toList()));
        }

        @Override
        public Supplier<List<NDArray>> backward(NDArray upstream) {
            List<Supplier<List<NDArray>>> found = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                NDArray share = parts.get(i).of(upstream);
                Tape tape = tapes.get(i);
                found.add(lanes.start(() -> tape.backward(share, work.weights)));
            }
            return () -> {
                List<NDArray> sums = found.get(0).get();
                for (Supplier<List<NDArray>> more : found.subList(1, found.size())) {
                    work.operators.add(sums, more.get());
                }
                return sums;
            };
        }
    }
}
