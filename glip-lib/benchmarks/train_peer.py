#!/usr/bin/env python3
"""Times training steps of open_clip as `glip bench` times ours: noise as pictures, captions of 8 to 20 words (or as --words says),
optimiser included, loading excluded. Prints the same JSON.

open_clip is used as its own training script uses it: patch dropout in the model, autocast for bf16, torch's fused AdamW with the
paper's settings, weight decay only on tensors of two or more dimensions. Needs the packages of requirements.txt. On a GPU (untested)
a batch comes from pinned memory without waiting, and a step ends when its loss is read, as ours does.
"""

import argparse
import json
import math
import random
import resource
import statistics
import time

import open_clip
import torch
from open_clip.loss import ClipLoss

WORDS = ("a the photo of dog cat on red old house with tree near water two people street in front mountain small white car table under "
         "blue sky").split()


def device_memory(device):
    """What all programs together have in use on a GPU, as `glip bench` tells it; None on a CPU."""
    if device.type != "cuda":
        return None
    free, total = torch.cuda.mem_get_info(device)
    return total - free


def captions(count, generator, words):
    return [" ".join(generator.choice(WORDS) for _ in range(generator.randint(*words))) for _ in range(count)]


def build(arguments):
    torch.manual_seed(0)
    if arguments.model_json:
        with open(arguments.model_json, encoding="utf-8") as file:
            config = json.load(file)
        config.get("vision_cfg", {})["patch_dropout"] = arguments.ratio
        return open_clip.CLIP(**config)
    return open_clip.create_model(arguments.model, precision="fp32", force_patch_dropout=arguments.ratio)


def optimizer_of(model):
    plain = [p for p in model.parameters() if p.ndim < 2]
    decayed = [p for p in model.parameters() if p.ndim >= 2]
    groups = [{"params": plain, "weight_decay": 0.0}, {"params": decayed, "weight_decay": 0.2}]
    return torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98), eps=1e-6, fused=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", default="ViT-B-16")
    parser.add_argument("--model-json", help="open_clip's model configuration, in place of a name")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--ratio", type=float, default=0.0)
    parser.add_argument("--precision", choices=["fp32", "tf32", "bf16"], default="fp32")
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N")
    parser.add_argument("--compile", action="store_true", help="by torch.compile")
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--warmup-steps", type=int, default=1)
    parser.add_argument("--words", type=int, nargs=2, default=(8, 20), help="fewest and most words of a caption")
    arguments = parser.parse_args()

    device = torch.device(arguments.device)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = arguments.precision == "tf32"
    model = build(arguments).train().to(device)
    size = model.visual.image_size
    size = size if isinstance(size, int) else size[0]
    tokenizer = open_clip.get_tokenizer("ViT-B-16", context_length=model.context_length)
    optimizer, loss_function = optimizer_of(model), ClipLoss()
    compiled = torch.compile(model) if arguments.compile else model
    generator = random.Random(0)
    pixels = torch.rand(arguments.batch, 3, size, size) * 2 - 1
    batches = [tokenizer(captions(arguments.batch, generator, arguments.words)) for _ in range(arguments.steps + arguments.warmup_steps)]
    if device.type == "cuda":
        pixels, batches = pixels.pin_memory(), [tokens.pin_memory() for tokens in batches]

    wall, cpu = [], []
    for step, tokens in enumerate(batches):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        optimizer.zero_grad()
        with torch.autocast(device.type, torch.bfloat16, enabled=arguments.precision == "bf16"):
            features = compiled(pixels.to(device, non_blocking=True), tokens.to(device, non_blocking=True))
            loss = loss_function(features[0], features[1], features[2])
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            model.logit_scale.clamp_(0, math.log(100))
        loss.item()
        if step >= arguments.warmup_steps:
            wall.append(time.perf_counter() - wall_start)
            cpu.append(time.process_time() - cpu_start)
    print(json.dumps({
        "wall_seconds": wall,
        "cpu_seconds": cpu,
        "samples_per_second": arguments.batch / statistics.median(wall),
        "peak_rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "device_memory_bytes": device_memory(device),
        "device": f"{device}, {torch.cuda.get_device_name(device)}" if device.type == "cuda" else "cpu",
        "compiled": arguments.compile,
        "model": arguments.model_json or arguments.model,
        "batch": arguments.batch,
        "ratio": arguments.ratio,
        "precision": arguments.precision,
        "threads": torch.get_num_threads(),
        "engine": f"open_clip {open_clip.__version__}, torch {torch.__version__}",
    }))


if __name__ == "__main__":
    main()
