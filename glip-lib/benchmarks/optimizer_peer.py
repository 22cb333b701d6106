"""Times PyTorch's fused AdamW on the parameters of open_clip's model and prints a JSON object.

    python optimizer_peer.py [--model ViT-B-16]

A round is the step of open_clip's two groups, gradients ready.
"""

import argparse
import json

import open_clip
import torch

from stopwatch import times

WARMUP, ROUNDS = 3, 15


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", default="ViT-B-16")
    options = arguments.parse_args()
    model = open_clip.create_model(options.model)
    parameters = list(model.parameters())
    for parameter in parameters:
        parameter.grad = torch.ones_like(parameter)
    groups = [
        {"params": [p for p in parameters if p.ndim < 2], "weight_decay": 0.0},
        {"params": [p for p in parameters if p.ndim >= 2], "weight_decay": 0.2},
    ]
    optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98), eps=1e-6, fused=True)

    result = times("step", WARMUP, ROUNDS, optimizer.step)
    print(json.dumps({**result, "parameters": sum(p.numel() for p in parameters), "threads": torch.get_num_threads()}))


if __name__ == "__main__":
    main()
