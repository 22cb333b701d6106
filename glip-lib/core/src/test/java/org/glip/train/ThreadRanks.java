package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import org.glip.engine.LostRankException;
import org.glip.engine.ProcessGroup;

/** Ranks that are threads of one process: a group without launcher and network. */
final class ThreadRanks {
    private final Phaser phaser;
    private final Object[] slots;

    private ThreadRanks(int size) {
        phaser = new Phaser(size);
        slots = new Object[size];
    }

    /** What a rank does. */
    @FunctionalInterface
    interface Work<T> {
        T run(ProcessGroup group) throws Exception;
    }

    /** How a rank ended: with a result or an exception. */
    record Ended<T>(T result, Throwable failure) {}

    /** Lets each rank do the same, and waits for all. */
    static <T> List<Ended<T>> run(int size, Work<T> work) throws InterruptedException {
        ThreadRanks ranks = new ThreadRanks(size);
        ExecutorService threads = Executors.newFixedThreadPool(size);
        List<Future<T>> started = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            ProcessGroup group = ranks.new Rank(rank);
            started.add(threads.submit((Callable<T>) () -> {
                try {
                    return work.run(group);
                } finally {
                    ranks.phaser.arriveAndDeregister();
                }
            }));
        }
        List<Ended<T>> ended = new ArrayList<>();
        for (Future<T> one : started) {
            try {
                ended.add(new Ended<>(one.get(), null));
            } catch (ExecutionException e) {
                ended.add(new Ended<>(null, e.getCause()));
            }
        }
        threads.shutdown();
        return ended;
    }

    /** A rank's end of the group; sums are made when they are waited for. */
    private final class Rank implements ProcessGroup {
        private final int rank;

        Rank(int rank) {
            this.rank = rank;
        }

        private List<Object> exchange(Object own) {
            slots[rank] = own;
            phaser.arriveAndAwaitAdvance();
            if (phaser.getRegisteredParties() < slots.length) {
                throw new LostRankException("a rank has gone", new IllegalStateException());
            }
            List<Object> all = List.of(slots);
            phaser.arriveAndAwaitAdvance();
            return all;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public int size() {
            return slots.length;
        }

        @Override
        public NDArray gather(NDArray own, NDManager owner) {
            List<Object> all = exchange(own.toFloatArray());
            float[] together = new float[Math.toIntExact(own.size() * slots.length)];
            for (int other = 0; other < slots.length; other++) {
                System.arraycopy(all.get(other), 0, together, (int) own.size() * other, (int) own.size());
            }
            long[] shape = own.getShape().getShape().clone();
            shape[0] *= slots.length;
            return owner.create(together, new Shape(shape));
        }

        @Override
        public Sum startSum(NDArray tensor) {
            return () -> {
                List<Object> all = exchange(tensor.toFloatArray());
                float[] sum = ((float[]) all.get(0)).clone();
                for (Object one : all.subList(1, all.size())) {
                    float[] more = (float[]) one;
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += more[i];
                    }
                }
                put(sum, tensor);
            };
        }

        private void put(float[] values, NDArray tensor) {
            try (NDArray copy = tensor.getManager().create(values, tensor.getShape())) {
                copy.copyTo(tensor);
            }
        }

        @Override
        public void greatest(NDArray tensor) {
            byte[] greatest = tensor.toByteArray();
            for (Object one : exchange(tensor.toByteArray())) {
                byte[] more = (byte[]) one;
                for (int i = 0; i < greatest.length; i++) {
                    greatest[i] = (byte) Math.max(greatest[i], more[i]);
                }
            }
            try (NDArray copy =
                    tensor.getManager().create(ByteBuffer.wrap(greatest), tensor.getShape(), tensor.getDataType())) {
                copy.copyTo(tensor);
            }
        }

        @Override
        public void copyFirst(NDArray tensor) {
            put((float[]) exchange(tensor.toFloatArray()).get(0), tensor);
        }

        @Override
        public List<String> tell(String own) {
            return exchange(own).stream().map(String.class::cast).toList();
        }

        @Override
        public void close() {}
    }
}
