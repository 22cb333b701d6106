"""What open_clip makes of pictures and texts where a configuration is not CLIP's own: preprocess_cfg, and text positions.

Loads the model of ../resources/org/glip/front_door as a folder, with open_clip's own reading of the configuration, and
writes front_door/preprocessing.json (features of pictures for each preprocess_cfg), front_door/text_positions.json
(features of texts at other context lengths) and image/preprocess.json (CRC-32 of the pixels, row by row, that the
transform hands to ToTensor). Pictures are converted to RGB first, as open_clip's loaders do.

    pip install torch==2.7.1 torchvision==0.22.1 open_clip_torch==3.3.0 Pillow==13.0.0
    python make_preprocess_golden.py     (seconds; front_door and image/sources must be there)
"""

import gzip
import json
import pathlib
import tempfile
import warnings
import zlib

import open_clip
import torch
from open_clip.transform import PreprocessCfg, image_transform_v2
from PIL import Image

RESOURCES = pathlib.Path(__file__).parent.parent / "resources/org/glip"
SOURCES = RESOURCES / "image/sources"
FRONT_DOOR = RESOURCES / "front_door"
PICTURES = ["png-rgb-wide.png", "png-rgba.png", "webp-tall.webp", "gif.gif"]
TEXTS = ["a red car", "word " * 30, "two dogs and a cat in the style of a drawing", "!"]
SIZES = [64, 49]

HALF = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}
IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
CONFIGS = [
    HALF,
    IMAGENET,
    {"mean": 0.5, "std": 0.25},
    {"mean": [0.0, 0.0, 0.0], "std": [1.0, 1.0, 1.0], "resize_mode": "squash"},
    {"resize_mode": "squash"},
    {"resize_mode": "longest"},
    {"interpolation": "bilinear"},
    {"interpolation": "random"},
    {**HALF, "interpolation": "bicubic", "resize_mode": "squash", "size": 32, "mode": "RGB", "fill_color": 0},
    {**HALF, "interpolation": "bilinear", "resize_mode": "squash", "size": [32, 32]},
    {"resize_mode": "longest", "fill_color": 128},
    {**IMAGENET, "interpolation": "bilinear", "resize_mode": "longest", "fill_color": [255, 0, 64]},
]
PIXELS = [
    {"resize_mode": mode, "interpolation": interpolation, "fill_color": fill}
    for mode in ["shortest", "longest", "squash"]
    for interpolation in ["bicubic", "bilinear"]
    for fill in ([0, 128, [255, 0, 64]] if mode == "longest" else [0])
]


def rgb(name):
    return Image.open(SOURCES / name).convert("RGB")


def folder(parent, config):
    path = pathlib.Path(parent)
    (path / "model.safetensors").write_bytes(gzip.decompress((FRONT_DOOR / "model.safetensors.gz").read_bytes()))
    (path / "open_clip_config.json").write_text(json.dumps(config))
    return f"local-dir:{parent}"


def config():
    return json.loads((FRONT_DOOR / "open_clip_config.json").read_text())


def write_features():
    cases = []
    for preprocess in CONFIGS:
        with tempfile.TemporaryDirectory() as parent, torch.no_grad():
            name = folder(parent, {**config(), "preprocess_cfg": preprocess})
            model, _, transform = open_clip.create_model_and_transforms(name)
            pixels = torch.stack([transform(rgb(picture)) for picture in PICTURES])
            features = model.eval().encode_image(pixels, normalize=True)
            cases.append({"preprocess_cfg": preprocess, "pictures": dict(zip(PICTURES, features.tolist()))})
    (FRONT_DOOR / "preprocessing.json").write_text(json.dumps(cases, indent=1) + "\n")


def write_text_positions():
    cases = []
    simple = open_clip.tokenizer.SimpleTokenizer()
    for length in [8, 15, 17, 33]:
        with tempfile.TemporaryDirectory() as parent, torch.no_grad():
            other = config()
            other["model_cfg"]["text_cfg"]["context_length"] = length
            model = open_clip.create_model(folder(parent, other)).eval()
            features = model.encode_text(simple(TEXTS, context_length=length), normalize=True)
            positions = model.positional_embedding.flatten().tolist()
            rows = [{"text": text, "feature": row} for text, row in zip(TEXTS, features.tolist())]
            cases.append({"context_length": length, "positions": positions, "texts": rows})
    (FRONT_DOOR / "text_positions.json").write_text(json.dumps(cases, indent=1) + "\n")


def write_pixels():
    cases = []
    names = sorted(path.name for path in SOURCES.iterdir() if not path.name.startswith("jpeg-"))
    for preprocess in PIXELS:
        for size in SIZES:
            *steps, to_tensor, normalize = image_transform_v2(PreprocessCfg(size=size, **preprocess), False).transforms
            sums = {}
            for name in names:
                picture = rgb(name)
                for step in steps[:-1] if type(steps[-1]).__name__ == "MaybeConvertMode" else steps:
                    try:
                        picture = step(picture)
                    except ValueError:  # nothing is left of a side
                        picture = None
                        break
                if picture is not None:
                    assert picture.size == (size, size)
                    sums[name] = zlib.crc32(picture.tobytes())
            cases.append({"preprocess_cfg": preprocess, "size": size, "crc32": sums})
    text = ",\n".join(json.dumps(case) for case in cases)
    (RESOURCES / "image/preprocess.json").write_text(f"[\n{text}\n]\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    write_features()
    write_text_positions()
    write_pixels()
