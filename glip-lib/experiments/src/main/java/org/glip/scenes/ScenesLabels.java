package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.files.Json;
import org.glip.files.JsonFields;

/**
 * The classes of a split, each list sorted; a class's number is its place in its list.
 *
 * @param labels all labels that the split shows
 * @param flags those of them that are flags
 * @param readable those that are a plain word for a thing, drawn in most styles: at most 200, for tables and pictures
 * @param subgroups all kinds that the split shows
 * @param groups all kinds of kinds
 */
public record ScenesLabels(
        List<String> labels, List<String> flags, List<String> readable, List<String> subgroups, List<String> groups) {
    private static final int READABLE = 200;
    private static final Set<String> THINGS =
            Set.of("animals & nature", "food & drink", "travel & places", "activities", "objects");

    /** {@return the labels that are no flags} */
    public List<String> withoutFlags() {
        Set<String> excluded = Set.copyOf(flags);
        return labels.stream().filter(label -> !excluded.contains(label)).toList();
    }

    static ScenesLabels of(List<Foreground> split, ForegroundLibrary library) {
        Collection<Concept> concepts = split.stream()
                .collect(Collectors.toMap(f -> f.concept().id(), Foreground::concept, (a, b) -> a, LinkedHashMap::new))
                .values();
        return new ScenesLabels(
                sorted(concepts.stream().map(Concept::label).toList()),
                sorted(concepts.stream()
                        .filter(Concept::flag)
                        .map(Concept::label)
                        .toList()),
                readable(concepts, library),
                sorted(concepts.stream().map(Concept::subgroup).toList()),
                sorted(concepts.stream().map(Concept::group).toList()));
    }

    /** One-word things in the order of how many styles draw them; among equals, the hash of the label decides. */
    private static List<String> readable(Collection<Concept> concepts, ForegroundLibrary library) {
        Map<String, Long> styles = library.all().stream()
                .collect(Collectors.groupingBy(
                        f -> f.concept().id(),
                        Collectors.collectingAndThen(
                                Collectors.mapping(Foreground::style, Collectors.toSet()), set -> (long) set.size())));
        return sorted(concepts.stream()
                .filter(concept ->
                        THINGS.contains(concept.group()) && concept.label().matches("[a-z]+"))
                .sorted(Comparator.comparing((Concept concept) -> -styles.get(concept.id()))
                        .thenComparing(concept -> DigestUtils.sha256Hex(concept.label())))
                .limit(READABLE)
                .map(Concept::label)
                .toList());
    }

    private static List<String> sorted(List<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.add("labels", Json.array(labels));
        json.add("flags", Json.array(flags));
        json.add("readable", Json.array(readable));
        json.add("subgroups", Json.array(subgroups));
        json.add("groups", Json.array(groups));
        return json;
    }

    /** Reads what {@link #toJson} gave. */
    static ScenesLabels of(JsonFields json) throws IOException {
        return new ScenesLabels(
                json.texts("labels"),
                json.texts("flags"),
                json.texts("readable"),
                json.texts("subgroups"),
                json.texts("groups"));
    }
}
