package org.glip.model.pickle;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.model.pickle.TorchTensor.Storage;
import org.glip.model.weights.StoredWeights;
import org.jspecify.annotations.Nullable;

/** The few names that a PyTorch file's pickle may use, and what each makes. */
sealed interface PickleGlobal {
    /** Makes the value; nothing but data comes of it. */
    @Nullable
    Object call(List<?> arguments) throws IOException;

    /** The modules of a TorchScript archive (the form of OpenAI's checkpoints): a container of attributes. */
    final class ScriptModule {
        private Map<?, ?> attributes = Map.of();

        /** Takes the attributes; they are not copied, or many modules with the same ones could fill the memory. */
        void take(Map<?, ?> state) {
            attributes = state;
        }

        Map<?, ?> attributes() {
            return attributes;
        }
    }

    /** {@code torch.FloatStorage} and its kin: the format of a storage. */
    record StorageClass(String name, StoredWeights.NumberFormat format) implements PickleGlobal {
        @Override
        public Object call(List<?> arguments) throws IOException {
            throw new IOException("its pickle makes a " + name + " of its own instead of referring to a storage");
        }
    }

    /** What is called. */
    enum Maker implements PickleGlobal {
        DICTIONARY {
            @Override
            public Object call(List<?> arguments) throws IOException {
                if (!arguments.isEmpty()) {
                    throw new IOException("its pickle makes an OrderedDict from arguments, which PyTorch does not");
                }
                return new LinkedHashMap<>();
            }
        },
        SCRIPT_MODULE {
            @Override
            public Object call(List<?> arguments) {
                return new ScriptModule();
            }
        },
        CONTENT { // TorchScript's lists of one type, and values with a mark of their type: the first argument is the
            // value
            @Override
            public @Nullable Object call(List<?> arguments) throws IOException {
                if (arguments.isEmpty()) {
                    throw new IOException("its pickle has a typed value without the value");
                }
                return arguments.get(0);
            }
        },
        TENSOR { // storage, offset, size, stride, ...
            @Override
            public Object call(List<?> arguments) throws IOException {
                if (arguments.size() >= 4
                        && arguments.get(0) instanceof Storage storage
                        && arguments.get(1) instanceof Long offset
                        && arguments.get(2) instanceof List<?> shape
                        && arguments.get(3) instanceof List<?> strides) {
                    return TorchTensor.of(storage, offset, wholeNumbers(shape), wholeNumbers(strides));
                }
                throw new IOException("its pickle has a tensor without storage, offset, size and stride");
            }
        },
        PARAMETER { // tensor, requires_grad, hooks
            @Override
            public Object call(List<?> arguments) throws IOException {
                if (!arguments.isEmpty() && arguments.get(0) instanceof TorchTensor tensor) {
                    return tensor;
                }
                throw new IOException("its pickle has a parameter without a tensor");
            }
        }
    }

    /** PyTorch numbers its storages. */
    int LONGEST_KEY = 40;

    /** Dotted names of Python. */
    Map<String, PickleGlobal> ALLOWED = Map.ofEntries(
            Map.entry("collections.OrderedDict", Maker.DICTIONARY),
            Map.entry("torch._utils._rebuild_tensor_v2", Maker.TENSOR),
            Map.entry("torch._utils._rebuild_parameter", Maker.PARAMETER),
            Map.entry("torch.jit._pickle.build_intlist", Maker.CONTENT),
            Map.entry("torch.jit._pickle.build_doublelist", Maker.CONTENT),
            Map.entry("torch.jit._pickle.build_boollist", Maker.CONTENT),
            Map.entry("torch.jit._pickle.build_tensorlist", Maker.CONTENT),
            Map.entry("torch.jit._pickle.restore_type_tag", Maker.CONTENT),
            storage("torch.DoubleStorage", StoredWeights.NumberFormat.F64),
            storage("torch.FloatStorage", StoredWeights.NumberFormat.F32),
            storage("torch.HalfStorage", StoredWeights.NumberFormat.F16),
            storage("torch.BFloat16Storage", StoredWeights.NumberFormat.BF16),
            storage("torch.LongStorage", StoredWeights.NumberFormat.I64),
            storage("torch.IntStorage", StoredWeights.NumberFormat.I32),
            storage("torch.ShortStorage", StoredWeights.NumberFormat.I16),
            storage("torch.CharStorage", StoredWeights.NumberFormat.I8),
            storage("torch.ByteStorage", StoredWeights.NumberFormat.U8),
            storage("torch.BoolStorage", StoredWeights.NumberFormat.BOOL));

    private static Map.Entry<String, PickleGlobal> storage(String name, StoredWeights.NumberFormat format) {
        return Map.entry(name, new StorageClass(name, format));
    }

    /** Looks a name up. */
    static PickleGlobal named(String name) throws IOException {
        PickleGlobal global = name.startsWith("__torch__.") ? Maker.SCRIPT_MODULE : ALLOWED.get(name);
        if (global == null) {
            throw new IOException("its pickle names " + (name.length() <= 200 ? name : name.substring(0, 200) + "...")
                    + ", which is not a tensor or plain container. It may be harmless or not; it is not loaded."
                    + " Save the model's state_dict alone");
        }
        return global;
    }

    /** A reference to a storage: ("storage", class, key, device, count, ...). */
    static Storage storage(List<?> reference) throws IOException {
        if (reference.size() >= 5
                && "storage".equals(reference.get(0))
                && reference.get(1) instanceof StorageClass type
                && reference.get(2) instanceof String key
                && key.length() <= LONGEST_KEY
                && reference.get(4) instanceof Long count
                && count >= 0
                && count < 1L << 40) {
            return new Storage(key, type.format, count);
        }
        throw new IOException("its pickle has a reference that is not to a storage");
    }

    private static List<Long> wholeNumbers(List<?> values) throws IOException {
        if (values.size() > TorchTensor.MOST_DIMENSIONS) {
            throw new IOException("its pickle has a tensor of " + values.size() + " dimensions; at most "
                    + TorchTensor.MOST_DIMENSIONS + " are read");
        }
        for (Object value : values) {
            if (!(value instanceof Long)) {
                throw new IOException("its pickle has a size or stride that is not a whole number");
            }
        }
        return values.stream().map(Long.class::cast).toList();
    }
}
