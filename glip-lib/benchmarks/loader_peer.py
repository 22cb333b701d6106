"""Measures open_clip's own input pipeline: webdataset shards, PIL, torchvision's RandomResizedCrop, normalisation, batches.

    pip install torch==2.7.1 torchvision==0.22.1 open_clip_torch==3.3.0 webdataset==1.0.2 pillow==13.0.0
    python loader_peer.py shards PHOTOGRAPHS.tar FOLDER [--pictures 400]   makes the shards that both sides read
    python loader_peer.py measure FOLDER [--workers 2] [--batch 32] [--samples 2000]

"shards" enlarges the photographs of an archive to 500 x 375, adds noise of several grain sizes for the detail that enlarging
does not give, and codes them as JPEG of quality 90 (64 kB each), so that nothing has to be downloaded. "measure" prints a JSON
line: samples a second by the clock, and for each second of processor time of this process and its workers together. The first
batches fill the caches and are left out of both.
"""

import argparse
import io
import json
import os
import pathlib
import tarfile
import time

os.environ["OMP_NUM_THREADS"] = "1"

WIDTH, HEIGHT = 500, 375
SHARDS = 4


def make_shards(archive, folder, pictures):
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(1)
    with tarfile.open(archive) as tar:
        photographs = [tar.extractfile(m).read() for m in tar if m.name.endswith(".jpg")]
    folder.mkdir(parents=True, exist_ok=True)
    for shard in range(SHARDS):
        with tarfile.open(folder / f"shard-{shard}.tar", "w") as tar:
            for i in range(shard, pictures, SHARDS):
                source = Image.open(io.BytesIO(photographs[i % len(photographs)])).convert("RGB")
                pixels = np.asarray(source.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), dtype=np.float32)
                for grain in (1, 2, 4):
                    noise = random.normal(0, 5, (-(-HEIGHT // grain), -(-WIDTH // grain)))
                    pixels = pixels + np.kron(noise, np.ones((grain, grain)))[:HEIGHT, :WIDTH, None]
                jpeg = io.BytesIO()
                Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(jpeg, "JPEG", quality=90)
                add(tar, f"{i:06d}.jpg", jpeg.getvalue())
                add(tar, f"{i:06d}.txt", b"a photograph of a wide landscape under a cloudy sky")


def add(tar, name, content):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def processor_seconds(processes):
    """Of this process and of living workers, whose time the system does not add to their parent's."""
    ticks = 0
    for process in processes:
        with open(f"/proc/{process}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(folder, workers, batch, samples):
    import torch
    import webdataset
    from open_clip.tokenizer import SimpleTokenizer
    from open_clip.transform import AugmentationCfg, image_transform

    torch.set_num_threads(1)
    transform = image_transform(224, is_train=True, aug_cfg=AugmentationCfg(scale=(0.5, 1.0)))
    tokenizer = SimpleTokenizer()
    shards = sorted(str(p) for p in folder.glob("*.tar"))
    # The stages of open_clip_train.data.get_wds_dataset, in its order.
    dataset = webdataset.DataPipeline(
        webdataset.ResampledShards(shards),
        webdataset.tarfile_to_samples(),
        webdataset.shuffle(100, initial=100),
        webdataset.decode("pilrgb"),
        webdataset.rename(image="jpg;png;jpeg;webp", text="txt"),
        webdataset.map_dict(image=transform, text=lambda text: tokenizer(text)[0]),
        webdataset.to_tuple("image", "text"),
        webdataset.batched(batch, partial=False))
    loader = webdataset.WebLoader(dataset, batch_size=None, shuffle=False, num_workers=workers, persistent_workers=True)
    batches = iter(loader)
    for _ in range(2 + 2 * workers):
        next(batches)
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        processes = [os.getpid()] + [int(child) for child in file.read().split()]
    clock, processor, seen = time.perf_counter(), processor_seconds(processes), 0
    while seen < samples:
        seen += len(next(batches)[0])
    seconds, processor = time.perf_counter() - clock, processor_seconds(processes) - processor
    print(json.dumps({
        "loader": "open_clip", "workers": workers, "samples": seen, "samples_per_second": round(seen / seconds, 1),
        "samples_per_processor_second": round(seen / processor, 1)}))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(dest="command", required=True)
    shards = commands.add_parser("shards")
    shards.add_argument("photographs", type=pathlib.Path)
    shards.add_argument("folder", type=pathlib.Path)
    shards.add_argument("--pictures", type=int, default=400)
    peer = commands.add_parser("measure")
    peer.add_argument("folder", type=pathlib.Path)
    peer.add_argument("--workers", type=int, default=2)
    peer.add_argument("--batch", type=int, default=32)
    peer.add_argument("--samples", type=int, default=2000)
    options = arguments.parse_args()
    if options.command == "shards":
        make_shards(options.photographs, options.folder, options.pictures)
    else:
        measure(options.folder, options.workers, options.batch, options.samples)


if __name__ == "__main__":
    main()
