"""Logistic regressions by scikit-learn, for LinearProbeGoldenTest.

Writes ../resources/org/glip/eval/probe.safetensors: L2-normalised features (n,d) of overlapping clusters with unequal class
sizes, labels (n), and for each C of CS weights C.weights (K,d), biases C.biases (K) and the objective C.loss at the minimum:
mean cross-entropy + |W|^2 / (2 C n). Solved in float64 to a tolerance of 1e-10.
Also AdamW as CLIP_benchmark trains: adamw.weights and adamw.biases after five steps from start.weights and start.biases.

    pip install scikit-learn==1.9.1 safetensors torch==2.7.1 && python make_probe_golden.py     (seconds)
"""

import pathlib

import numpy as np
import torch
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression

TARGET = pathlib.Path(__file__).parent.parent / "resources/org/glip/eval/probe.safetensors"
CS = [0.01, 1.0, 100.0, 10000.0]
SIZES = [30, 45, 12, 60, 20]
DIMENSION, NOISE = 12, 0.6

rng = np.random.default_rng(5)
centres = rng.normal(size=(len(SIZES), DIMENSION))
centres /= np.linalg.norm(centres, axis=1, keepdims=True)
labels = np.concatenate([np.full(size, k) for k, size in enumerate(SIZES)])
features = centres[labels] + NOISE * rng.normal(size=(len(labels), DIMENSION))
features = (features / np.linalg.norm(features, axis=1, keepdims=True)).astype(np.float32)

golden = {"features": features, "labels": labels.astype(np.float32)}
for c in CS:
    model = LogisticRegression(C=c, tol=1e-10, max_iter=100_000).fit(features.astype(np.float64), labels)
    logits = features @ model.coef_.T + model.intercept_
    shares = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    loss = -shares[np.arange(len(labels)), labels].mean() + (model.coef_**2).sum() / (2 * c * len(labels))
    print(c, model.n_iter_, loss, model.score(features, labels))
    golden[f"{c:g}.weights"] = np.ascontiguousarray(model.coef_, dtype=np.float32)
    golden[f"{c:g}.biases"] = model.intercept_.astype(np.float32)
    golden[f"{c:g}.loss"] = np.array([loss], dtype=np.float32)

torch.manual_seed(0)
layer = torch.nn.Linear(DIMENSION, len(SIZES))
golden["start.weights"], golden["start.biases"] = (p.detach().numpy().copy() for p in (layer.weight, layer.bias))
optimizer = torch.optim.AdamW(layer.parameters(), lr=0.1, weight_decay=0.5)
for step in range(5):
    rows = slice(32 * step, 32 * (step + 1))
    for group in optimizer.param_groups:
        group["lr"] = 0.1 * 0.5 * (1 + np.cos(np.pi * step / 5))
    optimizer.zero_grad()
    x, y = torch.from_numpy(features[rows]), torch.from_numpy(labels[rows])
    torch.nn.functional.cross_entropy(layer(x), y).backward()
    optimizer.step()
golden["adamw.weights"], golden["adamw.biases"] = (p.detach().numpy().copy() for p in (layer.weight, layer.bias))

TARGET.parent.mkdir(parents=True, exist_ok=True)
save_file(golden, TARGET)
