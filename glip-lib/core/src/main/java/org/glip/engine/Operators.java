package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.glip.files.Resources;
import org.jspecify.annotations.Nullable;

/**
 * The fused operators of one tower, compiled from {@code operators.torchscript} for its {@link OperatorSettings}.
 *
 * <p>Each method is one call into the engine. Results belong to the manager of the first argument. With
 * {@code training} the call takes part in autograd; without, it runs in inference mode and its results can never be
 * differentiated. Shapes are in the source's comments: B samples, T tokens, D width, k kept patches, E joint embedding.
 */
public final class Operators implements Upload, AutoCloseable {
    static final String SOURCE = "operators.torchscript";

    /** The engine's numbers of formats. */
    private static final long LONG = 4;

    private static final long FLOAT = 6;

    private final NDManager manager;
    private final PtSymbolBlock module;
    // The engine's calling convention names the method by the name of an additional array; one small array a method is
    // kept.
    private final Map<String, NDArray> methodMarkers = new ConcurrentHashMap<>();

    private Operators(NDManager manager, PtSymbolBlock module) {
        this.manager = manager;
        this.module = module;
    }

    /**
     * Compiles the operators; takes 10 to 20 ms.
     *
     * @param parent manager whose device is used; the operators hold a sub-manager of it
     * @param settings what is compiled in
     * @return the operators, to be closed by the caller
     */
    public static Operators compile(NDManager parent, OperatorSettings settings) {
        NDManager manager = parent.newSubManager();
        String source = settings.prelude(manager.getDevice()) + Resources.text(Operators.class, SOURCE);
        return new Operators(manager, TorchScriptCompiler.compile(manager, source, "Operators"));
    }

    /**
     * Calls an operator of tensors.
     *
     * @param method name in {@code operators.torchscript}
     * @param training whether the result can be differentiated
     * @param arguments its tensors in order; the result belongs to the manager of the first
     * @return the result
     */
    public NDArray call(String method, boolean training, NDArray... arguments) {
        NDList list = new NDList(arguments.length + 1);
        for (NDArray argument : arguments) {
            // Names have a meaning in the engine's calling convention (see gradients), ours have none here.
            if (argument.getName() != null) {
                argument.setName(null);
            }
            list.add(argument);
        }
        return forward(method, training, list).singletonOrThrow();
    }

    /**
     * Differentiates.
     *
     * @param outputs what is differentiated; the graph they were computed by is freed
     * @param upstream gradient of the loss by each output
     * @param parameters what to differentiate by; each must have been used for the outputs
     * @return new tensors in the order and shapes of the parameters, in the manager of the first output
     */
    public List<NDArray> gradients(List<NDArray> outputs, List<NDArray> upstream, List<NDArray> parameters) {
        NDList list = new NDList();
        addAs(list, "y[]", outputs);
        addAs(list, "upstream[]", upstream);
        addAs(list, "p[]", parameters);
        NDList found = forward("gradients", true, list);
        parameters.forEach(tensor -> tensor.setName(null));
        return found;
    }

    /** The engine's calling convention makes one list of neighbours whose names end in brackets. */
    private static void addAs(NDList list, String name, List<NDArray> tensors) {
        for (NDArray tensor : tensors) {
            tensor.setName(name);
            list.add(tensor);
        }
    }

    private NDList forward(String method, boolean training, NDList list) {
        // The graph optimiser gains nothing on these operators and costs a long warm-up; the switch belongs to the
        // thread.
        JniUtils.setGraphExecutorOptimize(false);
        list.add(methodMarkers.computeIfAbsent(method, this::marker));
        return IValueUtils.forward(module, list, training);
    }

    private NDArray marker(String method) {
        NDArray marker = manager.create(0f);
        marker.setName("module_method:" + method);
        return marker;
    }

    /**
     * Constants of AdamW.
     *
     * @param beta1 decay of the first moment, in [0,1)
     * @param beta2 decay of the second moment, in [0,1)
     * @param epsilon added to the root of the second moment, positive
     */
    public record AdamWConstants(double beta1, double beta2, double epsilon) {
        /** Checks the ranges. */
        public AdamWConstants {
            requireDecay("beta1", beta1);
            requireDecay("beta2", beta2);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("AdamW's epsilon must be positive, not " + epsilon);
            }
        }

