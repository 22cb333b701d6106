#!/usr/bin/env python3
"""Makes zero-shot-sets.json again: class names, prompt templates and folder names of the usual zero-shot sets.

    pip install --no-deps clip-benchmark==1.6.2 timm==1.0.31 mmpretrain==1.2.0 tensorflow-datasets==4.9.10
    data-scripts/make-zero-shot-sets.py glip-lib/experiments/src/main/resources/org/glip/sets/zero-shot-sets.json

Only a maintainer needs this: the result is committed. The packages are read, not run. Sets have the names and the class
order of CLIP_benchmark; words of a class name are separated by spaces everywhere.
"""

import ast
import importlib.metadata
import json
import pathlib
import sys

VERSIONS = {"clip-benchmark": "1.6.2", "timm": "1.0.31", "mmpretrain": "1.2.0", "tensorflow-datasets": "4.9.10"}

# CLIP_benchmark brings the names of these itself; clevr_closest_object_distance is left out, for it has a class without a name.
OWN_NAMES = [
    "imagenet1k", "caltech101", "caltech101_vtab", "clevr_count_all", "country211", "diabetic_retinopathy", "dmlab",
    "eurosat", "fer2013", "flowers", "gtsrb", "kitti_closest_vehicle_distance", "mnist", "pcam", "pets", "svhn",
]  # fmt: skip


def text(package, path):
    """A file of an installed package of the pinned version."""
    distribution = importlib.metadata.distribution(package)
    if distribution.version != VERSIONS[package]:
        sys.exit(f"{package} is {distribution.version}; this script reads {VERSIONS[package]}")
    return pathlib.Path(distribution.locate_file(path)).read_text(encoding="utf-8")


def constant(package, path, name):
    """The value of a module's constant, without running the module."""
    for node in ast.parse(text(package, path)).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == name:
            return list(ast.literal_eval(node.value))
    sys.exit(f"{path} has no constant {name}")


def words(names):
    return [name.replace("_", " ").replace("/", " ").strip() for name in names]


def lines(package, path):
    return [line.strip() for line in text(package, path).splitlines() if line.strip()]


def class_names():
    benchmark = json.loads(text("clip-benchmark", "clip_benchmark/datasets/en_classnames.json"))
    names = {name: benchmark[name] for name in OWN_NAMES}
    for name, constant_name in {
        "cars": "STANFORDCARS_CATEGORIES",
        "cifar10": "CIFAR10_CATEGORIES",
        "cifar100": "CIFAR100_CATEGORIES",
        "fashion_mnist": "FASHIONMNIST_CATEGORITES",
        "fgvc_aircraft": "FGVCAIRCRAFT_CATEGORIES",
    }.items():
        names[name] = [n.replace("_", " ") for n in constant("mmpretrain", "mmpretrain/datasets/categories.py", constant_name)]
    tfds = "tensorflow_datasets/image_classification/"
    names["dtd"] = words(lines("tensorflow-datasets", tfds + "dtd_key_attributes.txt"))
    names["food101"] = words(lines("tensorflow-datasets", tfds + "food-101_classes.txt"))
    names["sun397"] = words(line[3:] for line in lines("tensorflow-datasets", tfds + "sun397_labels.txt"))
    builder = "tensorflow_datasets/datasets/resisc45/resisc45_dataset_builder.py"
    names["resisc45"] = words(constant("tensorflow-datasets", builder, "_LABELS"))
    names["voc2007"] = constant("clip-benchmark", "clip_benchmark/datasets/voc2007.py", "object_categories")
    # as in the sets' own class_names.txt and folders
    names["stl10"] = ["airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck"]
    names["renderedsst2"] = ["negative", "positive"]
    return names


def main(out):
    templates = json.loads(text("clip-benchmark", "clip_benchmark/datasets/en_zeroshot_classification_templates.json"))
    templates["caltech101_vtab"] = templates["caltech101"]
    sets = {}
    for name, classes in sorted(class_names().items()):
        sets[name] = {"classes": classes}
        # the eighty of ImageNet are those of PromptTemplates, which also serve a set that has none of its own
        if name in templates and name != "imagenet1k":
            sets[name]["templates"] = [template.replace("{c}", "{}") for template in templates[name]]
    info = "timm/data/_info/"
    sets["imagenet1k"]["folders"] = lines("timm", info + "imagenet_synsets.txt")
    sets["imagenet_sketch"] = {"partOf": "imagenet1k"}
    sets["imagenetv2"] = {"partOf": "imagenet1k"}
    sets["imagenet-a"] = {"partOf": "imagenet1k", "folders": lines("timm", info + "imagenet_a_synsets.txt")}
    sets["imagenet-r"] = {"partOf": "imagenet1k", "folders": lines("timm", info + "imagenet_r_synsets.txt")}
    content = {"sources": VERSIONS, "sets": dict(sorted(sets.items()))}
    pathlib.Path(out).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main(*sys.argv[1:])
