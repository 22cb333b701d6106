package org.glip.notebook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;

/**
 * The output of the cell that a Java kernel is running. JJava and its forerunner IJava offer notebooks the same two
 * functions, {@code display} and {@code updateDisplay}, in classes of their own; they are looked up by name because at
 * most one of the kernels is there.
 */
record KernelDisplay(MethodHandle display, MethodHandle updateDisplay) implements Display {

    /**
     * Each kernel's main class, which is on the class path only while that kernel runs, and the class with its
     * functions.
     */
    private static final Map<String, String> KERNELS = Map.of(
            "org.dflib.jjava.distro.JJava", "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics",
            "io.github.spencerpark.ijava.IJava", "io.github.spencerpark.ijava.runtime.Display");

    static Optional<Display> ofRunningKernel() {
        return KERNELS.entrySet().stream()
                .filter(kernel -> isPresent(kernel.getKey()))
                .map(kernel -> of(kernel.getValue()))
                .findFirst();
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, KernelDisplay.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Binds to a class that has {@code String display(Object)} and {@code void updateDisplay(String, Object)}. */
    static Display of(String functionsClass) {
        try {
            Class<?> functions = Class.forName(functionsClass);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            return new KernelDisplay(
                    lookup.findStatic(functions, "display", MethodType.methodType(String.class, Object.class)),
                    lookup.findStatic(
                            functions, "updateDisplay", MethodType.methodType(void.class, String.class, Object.class)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "This version of the notebook kernel is not known: its display functions are not in "
                            + functionsClass + ". Install the version named in kernel-setup/requirements.txt.",
                    e);
        }
    }

    @Override
    public String show(Object value) {
        return (String) call(() -> display.invoke(Rich.of(value)));
    }

    @Override
    public void update(String id, Object value) {
        call(() -> updateDisplay.invoke(id, (Object) Rich.of(value)));
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private static Object call(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The notebook kernel could not show a value: " + e.getMessage(), e);
        }
    }
}
