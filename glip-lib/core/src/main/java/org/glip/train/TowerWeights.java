package org.glip.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.model.ClipModel;
import org.glip.model.ImageTower;
import org.glip.model.TextTower;

/**
 * The weights of a tower under tensor objects of its own, over the same memory: parts of a batch that are computed at
 * the same time must not share these objects.
 */
final class TowerWeights extends ParameterStore {
    private final Map<String, NDArray> byName = new LinkedHashMap<>();
    private final Map<Parameter, String> names = new HashMap<>();

    private TowerWeights(Iterable<Pair<String, Parameter>> parameters, String prefix, NDManager manager) {
        super(manager, false);
        for (Pair<String, Parameter> parameter : parameters) {
            String name = prefix + parameter.getKey();
            names.put(parameter.getValue(), name);
            put(name, parameter.getValue().getArray(), manager);
        }
    }

    /** The image tower's, by the names of {@link ClipModel#tensors}. */
    static TowerWeights of(ImageTower tower, NDManager manager) {
        return new TowerWeights(tower.getDirectParameters(), "visual.", manager);
    }

    /** The text tower's. */
    static TowerWeights of(TextTower tower, NDManager manager) {
        return new TowerWeights(tower.getDirectParameters(), "", manager);
    }

    /** Takes another tensor in the place of one; what it is differentiated by. */
    void put(String name, NDArray tensor, NDManager manager) {
        NDArray own = tensor.stopGradient();
        own.attach(manager);
        own.setRequiresGradient(true);
        byName.put(name, own);
    }

    /** Name to tensor, in the tower's order. */
    Map<String, NDArray> byName() {
        return byName;
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return byName.get(names.get(parameter));
    }
}
