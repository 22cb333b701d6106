"""What open_clip makes of picture files and texts, from the file to the probability, with a small model of random weights.

Writes ../resources/org/glip/front_door/: open_clip_config.json, model.safetensors.gz (only the tokens that occur have an
embedding, so that it packs well) and expected.json: L2-normalised features of pictures and texts, and the probabilities of
labels. The pictures are those of ../resources/org/glip/image/sources, converted to RGB first, as open_clip's loaders do.

    pip install torch==2.7.1 open_clip_torch==3.3.0 ftfy==6.3.1 && python make_front_door_golden.py     (seconds)
"""

import copy
import gzip
import json
import math
import pathlib

import open_clip
import torch
from open_clip.transform import image_transform
from PIL import Image
from safetensors.torch import save

RESOURCES = pathlib.Path(__file__).parent.parent / "resources/org/glip"
TARGET = RESOURCES / "front_door"
PICTURES = ["jpeg-420-photo.jpg", "jpeg-exif-turned.jpg", "png-rgba.png", "gif.gif", "webp-lossless.webp"]
LABELS = ["cat", "red car", "Élan vital", "two dogs"]
TEMPLATES = ["a photo of a {}.", "{}, in the style of a drawing"]
TEXTS = ["a red car", "A  Red CAR", "caf\u00c3\u00a9 &amp; tea", "word " * 30, "!"]
LOGIT_SCALE = 6.0

CONFIG = {
    "embed_dim": 12,
    "vision_cfg": {"image_size": 32, "patch_size": 8, "width": 16, "layers": 2, "head_width": 8},
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 8, "heads": 2, "layers": 2},
}


def build(used):
    torch.manual_seed(7)
    model = open_clip.CLIP(**copy.deepcopy(CONFIG)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 1:
                parameter.add_(0.1 * torch.randn(parameter.shape))
        # open_clip starts embeddings small, and with random weights all texts and pictures would be much alike
        model.visual.conv1.weight.mul_(8)
        tokens = model.token_embedding.weight[used] * 20
        model.token_embedding.weight.zero_()
        model.token_embedding.weight[used] = tokens
        model.logit_scale.fill_(math.log(LOGIT_SCALE))
    return model


def probabilities(model, tokenize, pictures, templates):
    """CLIP's ensemble of prompts: normalise each, take the mean, normalise again."""
    weights = []
    for label in LABELS:
        prompts = model.encode_text(tokenize([template.format(label) for template in templates]), normalize=True)
        weights.append(torch.nn.functional.normalize(prompts.mean(0), dim=0))
    return (model.logit_scale.exp() * pictures @ torch.stack(weights).T).softmax(dim=-1).tolist()


def main():
    context = CONFIG["text_cfg"]["context_length"]
    simple = open_clip.tokenizer.SimpleTokenizer()
    tokenize = lambda texts: simple(texts, context_length=context)
    prompts = [template.format(label) for template in TEMPLATES for label in LABELS]
    model = build(tokenize(TEXTS + prompts).unique())
    preprocess = image_transform(CONFIG["vision_cfg"]["image_size"], is_train=False)
    pixels = [preprocess(Image.open(RESOURCES / "image/sources" / name).convert("RGB")) for name in PICTURES]
    with torch.no_grad():
        pictures = model.encode_image(torch.stack(pixels), normalize=True)
        texts = model.encode_text(tokenize(TEXTS), normalize=True)
        expected = {
            "pictures": dict(zip(PICTURES, pictures.tolist())),
            "texts": [{"text": text, "feature": row} for text, row in zip(TEXTS, texts.tolist())],
            "logit_scale": LOGIT_SCALE,
            "labels": LABELS,
            "templates": TEMPLATES,
            "probabilities": {
                "photo": probabilities(model, tokenize, pictures, TEMPLATES[:1]),
                "all": probabilities(model, tokenize, pictures, TEMPLATES),
            },
        }
    TARGET.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.detach().contiguous() for name, tensor in model.state_dict().items()}
    (TARGET / "model.safetensors.gz").write_bytes(gzip.compress(save(weights), mtime=0))
    (TARGET / "open_clip_config.json").write_text(json.dumps({"model_cfg": CONFIG}, indent=2) + "\n")
    (TARGET / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
