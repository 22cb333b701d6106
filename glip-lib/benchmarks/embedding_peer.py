"""Times open_clip's encode_image and encode_text over pictures and captions in batches, float32, and prints a JSON object.

    python embedding_peer.py CAPTIONS [--model ViT-B-16] [--pictures 64] [--batch 64]

CAPTIONS is a UTF-8 file with a caption a line. Weights are new and pictures are noise, which changes no time. A round is what an evaluation
does: tokens of all captions (or pixels, which lie ready) to L2-normalised features.
"""

import argparse
import json

import open_clip
import torch

from stopwatch import times

WARMUP, ROUNDS = 1, 3


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("captions")
    arguments.add_argument("--model", default="ViT-B-16")
    arguments.add_argument("--pictures", type=int, default=64)
    arguments.add_argument("--batch", type=int, default=64)
    options = arguments.parse_args()
    with open(options.captions, encoding="utf-8", newline="\n") as file:
        captions = file.read().split("\n")[:-1]
    model = open_clip.create_model(options.model).eval()
    tokenizer = open_clip.get_tokenizer(options.model)
    side = model.visual.image_size[0]
    pixels = torch.rand(options.pictures, 3, side, side) * 2 - 1

    def images():
        return torch.cat([model.encode_image(some, normalize=True) for some in pixels.split(options.batch)])

    def texts():
        batches = [captions[first:first + options.batch] for first in range(0, len(captions), options.batch)]
        return torch.cat([model.encode_text(tokenizer(some), normalize=True) for some in batches])

    with torch.inference_mode():
        result = {**times("images", WARMUP, ROUNDS, images), **times("texts", WARMUP, ROUNDS, texts)}
    print(json.dumps({**result, "pictures": options.pictures, "captions": len(captions), "threads": torch.get_num_threads()}))


if __name__ == "__main__":
    main()
