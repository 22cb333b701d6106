"""Writes small shards with Python's webdataset and tarfile, and what webdataset reads from them.

Run:  pip install webdataset==1.0.2 Pillow numpy;  python make_golden_shards.py ../../resources/org/glip/data
Output: golden-*.tar, golden-pax.tar.gz, golden-shards.json (used by WebDatasetGoldenTest).
"""

import gzip
import hashlib
import io
import json
import sys
import tarfile
from pathlib import Path

import webdataset
from PIL import Image

IMAGE_KINDS = ["jpg", "png", "jpeg", "webp", "gif"]


def picture(number, kind):
    image = Image.new("RGB", (6 + number, 5), (40 * number % 256, 255 - 30 * number, 77))
    out = io.BytesIO()
    image.save(out, {"jpg": "JPEG", "jpeg": "JPEG"}.get(kind, kind.upper()))
    return out.getvalue()


def write_with_webdataset(path):
    with webdataset.TarWriter(str(path), mtime=0) as writer:
        for number, kind in enumerate(IMAGE_KINDS):
            writer.write({
                "__key__": f"{number:06d}",
                kind: picture(number, kind),
                "txt": f"  a picture of kind {kind}, naïve 東京 🙂\n",
                "json": {"number": number, "url": f"https://example.org/{number}"},
            })
        writer.write({"__key__": "dir.with.dots/no-text", "png": picture(7, "png"), "json": {"caption": "from json"}})
        writer.write({"__key__": "both", "png": picture(8, "png"), "jpg": picture(8, "jpg"), "txt": "jpg comes first"})
        writer.write({"__key__": "no-picture", "txt": "nothing to see"})


def write_with_tarfile(out, format):
    with tarfile.open(fileobj=out, mode="w", format=format) as tar:

        def add(name, content, type=tarfile.REGTYPE, link=""):
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.type, info.linkname = len(content), 0, type, link
            tar.addfile(info, io.BytesIO(content))

        add("sub", b"", tarfile.DIRTYPE)
        add("sub/UPPER.JPG", picture(1, "jpg"))
        add("sub/UPPER.TXT", b"upper-case extensions")
        add("two.dots.jpg", picture(2, "jpg"))  # its kind is "dots.jpg": no picture by webdataset's rule
        add("two.txt", b"first dot after the last slash ends the key")
        add("._hidden.jpg", picture(3, "jpg"))
        add("__special__", b"metadata of the shard")
        add("README", b"no dot")
        long_name = ("long-" * 19) + "/" + ("name-" * 30)
        add(long_name + ".png", picture(4, "png"))
        add(long_name + ".txt", b"a name that needs an extended header")
        add("größe.png", picture(5, "png"))
        add("größe.cls", b"17")
        add("größe.txt", "Größe".encode())
        add("link.jpg", b"", tarfile.SYMTYPE, "sub/UPPER.JPG")


def what_webdataset_reads(path):
    """The samples with a picture and a caption, in the order of the shard."""
    samples = []
    for raw in webdataset.WebDataset(str(path), shardshuffle=False, empty_check=False):
        kind = next((kind for kind in IMAGE_KINDS if kind in raw), None)
        metadata = json.loads(raw["json"]) if "json" in raw else {}
        caption = raw["txt"].decode() if "txt" in raw else metadata.get("caption")
        if kind and caption:
            samples.append({
                "key": raw["__key__"],
                "imageSha256": hashlib.sha256(raw[kind]).hexdigest(),
                "caption": caption.strip(),
                "metadata": metadata,
            })
    return samples


def main(folder):
    write_with_webdataset(folder / "golden-webdataset.tar")
    with open(folder / "golden-gnu.tar", "wb") as out:
        write_with_tarfile(out, tarfile.GNU_FORMAT)
    with open(folder / "golden-pax.tar.gz", "wb") as out, gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed:
        write_with_tarfile(packed, tarfile.PAX_FORMAT)
    expected = {p.name: what_webdataset_reads(p) for p in sorted(folder.glob("golden-*.tar*"))}
    (folder / "golden-shards.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