        private static void requireDecay(String name, double value) {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException("AdamW's " + name + " must be in [0,1), not " + value);
            }
        }
    }

    /**
     * The tensors of one group of parameters that share learning rate and weight decay; the five lists run in parallel.
     *
     * @param parameters weights, updated in place
     * @param gradients their gradients
     * @param firstMoments running means of the gradients
     * @param secondMoments running means of the squared gradients
     * @param steps float32 scalars that count steps
     */
    public record AdamWGroup(
            List<NDArray> parameters,
            List<NDArray> gradients,
            List<NDArray> firstMoments,
            List<NDArray> secondMoments,
            List<NDArray> steps) {
        /** {@return a group to be filled} */
        public static AdamWGroup empty() {
            return new AdamWGroup(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /**
     * One AdamW step over a group of parameters, in place (Loshchilov and Hutter; PyTorch's fused kernel).
     *
     * @param group the group's tensors
     * @param learningRate learning rate of this step
     * @param adam constants of the optimiser
     * @param weightDecay decoupled weight decay of this group
     * @param unsound null, or what {@code unsound} says of the loss (): where that is no number, nothing is changed
     */
    public void adamW(
            AdamWGroup group, double learningRate, AdamWConstants adam, double weightDecay, @Nullable NDArray unsound) {
        List<IValue> arguments = new ArrayList<>(List.of(
                list(group.parameters()),
                list(group.gradients()),
                list(group.firstMoments()),
                list(group.secondMoments()),
                list(group.steps()),
                IValue.from(learningRate),
                IValue.from(adam.beta1()),
                IValue.from(adam.beta2()),
                IValue.from(weightDecay),
                IValue.from(adam.epsilon())));
        if (unsound != null) {
            arguments.add(IValue.from((PtNDArray) unsound));
        }
        run(unsound == null ? "adamw" : "adamw_unless", arguments.toArray(IValue[]::new));
    }

    /**
     * Adds tensors to others, in place.
     *
     * @param sums what is added to
     * @param more what is added, in the same order and shapes
     */
    public void add(List<NDArray> sums, List<NDArray> more) {
        run("add", list(sums), list(more));
    }

    /**
     * Copies a tensor into another, in place and on its device. DJL's {@code NDArray.set} and {@code copyTo} do so too,
     * but put memory of Java's under the tensor, and the engine warns of how.
     *
     * @param target what is written, also a part of a larger tensor
     * @param source of the same shape
     */
    public void copy(NDArray target, NDArray source) {
        run("copy", IValue.from((PtNDArray) target), IValue.from((PtNDArray) source));
    }

    /**
     * Makes a tensor of numbers from the heap: for a GPU by way of page-locked memory, from where it is copied while
     * this thread goes on; for a CPU as {@link Upload#plain} does.
     */
    @Override
    public NDArray tensor(NDManager owner, Shape shape, DataType type, Consumer<ByteBuffer> fill) {
        boolean isStaged = manager.getDevice().isGpu() && shape.size() > 0;
        return isStaged ? staged(owner, shape, type, fill) : Upload.plain().tensor(owner, shape, type, fill);
    }

    /** The engine keeps page-locked memory, and gives it out again when the copy has ended. */
    NDArray staged(NDManager owner, Shape shape, DataType type, Consumer<ByteBuffer> fill) {
        JniUtils.setGraphExecutorOptimize(false);
        IValue[] arguments = {IValue.listFrom(shape.getShape()), IValue.from(type == DataType.INT64 ? LONG : FLOAT)};
        try (NDManager pass = owner.newSubManager();
                IValue memory = IValueUtils.runMethod(module, "host_memory", arguments)) {
            NDArray host = memory.toTensor((PtNDManager) pass);
            HostCopy.memory(host, fill::accept);
            NDArray there = call("to_device", true, host);
            there.attach(owner);
            return there;
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
    }

    /**
     * Computes the Euclidean norm of all numbers of some tensors together.
     *
     * @param tensors at least one, float32
     * @param owner owner of the result
     * @return the norm ()
     */
    public NDArray norm(List<NDArray> tensors, NDManager owner) {
        return ofList("norm", tensors, owner);
    }

    /**
     * Puts single numbers together, to be read from the device at once.
     *
     * @param numbers n tensors ()
     * @param owner owner of the result
     * @return the numbers (n)
     */
    public NDArray together(List<NDArray> numbers, NDManager owner) {
        return ofList("together", numbers, owner);
    }

    private NDArray ofList(String method, List<NDArray> tensors, NDManager owner) {
        try (IValue list = list(tensors);
                IValue result = IValueUtils.runMethod(module, method, list)) {
            return result.toTensor((PtNDManager) owner);
        }
    }

    /**
     * Copies rows into matrices, in place.
     *
     * @param matrices (V,D) each
     * @param numbers which rows, (U) int64, each once
     * @param values the rows of each matrix, (U,D) each
     */
    public void putRows(List<NDArray> matrices, NDArray numbers, List<NDArray> values) {
        run("put_rows", list(matrices), IValue.from((PtNDArray) numbers), list(values));
    }

    /**
     * Multiplies a tensor by factors one after the other, each time rounded, in place.
     *
     * @param tensor the tensor
     * @param factors at least one
     */
    public void multiply(NDArray tensor, double[] factors) {
        run("multiply", IValue.from((PtNDArray) tensor), IValue.listFrom(factors));
    }

    /**
     * Clamps a tensor to a range, in place.
     *
     * @param tensor the tensor
     * @param low lower bound
     * @param high upper bound
     */
    public void clamp(NDArray tensor, double low, double high) {
        run("clamp", IValue.from((PtNDArray) tensor), IValue.from(low), IValue.from(high));
    }

    private void run(String method, IValue... arguments) {
        try (IValue result = IValueUtils.runMethod(module, method, arguments)) {
            // the method changed its arguments; what it returns only keeps it from being optimised away
        } finally {
            for (IValue argument : arguments) {
                argument.close();
            }
        }
    }

    private static IValue list(List<NDArray> tensors) {
        return IValue.listFrom(tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
