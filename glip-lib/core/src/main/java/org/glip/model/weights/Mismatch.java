package org.glip.model.weights;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the tensors of a file are not those of a model, told so that a screen holds it, with a guess at the cause. */
final class Mismatch {
    /** So many of a kind are named; what is wrong with a model is mostly wrong with all of its blocks. */
    private static final int NAMED = 5;

    private static final int LONGEST_NAME = 100;

    private final List<String> missing = new ArrayList<>();
    private final List<String> reshaped = new ArrayList<>();
    private final Set<String> absent = new LinkedHashSet<>();
    private final Set<String> unused;

    Mismatch(Map<String, Shape> found, ParameterList parameters) {
        unused = new LinkedHashSet<>(found.keySet());
        for (Pair<String, Parameter> parameter : parameters) {
            String name = parameter.getKey();
            Shape shape = parameter.getValue().getShape();
            unused.remove(name);
            if (!found.containsKey(name)) {
                absent.add(name);
                missing.add("missing " + name + " " + shape);
            } else if (!found.get(name).equals(shape)) {
                reshaped.add(name + " has shape " + found.get(name) + ", the model needs " + shape);
            }
        }
    }

    boolean isNone() {
        return missing.isEmpty() && reshaped.isEmpty() && unused.isEmpty();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        addFirst(parts, missing, "missing");
        addFirst(parts, reshaped, "of another shape");
        addFirst(
                parts,
                unused.stream()
                        .map(name -> "not part of the model: " + abbreviated(name))
                        .toList(),
                "not part of the model");
        String guess = guess();
        return (guess.isEmpty() ? "" : guess + ". ") + String.join("; ", parts);
    }

    private static void addFirst(List<String> parts, List<String> all, String kind) {
        parts.addAll(all.subList(0, Math.min(NAMED, all.size())));
        if (all.size() > NAMED) {
            parts.add("and " + (all.size() - NAMED) + " more that are " + kind);
        }
    }

    private static String abbreviated(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }

    private String guess() {
        if (unused.stream().anyMatch(name -> name.startsWith("vision_model.") || name.startsWith("text_model."))) {
            return "The names are those of transformers, whose weights are not read: take the same model in open_clip's"
                    + " form (on model hubs the repositories with an open_clip_config.json)";
        }
        return unused.stream()
                .map(this::prefix)
                .filter(prefix -> !prefix.isEmpty())
                .collect(Collectors.groupingBy(prefix -> prefix, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(prefix -> 2 * prefix.getValue() > absent.size())
                .max(Map.Entry.comparingByValue())
                .map(prefix -> prefix.getValue() + " of the " + absent.size() + " missing tensors are there with '"
                        + prefix.getKey() + "' before their names: save them again without it, in Python"
                        + " {k.removeprefix('" + prefix.getKey() + "'): v for k, v in state_dict.items()}")
                .orElse("");
    }

    /** What stands before a missing tensor's name, or nothing. */
    private String prefix(String name) {
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (absent.contains(name.substring(dot + 1))) {
                return name.substring(0, dot + 1);
            }
        }
        return "";
    }
}
