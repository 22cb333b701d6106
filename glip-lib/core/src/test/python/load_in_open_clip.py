"""Loads a model folder of the library in open_clip, as a user would, and evaluates both on the same shards.

    glip evaluate --task zero-shot --model FOLDER --data SHARD --out ours.json
    glip embed --model FOLDER --texts captions.txt --out ours.safetensors
    pip install torch==2.7.1 open_clip_torch==3.3.0
    python load_in_open_clip.py FOLDER SHARD ours.json captions.txt ours.safetensors

Prints the largest relative distance between two features of a caption, and how many pictures of the shard open_clip classifies
rightly by its own transform and tokenizer. Fails where a caption differs by more than 1e-5 or the accuracy is not the library's.
"""

import io
import json
import pathlib
import sys
import tarfile

import open_clip
import torch
from PIL import Image
from safetensors.torch import load_file

TEMPLATE = "a photo of a {}."
BATCH = 256


def labelled_pictures(shard, field):
    with tarfile.open(shard) as tar:
        members = {member.name: member for member in tar}
        for name in sorted(name for name in members if name.endswith(".json")):
            label = json.load(tar.extractfile(members[name]))[field]
            picture = tar.extractfile(members[name.replace(".json", ".jpg")]).read()
            yield Image.open(io.BytesIO(picture)), label


def right_answers(model, transform, tokenizer, shard, field):
    pictures, labels = zip(*labelled_pictures(shard, field))
    classes = sorted(set(labels))
    weights = model.encode_text(tokenizer([TEMPLATE.format(name) for name in classes]), normalize=True)
    right = 0
    for first in range(0, len(pictures), BATCH):
        pixels = torch.stack([transform(picture) for picture in pictures[first : first + BATCH]])
        best = (model.encode_image(pixels, normalize=True) @ weights.T).argmax(dim=1)
        right += sum(classes[i] == label for i, label in zip(best.tolist(), labels[first : first + BATCH]))
    return right, len(pictures)


def main(folder, shard, result, captions, features):
    model, _, transform = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    tokenizer = open_clip.get_tokenizer(f"local-dir:{folder}")
    model.eval()
    ours = json.loads(pathlib.Path(result).read_text(encoding="utf-8"))
    field = ours["provenance"]["configuration"]["label field"]
    with torch.no_grad():
        texts = [line for line in pathlib.Path(captions).read_text(encoding="utf-8").splitlines() if line.strip()]
        theirs = model.encode_text(tokenizer(texts), normalize=True)
        right, count = right_answers(model, transform, tokenizer, shard, field)
    distance = (theirs - load_file(features)["text"]).norm(dim=1).max().item()
    accuracy = ours["metrics"]["top-1"]
    print(f"captions: {len(texts)} features, largest relative distance {distance:.2e}")
    print(f"pictures: {right} of {count} right in open_clip, {accuracy * count:.2f} in the library")
    if not distance <= 1e-5 or round(accuracy * count) != right:
        sys.exit("not the same model")


main(*sys.argv[1:])
