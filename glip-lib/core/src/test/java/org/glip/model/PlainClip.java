package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/**
 * CLIP once more, in plain tensor operations: all patches are projected, the mask acts after the position embedding,
 * every block computes every token, attention is spelled out. The fused, gathered and pooled model must agree with it.
 */
final class PlainClip {
    private final ClipConfig config;
    private final Map<String, NDArray> weights;

    PlainClip(ClipModel model) {
        config = model.config();
        weights = model.tensors();
        weights.values().forEach(w -> w.setName(null));
    }

    NDArray loss(NDArray pixels, NDArray kept, NDArray ids, NDArray ends) {
        NDArray image = image(pixels, kept);
        NDArray text = text(ids, ends);
        image = image.div(image.norm(new int[] {1}, true));
        text = text.div(text.norm(new int[] {1}, true));
        NDArray logits =
                image.matMul(text.transpose()).mul(weights.get("logit_scale").exp());
        NDArray eye = pixels.getManager().eye((int) pixels.getShape().get(0));
        NDArray rows = logits.logSoftmax(1).mul(eye).sum();
        NDArray columns = logits.logSoftmax(0).mul(eye).sum();
        return rows.add(columns).neg().div(number(2f * pixels.getShape().get(0)));
    }

    NDArray image(NDArray pixels, NDArray kept) {
        ClipConfig.Vision v = config.vision();
        long n = pixels.getShape().get(0);
        int g = v.grid().side();
        int p = v.patchSize();
        int width = v.width();
        NDArray patches =
                pixels.reshape(n, 3, g, p, g, p).transpose(0, 2, 4, 1, 3, 5).reshape(n, (long) g * g, 3L * p * p);
        NDArray x = patches.matMul(
                get("visual.conv1.weight").reshape(width, 3L * p * p).transpose());
        NDArray positions = get("visual.positional_embedding");
        x = x.add(positions.get(new NDIndex("1:")));
        long k = kept.getShape().get(1);
        x = x.gather(kept.expandDims(2).broadcast(n, k, width), 1);
        NDArray cls = get("visual.class_embedding")
                .add(positions.get(0))
                .reshape(1, 1, width)
                .broadcast(n, 1, width);
        x = cls.concat(x, 1);
        if (v.normBefore()) {
            x = norm(x, "visual.ln_pre");
        }
        for (int i = 0; i < v.layers(); i++) {
            x = block(x, "visual.transformer.resblocks." + i, v.heads(), null);
        }
        x = norm(x, "visual.ln_post");
        NDArray pooled = v.pooling() == ClipConfig.Vision.Pooling.CLASS_TOKEN
                ? x.get(new NDIndex(":, 0"))
                : x.get(new NDIndex(":, 1:")).mean(new int[] {1});
        return pooled.matMul(get("visual.proj"));
    }

    NDArray text(NDArray ids, NDArray ends) {
        long n = ids.getShape().get(0);
        long t = ids.getShape().get(1);
        int width = config.text().width();
        NDManager manager = ids.getManager();
        NDArray x = get("token_embedding.weight").get(ids.flatten()).reshape(n, t, width);
        x = x.add(get("positional_embedding").get(new NDIndex("0:" + t)));
        NDArray at = manager.arange((int) t);
        NDArray future = at.reshape(1, t)
                .gt(at.reshape(t, 1))
                .toType(DataType.FLOAT32, false)
                .mul(number(-1e9f));
        for (int i = 0; i < config.text().layers(); i++) {
            x = block(x, "transformer.resblocks." + i, config.text().heads(), future);
        }
        x = norm(x, "ln_final");
        NDArray end = x.gather(ends.reshape(n, 1, 1).broadcast(n, 1, width), 1).squeeze(1);
        return end.matMul(get("text_projection"));
    }

    private NDArray block(NDArray x, String prefix, int heads, @org.jspecify.annotations.Nullable NDArray bias) {
        Shape s = x.getShape();
        long n = s.get(0);
        long t = s.get(1);
        long d = s.get(2);
        NDArray h = norm(x, prefix + ".ln_1");
        NDArray qkv =
                h.matMul(get(prefix + ".attn.in_proj_weight").transpose()).add(get(prefix + ".attn.in_proj_bias"));
        qkv = qkv.reshape(n, t, 3, heads, d / heads).transpose(2, 0, 3, 1, 4);
        NDArray scores = qkv.get(0).matMul(qkv.get(1).transpose(0, 1, 3, 2)).div(number(Math.sqrt((double) d / heads)));
        if (bias != null) {
            scores = scores.add(bias);
        }
        NDArray a = scores.softmax(-1).matMul(qkv.get(2)).transpose(0, 2, 1, 3).reshape(n, t, d);
        x = x.add(linear(a, prefix + ".attn.out_proj"));
        h = linear(norm(x, prefix + ".ln_2"), prefix + ".mlp.c_fc");
        h = config.quickGelu()
                ? h.mul(ai.djl.nn.Activation.sigmoid(h.mul(number(1.702))))
                : h.mul(h.div(number(Math.sqrt(2))).erf().add(number(1))).mul(number(0.5));
        return x.add(linear(h, prefix + ".mlp.c_proj"));
    }

    private NDArray linear(NDArray x, String name) {
        return x.matMul(get(name + ".weight").transpose()).add(get(name + ".bias"));
    }

    private NDArray norm(NDArray x, String name) {
        NDArray centred = x.sub(x.mean(new int[] {-1}, true));
        NDArray variance = centred.square().mean(new int[] {-1}, true);
        return centred.div(variance.add(number(1e-5)).sqrt())
                .mul(get(name + ".weight"))
                .add(get(name + ".bias"));
    }

    /**
     * A constant that lives as long as the weights. The engine's own {@code mul(2f)} makes a tensor on a Java buffer and
     * drops it at once, while the graph still keeps its address for the way back: once the buffer is collected, the
     * gradient is garbage, about once in a thousand passes.
     */
    private NDArray number(double value) {
        return get("logit_scale").getManager().create((float) value);
    }

    private NDArray get(String name) {
        return weights.get(name);
    }
}
