package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.glip.random.KeyedRandom;

/**
 * How a tensor of new weights is drawn (open_clip's {@code transformer.py}).
 *
 * <p>The numbers are a function of (run seed, tensor name), so they do not depend on the engine, the device or the
 * order in which tensors are made.
 */
sealed interface Init {
    /** Normal with mean 0. */
    record Normal(double standardDeviation) implements Init {}

    /** Uniform in [-bound, bound]. */
    record Uniform(double bound) implements Init {}

    /** One value everywhere. */
    record Constant(float value) implements Init {}

    /** PyTorch's default for linear and convolution weights and biases: U(+-1/sqrt(fan in)). */
    static Init frameworkDefault(long fanIn) {
        return new Uniform(1 / Math.sqrt(fanIn));
    }

    /** Glorot and Bengio's uniform initialisation. */
    static Init xavierUniform(long fanIn, long fanOut) {
        return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
    }

    /** Binds the drawing to a run and a tensor, as what DJL asks for. */
    default Initializer bind(long seed, String tensor) {
        return (manager, shape, type) -> draw(manager, shape, type, seed, tensor);
    }

    private NDArray draw(NDManager manager, Shape shape, DataType type, long seed, String tensor) {
        if (type != DataType.FLOAT32) {
            throw new IllegalArgumentException("weights are float32, not " + type);
        }
        if (this instanceof Constant constant) {
            return manager.full(shape, constant.value, DataType.FLOAT32);
        }
        SplittableRandom random = KeyedRandom.stream(seed, KeyedRandom.Purpose.INITIALISATION, 0, tensor.hashCode());
        ToDoubleFunction<SplittableRandom> next = this instanceof Normal normal
                ? source -> source.nextGaussian() * normal.standardDeviation
                : source -> (source.nextDouble() * 2 - 1) * ((Uniform) this).bound;
        // Outside the heap, where the tensor takes it over: an array on the heap would leave it large for good.
        ByteBuffer values = manager.allocateDirect(Math.toIntExact(Float.BYTES * shape.size()));
        FloatBuffer floats = values.asFloatBuffer();
        while (floats.hasRemaining()) {
            floats.put((float) next.applyAsDouble(random));
        }
        return manager.create(values, shape, DataType.FLOAT32);
    }
}
