package org.glip.model.pickle;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickles of PyTorch files, and those only: the opcodes that PyTorch writes, building tensors and plain
 * containers. No code is ever run on a pickle's word; one that names anything else is refused, by an
 * {@link IOException} with that name.
 *
 * <p>Values are {@link Map} with texts or whole numbers as keys, {@link List} (tuples too), {@link String},
 * {@link Long}, {@link Double}, {@link Boolean}, {@link TorchTensor}, and null for None.
 *
 * <p>It is ours because a general unpickler builds whatever a pickle names, and knows nothing of storages that lie
 * outside it.
 */
final class RestrictedPickle {
    private static final Object MARK = new Object();

    /**
     * A byte can make an object of fifty. Checkpoints of the largest models, with their optimiser's state, make some
     * hundred thousand.
     */
    private static final int MOST_VALUES = 2_000_000;

    private final ByteBuffer in;
    private final List<@Nullable Object> stack = new ArrayList<>();
    private final Map<Long, @Nullable Object> memo = new HashMap<>();
    private int values;

    private RestrictedPickle(byte[] pickle) {
        in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads one pickle.
     *
     * @param pickle its bytes
     * @return the object
     * @throws IOException where it is damaged or asks for anything but data
     */
    static @Nullable Object read(byte[] pickle) throws IOException {
        RestrictedPickle reader = new RestrictedPickle(pickle);
        try {
            return reader.run();
        } catch (BufferUnderflowException e) {
            throw new IOException("its pickle ends early", e);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("its pickle is damaged before byte " + reader.in.position(), e);
        }
    }

    private @Nullable Object run() throws IOException {
        while (true) {
            int opcode = in.get() & 0xFF;
            if (opcode == '.') {
                return pop();
            }
            if (!constant(opcode) && !container(opcode) && !reference(opcode)) {
                throw new IOException("its pickle has opcode " + opcode + " at byte " + (in.position() - 1)
                        + ", which PyTorch does not write");
            }
        }
    }

    private boolean constant(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> requireProtocol(in.get());
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) (in.get() & 0xFF));
            case 'M' -> push((long) (in.getShort() & 0xFFFF));
            case 'J' -> push((long) in.getInt());
            case 0x8A -> push(longInteger(in.get() & 0xFF));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X' -> push(text(Integer.toUnsignedLong(in.getInt())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) throws IOException {
        switch (opcode) {
            case '(' -> push(MARK);
            case '}' -> push(new LinkedHashMap<>());
            case ']' -> push(new ArrayList<>());
            case ')' -> push(List.of());
            case 't' -> push(toMark());
            case 0x85 -> push(last(1));
            case 0x86 -> push(last(2));
            case 0x87 -> push(last(3));
            case 'a' -> append(last(1));
            case 'e' -> append(toMark());
            case 's' -> put(last(2));
            case 'u' -> put(toMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean reference(int opcode) throws IOException {
        switch (opcode) {
            case 'q' -> remember(in.get() & 0xFF);
            case 'r' -> remember(Integer.toUnsignedLong(in.getInt()));
            case 'h' -> recall(in.get() & 0xFF);
            case 'j' -> recall(Integer.toUnsignedLong(in.getInt()));
            case 'c' -> push(PickleGlobal.named(line() + "." + line()));
            case 'Q' -> push(PickleGlobal.storage(popTuple()));
            case 'R', 0x81 -> call(popTuple());
            case 'b' -> setState(pop());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void call(List<?> arguments) throws IOException {
        if (!(pop() instanceof PickleGlobal callee)) {
            throw damaged("calls what is not a function");
        }
        push(callee.call(arguments));
    }

    /**
     * State of an ordered dictionary is PyTorch's version mark, which is not needed; of a script module, its
     * attributes.
     */
    private void setState(@Nullable Object state) throws IOException {
        if (!(state instanceof Map<?, ?> attributes)) {
            throw damaged("has an object whose state is not a dictionary");
        }
        if (top() instanceof PickleGlobal.ScriptModule module) {
            module.take(attributes);
        } else if (!(top() instanceof Map)) {
            throw damaged("gives a state to what has none");
        }
    }

    private void append(List<@Nullable Object> items) throws IOException {
        if (!(top() instanceof ArrayList<?>)) {
            throw damaged("appends to what is not a list");
        }
        @SuppressWarnings("unchecked") // only this class makes the lists on the stack
        List<@Nullable Object> target = (List<@Nullable Object>) top();
        target.addAll(items);
    }

    private IOException damaged(String what) {
        return new IOException("its pickle, before byte " + in.position() + ", " + what);
    }

    private void put(List<@Nullable Object> keysAndValues) throws IOException {
        if (!(top() instanceof LinkedHashMap<?, ?>)) {
            throw damaged("sets items of what is not a dictionary");
        }
        @SuppressWarnings("unchecked") // only this class makes the maps on the stack
        Map<Object, @Nullable Object> target = (Map<Object, @Nullable Object>) top();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            Object key = keysAndValues.get(i);
            if (!(key instanceof String) && !(key instanceof Long)) {
                throw damaged("has a dictionary whose keys are neither texts nor whole numbers");
            }
            target.put(key, keysAndValues.get(i + 1));
        }
    }

    /** Everything that takes memory goes through here, or through {@link #remember}. */
    private void push(@Nullable Object value) throws IOException {
        count();
        stack.add(value);
    }

    private void remember(long place) throws IOException {
        count();
        memo.put(place, top());
    }

    private void count() throws IOException {
        if (++values > MOST_VALUES) {
            throw new IOException("its pickle makes more than " + MOST_VALUES + " values, as no model's does");
        }
    }

    private void recall(long place) throws IOException {
        if (!memo.containsKey(place)) {
            throw new IOException("its pickle refers to object " + place + ", which it does not have");
        }
        push(memo.get(place));
    }

    private static void requireProtocol(int protocol) throws IOException {
        if (protocol != 2) {
            throw new IOException("its pickle has protocol " + protocol + "; PyTorch writes protocol 2");
        }
    }

    private long longInteger(int bytes) throws IOException {
        if (bytes > Long.BYTES) {
            throw new IOException("its pickle has a whole number of " + bytes + " bytes; at most 8 are read");
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.get() & 0xFFL) << (8 * i);
        }
        int unused = Long.SIZE - 8 * bytes;
        return bytes == 0 ? 0 : value << unused >> unused;
    }

    private String text(long bytes) throws IOException {
        if (bytes > in.remaining()) {
            throw new IOException("its pickle claims a text of " + bytes + " bytes, " + in.remaining() + " are left");
        }
        return decode((int) bytes);
    }

    private String line() throws IOException {
        int length = 0;
        while (in.get(in.position() + length) != '\n') {
            length++;
        }
        String line = decode(length);
        in.get();
        return line;
    }

    private String decode(int length) throws IOException {
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("its pickle has a text that is not UTF-8", e);
        }
    }

    private @Nullable Object top() {
        return stack.get(stack.size() - 1);
    }

    private @Nullable Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private List<?> popTuple() throws IOException {
        if (pop() instanceof List<?> tuple) {
            return tuple;
        }
        throw damaged("lacks a tuple");
    }

    private List<@Nullable Object> last(int count) {
        List<@Nullable Object> end = stack.subList(stack.size() - count, stack.size());
        List<@Nullable Object> taken = new ArrayList<>(end);
        end.clear();
        return taken;
    }

    /** What lies above the topmost mark; the mark goes too. */
    private List<@Nullable Object> toMark() {
        int items = 0;
        while (stack.get(stack.size() - 1 - items) != MARK) {
            items++;
        }
        List<@Nullable Object> taken = last(items);
        pop();
        return taken;
    }
}
