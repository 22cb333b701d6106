package org.glip.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import org.glip.files.Resources;

/**
 * The operators of one tower with derivatives by hand, compiled from {@code derivatives.torchscript}: the same numbers
 * as by autograd, without its book-keeping, which takes longer than the numbers where tensors are small. For CPUs.
 */
public final class Derivatives implements AutoCloseable {
    private static final String SOURCE = "derivatives.torchscript";

    private final PtSymbolBlock module;

    private Derivatives(PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Compiles the operators.
     *
     * @param manager owner of the module
     * @param settings what is compiled in
     * @return the operators, to be closed by the caller
     */
    public static Derivatives compile(NDManager manager, OperatorSettings settings) {
        String source = settings.prelude(Device.cpu())
                + Resources.text(Derivatives.class, Operators.SOURCE)
                + Resources.text(Derivatives.class, SOURCE);
        return new Derivatives(TorchScriptCompiler.compile(manager, source, "Derivatives"));
    }

    /**
     * Begins a chain of operators; chains of several threads may go on at the same time.
     *
     * @param manager owner of the results and of the chain
     * @return the chain, which is closed with the manager
     */
    public Tape tape(NDManager manager) {
        return new Tape(this, manager);
    }

    PtSymbolBlock module() {
        return module;
    }

    @Override
    public void close() {
        module.close();
    }
}
