"""Gives the product files that are small and take much memory or time to open, in a JVM with a small heap, and tells the most memory that
its process held (Linux: ru_maxrss, which is VmHWM at the end), how long it ran, and what it said.

    mvn -q -B -DskipTests package
    python glip-lib/benchmarks/bombs.py [--heap 700m] FOLDER

FOLDER is made anew. Pictures stand among 60 sound ones in a shard that `glip pretrain` trains on for two steps, which must end as
if they were not there; weights are offered to `tune --init`, which must refuse them. The first row has no bomb: what is above it is
the bomb's. Prints a table in Markdown; ends with 1 where a run ends otherwise. Nothing but Python's own library is needed: the files
are written by hand.
"""

import argparse
import io
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
GLIP = ROOT / "glip-lib/bin/glip"
SOUND = (ROOT / "docs/example.jpg").read_bytes()
MODEL = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 16, "patch_size": 4, "width": 16, "layers": 1, "head_width": 8},
    "text_cfg": {"context_length": 12, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1},
}
EMPTIES = 60_000_000


def png(side):
    """An RGB picture of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer, rows = zlib.compressobj(9), bytes(100 * (1 + 3 * side))
    data = b"".join(packer.compress(rows) for _ in range(side // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bits_of(codes):
    """Big-endian bits, packed into bytes and filled with ones, with the stuffing of JPEG."""
    text = "".join(codes)
    text += "1" * (-len(text) % 8)
    return bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)).replace(b"\xff", b"\xff\x00")


def jpeg(width, height, scans, progressive):
    """A grey picture of one colour. Tables with one code of one bit: difference 0, end of block, or a run of 32,767 such blocks."""
    def segment(marker, data):
        return b"\xff" + bytes([marker]) + struct.pack(">H", 2 + len(data)) + data

    def table(kind, symbol):
        return segment(0xC4, bytes([kind, 1] + 15 * [0] + [symbol]))

    blocks = -(-width // 8) * -(-height // 8)
    frame = segment(0xC2 if progressive else 0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    out = b"\xff\xd8" + segment(0xDB, b"\x00" + 64 * b"\x01") + frame + table(0x00, 0)
    if not progressive:
        out += table(0x10, 0) + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        return out + bytes(2 * blocks // 8) + b"\xff\xd9"
    out += table(0x10, 0xE0) + segment(0xDA, b"\x01\x01\x00\x00\x00\x00") + bytes(-(-blocks // 8))
    run = "0" + 14 * "1"  # a run of 2^14 + (2^14 - 1) blocks
    scan = segment(0xDA, b"\x01\x01\x00\x01\x3f\x00") + bits_of([run] * -(-blocks // 32_767))
    return out + (scans - 1) * scan + b"\xff\xd9"


def gif(side):
    """Of one colour: codes of nine bits, a clear one after each 254 pixels' worth, in the longest words that LZW allows."""
    codes, pixels = [], 0
    while pixels < side * side:
        codes.append(256)
        codes.append(0)
        for word in range(258, 258 + 253):  # words of 2, 3, 4 ... pixels
            codes.append(word)
        pixels += 1 + sum(range(2, 2 + 253))
    codes.append(257)
    value, filled, data = 0, 0, bytearray()
    for code in codes:
        value |= code << filled
        filled += 9
        while filled >= 8:
            data.append(value & 255)
            value >>= 8
            filled -= 8
    data.append(value & 255)
    blocks = b"".join(bytes([len(part)]) + part for part in (bytes(data[i : i + 255]) for i in range(0, len(data), 255)))
    screen = struct.pack("<HHBBB", side, side, 0xF7, 0, 0) + bytes(768)
    return b"GIF89a" + screen + b"\x2c" + struct.pack("<HHHHB", 0, 0, side, side, 0) + b"\x08" + blocks + b"\x00\x3b"


