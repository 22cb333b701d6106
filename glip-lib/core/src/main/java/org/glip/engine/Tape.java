package org.glip.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A chain of operators and the way back through it, by the derivatives in {@code derivatives.torchscript}. For one
 * thread, and for one way there and back; closed with its manager.
 */
public final class Tape implements OperatorCalls, AutoCloseable {
    private final Derivatives derivatives;
    private final PtNDManager manager;
    private final Deque<Step> steps = new ArrayDeque<>();

    /** @param kept what the derivative needs, as the engine holds it */
    private record Step(String operator, NDArray[] arguments, IValue kept) {}

    Tape(Derivatives derivatives, NDManager manager) {
        this.derivatives = derivatives;
        this.manager = (PtNDManager) manager;
        manager.attachInternal(UUID.randomUUID().toString(), this);
    }

    /**
     * Calls the next operator of the chain.
     *
     * @param operator name in {@code operators.torchscript}
     * @param arguments its tensors in order, the first of them the result of the operator before
     * @return the result, which belongs to the tape's manager
     */
    @Override
    public NDArray call(String operator, NDArray... arguments) {
        IValue[] values = Stream.of(arguments)
                .map(argument -> IValue.from((PtNDArray) argument))
                .toArray(IValue[]::new);
        IValue[] pair = tuple(run(operator, values));
        steps.push(new Step(operator, arguments, pair[1]));
        try (IValue result = pair[0]) {
            return result.toTensor(manager);
        }
    }

    private static IValue[] tuple(IValue value) {
        try (value) {
            return value.toIValueTuple();
        }
    }

    /**
     * Goes the way back; once.
     *
     * @param upstream gradient of the loss by the last result
     * @param weights what to differentiate by; each was an argument of one operator
     * @return gradients in the order and shapes of the weights, in the tape's manager
     */
    public List<NDArray> backward(NDArray upstream, List<NDArray> weights) {
        Map<NDArray, NDArray> found = new IdentityHashMap<>();
        NDArray gradient = upstream;
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            NDArray[] gradients = back(step, gradient);
            int firstWeight = step.arguments.length - (gradients.length - 1);
            for (int i = 1; i < gradients.length; i++) {
                found.put(step.arguments[firstWeight + i - 1], gradients[i]);
            }
            if (gradient != upstream) {
                gradient.close();
            }
            gradient = gradients[0];
        }
        return weights.stream().map(found::get).toList();
    }

    private NDArray[] back(Step step, NDArray gradient) {
        try (IValue gradients = run(step.operator + "_back", IValue.from((PtNDArray) gradient), step.kept)) {
            return gradients.toTensorArray(manager);
        }
    }

    private IValue run(String method, IValue... arguments) {
        JniUtils.setGraphExecutorOptimize(false); // see Operators; the switch belongs to the thread
        try {
            return IValueUtils.runMethod(derivatives.module(), method, arguments);
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
    }

    /** Frees what was kept for a way back that was not gone. */
    @Override
    public void close() {
        steps.forEach(step -> step.kept.close());
        steps.clear();
    }
}
