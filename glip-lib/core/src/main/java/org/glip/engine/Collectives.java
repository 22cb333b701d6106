package org.glip.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glip.files.Resources;

/**
 * A group of processes on PyTorch's own c10d, as the engine has it: its operators are called from
 * {@code collectives.torchscript}. Only the opening of a group is no operator of the engine's, so a native library must
 * have been loaded that brings it.
 */
public final class Collectives implements ProcessGroup {
    private static final String SOURCE = "collectives.torchscript";
    private static final String OPEN = "open";

    /** The last line of the engine's message, without the place in its source. */
    private static final Pattern WORDS =
            Pattern.compile("(?:\\w*Error|exception): (?:\\[[^\\]]*\\.\\w+:\\d+\\] ?)?(.*)");

    private static final int MOST_WORDS = 300;

    private final NDManager manager;
    private final PtSymbolBlock module;
    private final int rank;
    private final int size;
    private int started;
    private boolean isBroken;
    private boolean isClosed;

    private Collectives(NDManager manager, PtSymbolBlock module, int rank, int size) {
        this.manager = manager;
        this.module = module;
        this.rank = rank;
        this.size = size;
    }

    /**
     * Meets the other processes of a group and joins it; one group at a time.
     *
     * @param place where they meet
     * @param device where this process computes: the tensors that it sends lie there
     * @return the group, to be closed
     * @throws LostRankException where they do not all come; the message is the engine's
     * @throws IllegalStateException where no opener has been loaded
     */
    public static ProcessGroup join(Rendezvous place, Device device) {
        NDManager manager = Torch.newManager(device);
        try {
            PtSymbolBlock module =
                    TorchScriptCompiler.compile(manager, Resources.text(Collectives.class, SOURCE), "Collectives");
            Collectives group = new Collectives(manager, module, place.rank(), place.size());
            group.open(place);
            return group;
        } catch (IllegalArgumentException e) {
            manager.close();
            throw new IllegalStateException("no opener of process groups has been loaded: " + words(e), e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private void open(Rendezvous place) {
        run(
                OPEN,
                IValue.from(place.host()),
                IValue.from((long) place.port()),
                IValue.from((long) rank),
                IValue.from((long) size),
                IValue.from(place.patience().toMillis()),
                IValue.from(place.serves()),
                IValue.from(place.prefix()),
                IValue.from(place.interfaces()),
                IValue.from(place.address()));
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public NDArray gather(NDArray own, NDManager owner) {
        long[] shape = own.getShape().getShape().clone();
        shape[0] *= size;
        NDArray all = owner.create(new Shape(shape), own.getDataType());
        run("gather", tensor(own), IValue.from((long) size), tensor(all));
        return all;
    }

    @Override
    public Sum startSum(NDArray tensor) {
        run("start_sum", tensor(tensor));
        started++;
        return () -> {
            run("wait", tensor(tensor));
            started--;
        };
    }

    @Override
    public void greatest(NDArray tensor) {
        run("greatest", tensor(tensor));
    }

    @Override
    public void copyFirst(NDArray tensor) {
        run("copy_first", tensor(tensor));
    }

    /** All send as many bytes as the longest text has, after they have told how long theirs are. */
    @Override
    public List<String> tell(String own) {
        byte[] bytes = own.getBytes(StandardCharsets.UTF_8);
        try (NDManager pass = manager.newSubManager()) {
            long[] lengths = HostCopy.longs(gather(pass.create(new long[] {bytes.length}), pass));
            int longest = (int) Arrays.stream(lengths).max().orElseThrow();
            List<String> all = new ArrayList<>();
            if (longest == 0) {
                Arrays.stream(lengths).forEach(none -> all.add(""));
                return all;
            }
            ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(bytes, longest));
            byte[] told = HostCopy.bytes(gather(pass.create(padded, new Shape(longest), DataType.INT8), pass));
            for (int other = 0; other < size; other++) {
                all.add(new String(told, other * longest, (int) lengths[other], StandardCharsets.UTF_8));
            }
            return all;
        }
    }

    private static IValue tensor(NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    private void run(String method, IValue... arguments) {
        JniUtils.setGraphExecutorOptimize(false); // see Operators; the switch belongs to the thread
        try (IValue result = IValueUtils.runMethod(module, method, arguments)) {
            // what comes back is one of the arguments, or a number
        } catch (EngineException e) {
            isBroken = true;
            throw new LostRankException(method.equals(OPEN) ? words(e) : told(words(e)), e);
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
    }

    private String told(String words) {
        return "rank " + rank + " of " + size + " has lost another rank, or waited too long for one (" + words
                + "): all end; a training that is started again with --resume goes on from its last checkpoint";
    }

    /** What c10d or Gloo say, without the engine's traces. */
    private static String words(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher = WORDS.matcher(message);
        String words = message.strip();
        while (matcher.find()) {
            words = matcher.group(1).strip();
        }
        words = words.replaceAll("\\s+", " ");
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words;
    }

    /**
     * Leaves the group. One that has lost a rank, or that has sums on the way, is left as it is: to take it apart would
     * mean to wait for the others once more.
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (!isBroken && started == 0) {
            run("close");
            module.close();
            manager.close();
        }
    }
}
