"""Five steps of training as open_clip trains: its parameter groups, its schedule, its clamp of the logit scale, torch's AdamW.

Writes ../resources/org/glip/train/open_clip/: batches.safetensors, and for each run NAME/config.json and model.safetensors (the
model before the first step), and expected.safetensors: learning rates, losses, scales, and the weights after the last step.
The run `masked` keeps the patches that the library's Gaussian mask draws for seed 7: its random numbers are drawn here
by an implementation of their own. The run `clamped` begins with a model that has learned its batch by heart, so that its logit scale would exceed the bound.

    pip install torch==2.7.1 open_clip_torch==3.3.0 && python make_training_golden.py     (seconds)
"""

import json
import math
import pathlib

import open_clip
import torch
from open_clip_train.scheduler import cosine_lr
from safetensors.torch import save_file

import make_model_golden as golden

TARGET = pathlib.Path(__file__).parent.parent / "resources/org/glip/train/open_clip"
STEPS, BATCH, SEED = 5, 8, 7
RATIO, SIGMA = 0.5, 0.2
CONFIG = {
    "embed_dim": 16,
    "vision_cfg": {**golden.VISION, "image_size": 16, "patch_size": 4},
    "text_cfg": golden.TEXT,
}
RUNS = {
    "masked": {"config": CONFIG, "lr": 1e-3, "warmup": 2, "scale": math.log(1 / 0.07), "masked": True},
    "clamped": {"config": {**CONFIG, "quick_gelu": True}, "lr": 3e-3, "warmup": 0, "scale": math.log(99.5), "masked": False},
}
WEIGHT_DECAY = 0.2

WORD = (1 << 64) - 1


def mix(z):
    """The finaliser of SplitMix64."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
    return z ^ (z >> 31)


def uniforms(seed, step, index, count):
    """The library's numbers for a mask: a SplitMix64 generator keyed by seed, purpose (the first), step and sample."""
    key = mix((seed + 0x9E3779B97F4A7C15) & WORD)
    key = mix(key ^ mix((step + 0xD1B54A32D192ED03) & WORD))
    key = mix(key ^ mix((index + 0x8CB92BA72F3D8DD7) & WORD))
    state = [(key + 0x9E3779B97F4A7C15 * (i + 1)) & WORD for i in range(count)]
    return [(mix(s) >> 11) * 2.0**-53 for s in state]


def gaussian_mask(step, index, side):
    x = [-1 + 2 * i / (side - 1) for i in range(side)]
    density = [math.exp(-(a * a + b * b) / (2 * SIGMA)) / (2 * math.pi * SIGMA) for a in x for b in x]
    score = [u - (1 - p) for u, p in zip(uniforms(SEED, step, index, side**2), density)]
    best = sorted(range(side**2), key=score.__getitem__, reverse=True)
    return sorted(best[: int(side**2 * (1 - RATIO))])


def batches():
    generator = torch.Generator().manual_seed(11)
    side = CONFIG["vision_cfg"]["image_size"]
    return [
        (torch.randn(BATCH, 3, side, side, generator=generator), golden.captions(CONFIG, BATCH, generator))
        for _ in range(STEPS)
    ]


def optimizer(model, lr):
    """The groups of open_clip_train's main.py."""
    exclude = lambda n, p: p.ndim < 2 or "bn" in n or "ln" in n or "bias" in n or "logit_scale" in n
    named = list(model.named_parameters())
    groups = [
        {"params": [p for n, p in named if exclude(n, p)], "weight_decay": 0.0},
        {"params": [p for n, p in named if not exclude(n, p)], "weight_decay": WEIGHT_DECAY},
    ]
    return torch.optim.AdamW(groups, lr=lr, betas=(0.9, 0.98), eps=1e-6)


def learn_by_heart(model, pixels, tokens):
    scale = model.logit_scale.item()
    adam = optimizer(model, 3e-3)
    for _ in range(12):
        adam.zero_grad()
        open_clip.ClipLoss()(*model(pixels, tokens)).backward()
        adam.step()
        model.logit_scale.data.fill_(scale)


def train(run, data):
    torch.manual_seed(3)
    model = golden.build(run["config"], torch.Generator().manual_seed(3))
    model.logit_scale.data.fill_(run["scale"])
    if not run["masked"]:
        learn_by_heart(model, *data[0])
    before = golden.state(model)
    adam = optimizer(model, run["lr"])
    schedule = cosine_lr(adam, run["lr"], run["warmup"], STEPS)
    side = CONFIG["vision_cfg"]["image_size"] // CONFIG["vision_cfg"]["patch_size"]
    rates, losses, scales, clamped = [], [], [], False
    for step, (pixels, tokens) in enumerate(data):
        if run["masked"]:
            kept = [gaussian_mask(step, step * BATCH + i, side) for i in range(BATCH)]
            model.visual.patch_dropout.kept = torch.tensor(kept)
        rates.append(schedule(step))
        adam.zero_grad()
        loss = open_clip.ClipLoss()(*model(pixels, tokens))
        loss.backward()
        adam.step()
        with torch.no_grad():
            clamped |= model.logit_scale.item() > math.log(100)
            model.logit_scale.clamp_(0, math.log(100))
        losses.append(loss.item())
        scales.append(model.logit_scale.item())
    return before, golden.state(model), rates, losses, scales, clamped


def main():
    torch.set_num_threads(1)
    data = batches()
    TARGET.mkdir(parents=True, exist_ok=True)
    save_file(
        {"pixels": torch.cat([p for p, _ in data]), "tokens": torch.cat([t for _, t in data]).int()},
        TARGET / "batches.safetensors",
    )
    for name, run in RUNS.items():
        # the clamped run sees one batch again and again
        before, after, rates, losses, scales, clamped = train(run, data if run["masked"] else data[:1] * STEPS)
        assert clamped != run["masked"], f"{name}: the clamp should act in the run named after it alone: {scales}"
        folder = TARGET / name
        folder.mkdir(exist_ok=True)
        (folder / "config.json").write_text(json.dumps(run["config"], indent=2) + "\n")
        save_file(before, folder / "model.safetensors", metadata={"format": "pt"})
        expected = {"rates": torch.tensor(rates, dtype=torch.float64), "losses": torch.tensor(losses, dtype=torch.float64)}
        expected |= {"scales": torch.tensor(scales)} | {"after/" + key: value for key, value in after.items()}
        save_file(expected, folder / "expected.safetensors")
        print(name, losses, [math.exp(s) for s in scales])


main()