def webp(side):
    """Lossless, of one colour: five tables of one symbol each, so that a pixel takes no bit at all."""
    fields = [(0x2F, 8), (side - 1, 14), (side - 1, 14), (0, 1), (0, 3), (0, 1), (0, 1), (0, 1)]
    for symbol in (0, 0, 0, 255, 0):
        fields += [(1, 1), (0, 1), (1, 1), (symbol, 8)]
    value, filled = 0, 0
    for number, count in fields:
        value |= number << filled
        filled += count
    data = value.to_bytes(-(-filled // 8), "little")
    data += b"\x00" * (len(data) % 2 + 16)
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def tiff(side):
    """Deflated, of one colour; another format than those of the field, whatever its ending."""
    packer, rows = zlib.compressobj(9), bytes(100 * 3 * side)
    data = b"".join(packer.compress(rows) for _ in range(side // 100)) + packer.flush()
    entries = [(256, 4, 1, side), (257, 4, 1, side), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 2), (273, 4, 1, 8),
               (277, 3, 1, 3), (278, 4, 1, side), (279, 4, 1, len(data))]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    return b"II*\x00" + struct.pack("<I", 8 + len(data)) + data + directory


def empties(path):
    """A checkpoint of PyTorch whose pickle is a list of empty dictionaries."""
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open("archive/data.pkl", "w", force_zip64=True) as out:
            out.write(b"\x80\x02](")
            for _ in range(60):
                out.write(b"}" * (EMPTIES // 60))
            out.write(b"e.")
        archive.writestr("archive/version", "3\n")


def shard(path, bomb, ending):
    with tarfile.open(path, "w") as tar:
        for number in range(64):
            is_bomb = bomb is not None and number % 16 == 5
            for name, data in ((f"{number:04d}.{ending if is_bomb else 'jpg'}", bomb if is_bomb else SOUND),
                               (f"{number:04d}.txt", b"a picture")):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))


def run(arguments, heap, seconds=900):
    """Returns exit code, standard error, peak memory in MB and seconds."""
    environment = {**os.environ, "GLIP_JAVA_OPTS": f"-Xmx{heap}"}
    began = time.monotonic()
    process = subprocess.Popen([str(GLIP), *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                               env=environment)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), said, usage.ru_maxrss // 1024, time.monotonic() - began


def told(said, of):
    """The line that speaks of the bomb, short."""
    lines = [line for line in said.splitlines() if of in line and ":" in line]
    text = re.sub(r"^.*?cannot be read: |^.*?\): |^glip: ", "", lines[0]) if lines else "nothing"
    return text[:200].replace("|", "/")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--heap", default="700m")
    options = parser.parse_args()
    folder = options.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "least.json").write_text(json.dumps(MODEL))
    pictures = [
        ("none", None, "jpg"),
        ("PNG, 30,000 x 30,000, one colour", png(30_000), "png"),
        ("PNG, 13,300 x 13,300, one colour", png(13_300), "png"),
        ("JPEG, 13,300 x 13,300, grey", jpeg(13_300, 13_300, 1, False), "jpg"),
        ("JPEG, progressive, 13,300 x 13,300", jpeg(13_300, 13_300, 3, True), "jpg"),
        ("JPEG, progressive, 2,000 x 1,500, 1,500 scans", jpeg(2_000, 1_500, 1_500, True), "jpg"),
        ("JPEG, progressive, 2,000 x 1,500, 700 scans", jpeg(2_000, 1_500, 700, True), "jpg"),
        ("GIF, 13,300 x 13,300, one colour", gif(13_300), "gif"),
        ("WebP, 16,383 x 16,383, one colour", webp(16_383), "webp"),
        ("WebP, 13,300 x 13,300, one colour", webp(13_300), "webp"),
        ("TIFF, 13,300 x 13,300, one colour", tiff(13_300), "jpg"),
    ]
    print("| file | bytes | peak memory, MB | seconds | what is said |\n|---|---|---|---|---|", flush=True)
    failed = False
    for number, (name, data, ending) in enumerate(pictures):
        path = folder / f"shard-{number}.tar"
        shard(path, data, ending)
        code, said, peak, seconds = run(
            ["pretrain", "--data", path, "--model", folder / "least.json", "--out", folder / f"run-{number}", "--steps", 14, "--batch", 8,
             "--ratio", 0.5, "--warmup", 1, "--shuffle", 0, "--workers", 2, "--threads", 1, "--route", "linear", "--max-bad", 50],
            options.heap)
        failed |= code != 0
        size = "" if data is None else f"{len(data):,}"
        print(f"| {name} | {size} | {peak:,} | {seconds:.0f} | {'' if data is None else told(said, '0005')} |", flush=True)
        path.unlink()
    weights = folder / "empties.pt"
    empties(weights)
    sound = folder / "sound.tar"
    shard(sound, None, "jpg")
    code, said, peak, seconds = run(
        ["tune", "--init", weights, "--model", folder / "least.json", "--data", sound, "--out", folder / "tuned", "--steps", 2,
         "--batch", 8, "--threads", 1], options.heap)
    failed |= code == 0
    print(f"| `.pt`, {EMPTIES:,} empty dictionaries | {weights.stat().st_size:,} | {peak:,} | {seconds:.0f} | {told(said, 'empties.pt')} |")
    sys.exit(failed)


if __name__ == "__main__":
    main()
