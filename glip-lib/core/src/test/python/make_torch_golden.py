"""One small open_clip model in each form that PyTorch files of CLIP come in.

Writes ../resources/org/glip/model/torch/: open_clip_config.json, and the same weights as model.safetensors, state_dict.pt,
half.pt, bfloat16.pt, checkpoint.pt (of open_clip's training: prefixed names, optimiser), openai.pt (a TorchScript archive with
half-precision weights and the sizes that OpenAI keeps among them), views.pt (transposed and shared storages), and legacy.pt.

    pip install torch==2.7.1 open_clip_torch==3.3.0 && python make_torch_golden.py     (seconds)
"""

import json
import pathlib

import torch
from safetensors.torch import save_file

import make_model_golden as golden

TARGET = pathlib.Path(__file__).parent.parent / "resources/org/glip/model/torch"
CONFIG = {
    "embed_dim": 6,
    "quick_gelu": True,
    "vision_cfg": {"image_size": 8, "patch_size": 4, "width": 8, "layers": 1, "head_width": 4, "mlp_ratio": 2.0},
    "text_cfg": {"context_length": 5, "vocab_size": 12, "width": 6, "heads": 2, "layers": 1, "mlp_ratio": 2.0},
}


class Attributes(torch.nn.Module):
    """A module of a script archive, with nothing but its attributes."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x


def script_archive(state):
    """A TorchScript module with these dotted names, in half precision, as OpenAI's archives are built."""
    root = Attributes()
    for name, tensor in state.items():
        *path, leaf = name.split(".")
        module = root
        for part in path:
            if part not in module._modules:
                module.add_module(part, Attributes())
            module = module._modules[part]
        module.register_parameter(leaf, torch.nn.Parameter(tensor.half()))
        module.kernel_size = [int(size) for size in tensor.shape]  # lists of a type, as old convolutions have them
    for fact, value in (("input_resolution", 8), ("context_length", 5), ("vocab_size", 12)):
        root.register_buffer(fact, torch.tensor(value))
    root._modules["transformer"]._modules["resblocks"]._modules["0"].attn_mask = torch.zeros(5, 5)
    return torch.jit.script(root)


def checkpoint(model, state):
    adam = torch.optim.AdamW([model.logit_scale], lr=1e-3)
    model.logit_scale.grad = torch.ones(())
    adam.step()
    return {
        "epoch": 3,
        "name": "a run",
        "state_dict": {"module." + name: tensor for name, tensor in state.items()},
        "optimizer": adam.state_dict(),
        "scaler": {"scale": 65536.0, "growth_factor": 2.0, "_growth_tracker": 0},
    }


def main():
    torch.manual_seed(1)
    TARGET.mkdir(parents=True, exist_ok=True)
    model = golden.build(CONFIG, torch.Generator().manual_seed(1))
    state = golden.state(model)
    (TARGET / "open_clip_config.json").write_text(json.dumps({"model_cfg": CONFIG}, indent=2) + "\n")
    save_file(state, TARGET / "model.safetensors", metadata={"format": "pt"})
    torch.save(state, TARGET / "state_dict.pt")
    torch.save({name: tensor.half() for name, tensor in state.items()}, TARGET / "half.pt")
    torch.save({name: tensor.bfloat16() for name, tensor in state.items()}, TARGET / "bfloat16.pt")
    torch.save(state, TARGET / "legacy.pt", _use_new_zipfile_serialization=False)
    script_archive(state).save(TARGET / "openai.pt")
    torch.save(checkpoint(model, state), TARGET / "checkpoint.pt")
    line = torch.arange(24.0)
    views = {
        "whole": line.view(2, 3, 4),
        "turned": line.view(4, 6).t(),
        "middle": line[5:11].view(2, 3),
        "every-other": line[::2],
        "parameter": torch.nn.Parameter(torch.ones(2)),
        "whole-numbers": torch.tensor([-3, 1 << 40]),
        "bytes": torch.tensor([200, 7], dtype=torch.uint8),
        "scalar": torch.tensor(2.5, dtype=torch.float64),
    }
    torch.save(views, TARGET / "views.pt")


main()
