"""COCO and Flickr30k as `glip evaluate --task retrieval --set` reads them: pictures beside a file of Karpathy's form.

    coco.sh [--split karpathy|val2017] DOWNLOADS SETS
    flickr30k.sh DOWNLOADS SETS

Only the pictures of the test split are unpacked: Karpathy's 5,000 of COCO's val2014, or all 5,000 of val2017, and 1,000
of Flickr30k.
"""

import argparse
import json
import pathlib
import sys

import unpack

KARPATHY = "caption_datasets.zip"


def karpathy(downloads, name, archive):
    """The test images of Karpathy's file, which is unpacked or in his archive, and the archive of their pictures."""
    if (downloads / name).is_file():
        [pictures] = unpack.require(downloads, [archive])
        content = unpack.parse((downloads / name).read_bytes(), downloads / name)
    else:
        captions, pictures = unpack.require(downloads, [KARPATHY, archive])
        content = unpack.read_json(captions, name)
    return test_images(content, name), pictures


def is_image(image):
    return isinstance(image, dict) and "filename" in image and "split" in image


def test_images(content, origin):
    images = content.get("images") if isinstance(content, dict) else None
    if not isinstance(images, list) or not all(is_image(image) for image in images):
        raise unpack.Problem(f"{origin} should hold images with a filename and a split")
    images = [image for image in images if image["split"] == "test"]
    if not images:
        raise unpack.Problem(f"{origin} has no image of the split test")
    return images


def of_val2017(content, origin):
    """The images of captions_val2017.json in Karpathy's form."""
    try:
        captions = {}
        for annotation in content["annotations"]:
            captions.setdefault(annotation["image_id"], []).append({"raw": annotation["caption"].strip()})
        return [
            {"filepath": "val2017", "filename": image["file_name"], "split": "test", "sentences": captions[image["id"]]}
            for image in content["images"]
        ]
    except (KeyError, TypeError) as error:
        raise unpack.Problem(f"{origin} is no caption file of COCO: {error!r}") from error


def write_set(root, images, caption_file, archive, folder):
    """Unpacks the pictures of some images, then writes the captions: where these are, all is."""
    wanted = {image["filename"] for image in images}
    target = root / folder
    if not target.exists():
        unpack.check(archive)
        unpack.tell(f"{archive.name}: unpacking {len(wanted)} pictures into {target}")
        with unpack.whole(target) as part:
            unpack.unpack(archive, part, lambda name: last(name) if last(name) in wanted else None)
            absent = sorted(wanted - {path.name for path in part.iterdir()})
            if absent:
                raise unpack.Problem(f"{archive} lacks {len(absent)} of {len(wanted)} pictures, such as {absent[0]}")
    unpack.write(root / caption_file, json.dumps({"images": images}, ensure_ascii=False))


def last(name):
    return pathlib.PurePosixPath(name).name


def coco(downloads, sets, split):
    if split == "val2017":
        annotations, pictures = unpack.require(downloads, ["annotations_trainval2017.zip", "val2017.zip"])
        unpack.check(annotations)
        images = of_val2017(unpack.read_json(annotations, "captions_val2017.json"), annotations)
        root = sets / "mscoco_captions_val2017"
    else:
        images, pictures = karpathy(downloads, "dataset_coco.json", "val2014.zip")
        root = sets / "mscoco_captions"
    write_set(root, images, "dataset_coco.json", pictures, pictures.stem)
    unpack.tell(f"glip evaluate --task retrieval --set mscoco_captions --data {root} ...")


def flickr30k(downloads, sets):
    images, pictures = karpathy(downloads, "dataset_flickr30k.json", "flickr30k-images.tar.gz")
    write_set(sets / "flickr30k", images, "dataset_flickr30k.json", pictures, "flickr30k-images")
    unpack.tell(f"glip evaluate --task retrieval --set flickr30k --data {sets / 'flickr30k'} ...")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=["coco", "flickr30k"], help="said by the script that starts this")
    parser.add_argument("--split", choices=["karpathy", "val2017"], default="karpathy", help="of COCO")
    parser.add_argument("downloads", type=pathlib.Path)
    parser.add_argument("sets", type=pathlib.Path)
    args = parser.parse_args()
    if args.set == "coco":
        coco(args.downloads, args.sets, args.split)
    else:
        flickr30k(args.downloads, args.sets)


unpack.run(main, sys.argv[1] if len(sys.argv) > 1 else "captions")
