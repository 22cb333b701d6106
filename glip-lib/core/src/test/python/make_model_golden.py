"""Small open_clip models with random weights, and what open_clip computes with them.

Writes ../resources/org/glip/model/open_clip/NAME/: model.safetensors and config.json, as open_clip has them, and
expected.safetensors: pixels, tokens, kept patches, and for each of `whole` (all patches) and `kept` (those patches alone)
the features, the loss and the gradient of every parameter. Also positions.safetensors: position embeddings and what
open_clip's resize_pos_embed makes of them.

    pip install torch==2.7.1 open_clip_torch==3.3.0 && python make_model_golden.py     (seconds)
"""

import copy
import json
import pathlib
import types

import open_clip
import torch
from safetensors.torch import save_file

TARGET = pathlib.Path(__file__).parent.parent / "resources/org/glip/model/open_clip"
PAIRS = 6

VISION = {"image_size": 20, "patch_size": 5, "width": 16, "layers": 2, "head_width": 8, "mlp_ratio": 4.0}
TEXT = {"context_length": 12, "vocab_size": 60, "width": 12, "heads": 2, "layers": 2, "mlp_ratio": 4.0}
CONFIGS = {
    "class-token": {"embed_dim": 20, "vision_cfg": VISION, "text_cfg": TEXT},
    "average": {"embed_dim": 16, "vision_cfg": {**VISION, "pool_type": "avg"}, "text_cfg": TEXT},
    "quick-gelu": {"embed_dim": 16, "quick_gelu": True, "vision_cfg": VISION, "text_cfg": TEXT},
    "no-ln-pre": {"embed_dim": 16, "vision_cfg": {**VISION, "no_ln_pre": True}, "text_cfg": TEXT},
    # a grid of 7, three layers in one tower and one in the other, one head, an MLP width that is rounded down, a long context
    "odd-shapes": {
        "embed_dim": 10,
        "vision_cfg": {**VISION, "image_size": 28, "patch_size": 4, "width": 18, "head_width": 18, "mlp_ratio": 2.6},
        "text_cfg": {**TEXT, "context_length": 90, "heads": 3, "layers": 1, "mlp_ratio": 3.7},
    },
    "one-block": {
        "embed_dim": 16,
        "vision_cfg": {**VISION, "layers": 1, "pool_type": "avg", "no_ln_pre": True},
        "text_cfg": {**TEXT, "context_length": 5, "layers": 3},
        "quick_gelu": True,
    },
}


class KeepPatches(torch.nn.Module):
    """Stands in for open_clip's PatchDropout: keeps the class token and the given patches."""

    def __init__(self):
        super().__init__()
        self.kept = None

    def forward(self, x):
        if self.kept is None:
            return x
        rows = torch.arange(len(x))[:, None]
        return torch.cat([x[:, :1], x[:, 1:][rows, self.kept]], dim=1)


def build(config, generator):
    """A model by open_clip's own initialisation; gains and biases are moved off 1 and 0, which would hide a mix-up."""
    model = open_clip.CLIP(**copy.deepcopy(config))
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 1:
                parameter.add_(0.1 * torch.randn(parameter.shape, generator=generator))
    model.visual.patch_dropout = KeepPatches()
    return model.train()


def captions(config, count, generator):
    """Ids as the tokenizer lays them out: start, words, end, zeros; the end has the largest id."""
    context, vocabulary = config["text_cfg"]["context_length"], config["text_cfg"]["vocab_size"]
    tokens = torch.zeros(count, context, dtype=torch.long)
    for row in tokens:
        words = int(torch.randint(1, context - 1, (), generator=generator))
        row[0] = vocabulary - 2
        row[1 : 1 + words] = torch.randint(1, vocabulary - 2, (words,), generator=generator)
        row[1 + words] = vocabulary - 1
    return tokens


def kept_patches(config, count, generator):
    grid = config["vision_cfg"]["image_size"] // config["vision_cfg"]["patch_size"]
    draws = [torch.randperm(grid**2, generator=generator)[: grid**2 // 3].sort().values for _ in range(count)]
    return torch.stack(draws)


def state(model):
    """What open_clip's checkpoints hold: parameters alone, since the attention mask is not stored."""
    return {name: tensor.detach().clone().contiguous() for name, tensor in model.state_dict().items()}


def outputs(model, pixels, tokens, kept):
    model.visual.patch_dropout.kept = kept
    model.zero_grad()
    image, text = model.encode_image(pixels), model.encode_text(tokens)
    loss = open_clip.ClipLoss()(*model(pixels, tokens))
    loss.backward()
    found = {"image": image, "text": text, "loss": loss}
    found |= {"gradient/" + name: parameter.grad for name, parameter in model.named_parameters()}
    return {name: tensor.detach().clone().contiguous() for name, tensor in found.items()}


def write(name, config, seed):
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    folder = TARGET / name
    folder.mkdir(parents=True, exist_ok=True)
    model = build(config, generator)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file(state(model), folder / "model.safetensors", metadata={"format": "pt"})
    side = config["vision_cfg"]["image_size"]
    pixels = torch.randn(PAIRS, 3, side, side, generator=generator)
    tokens = captions(config, PAIRS, generator)
    kept = kept_patches(config, PAIRS, generator)
    expected = {"pixels": pixels, "tokens": tokens.int(), "kept": kept.int()}
    for mask, patches in (("whole", None), ("kept", kept)):
        expected |= {f"{mask}/{key}": value for key, value in outputs(model, pixels, tokens, patches).items()}
    save_file(expected, folder / "expected.safetensors")


def write_positions():
    """Grids as RECLIP resizes them, small pictures to large, and back."""
    generator = torch.Generator().manual_seed(5)
    expected = {}
    for old, new in ((4, 7), (7, 14), (14, 7), (10, 14), (2, 3), (1, 4)):
        positions = torch.randn(old**2 + 1, 3, generator=generator)
        weights = {"visual.positional_embedding": positions}
        open_clip.model.resize_pos_embed(
            weights, types.SimpleNamespace(visual=types.SimpleNamespace(grid_size=(new, new)))
        )
        expected[f"{old}-{new}/stored"] = positions
        expected[f"{old}-{new}/resized"] = weights["visual.positional_embedding"].contiguous()
    save_file(expected, TARGET / "positions.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for seed, (name, config) in enumerate(CONFIGS.items()):
        write(name, config, seed)
    write_positions()
