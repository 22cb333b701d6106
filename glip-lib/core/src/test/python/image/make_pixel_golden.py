"""Golden values for org.glip.image: pictures of every kind, and what open_clip makes of them.

    pip install torch==2.7.1 torchvision==0.22.1 open_clip_torch==3.3.0 Pillow==13.0.0 simplejpeg==1.9.0
    python make_pixel_golden.py ../../resources/org/glip/image

Writes sources/ (small synthetic pictures, one for each kind of file), expected/NAME.SIZE.png (the pixels that open_clip's
evaluation transform hands to ToTensor; pictures are opened and converted to RGB first, as its webdataset loader does),
normalization.json and random_resized_crop.json. Every picture is computed here, so there is nothing to attribute.
"""

import io
import json
import struct
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
import open_clip
import simplejpeg
import torch
from PIL import Image
from torchvision.transforms import RandomResizedCrop

SIZE = 64
LARGE = 224
ALSO_LARGE = {"jpeg-420-photo", "jpeg-tall", "png-rgb-wide", "webp-lossy", "png-tiny"}


def scene(width, height, seed, alpha=False):
    """Gradients, discs with soft edges, saturated stripes and noise: something for every stage of a codec to get wrong."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    u, v = x / max(width - 1, 1), y / max(height - 1, 1)
    picture = np.stack(
        [
            120 + 80 * np.sin(3 * u + seed) + 40 * v,
            110 + 70 * np.cos(2 * v + u),
            130 + 90 * np.sin(4 * v - 2 * u),
        ],
        -1,
    )
    opacity = np.zeros((height, width))
    for _ in range(7):
        centre_x, centre_y = random.uniform(0, width), random.uniform(0, height)
        radius = random.uniform(0.06, 0.3) * min(width, height) + 1
        colour = random.uniform(0, 255, 3)
        cover = np.clip(radius - np.hypot(x - centre_x, y - centre_y) + 0.5, 0, 1)
        picture = picture * (1 - cover[..., None]) + colour * cover[..., None]
        opacity = np.maximum(opacity, cover)
    picture[((x + 2 * y) % 11 < 3) & (u > 0.6) & (v > 0.5)] = [230, 20, 40]
    picture += random.normal(0, 3, (height, width, 1))
    rgb = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
    return np.dstack([rgb, np.rint(opacity * 255).astype(np.uint8)]) if alpha else rgb


def image(width, height, seed, alpha=False):
    return Image.fromarray(scene(width, height, seed, alpha))


def encoded(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def png(rows, depth, colour_type, interlaced=False, chunks=()):
    """A PNG from an array (height, width, samples) of samples; PIL cannot write all depths, nor interlaced files."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def scanlines(samples):
        height, width, count = samples.shape
        if not height or not width:
            return b""
        flat = samples.reshape(height, width * count)
        if depth == 16:
            data = flat.astype(">u2").view(np.uint8).reshape(height, -1)
        elif depth == 8:
            data = flat.astype(np.uint8)
        else:
            bits = (flat[..., None].astype(np.uint8) >> np.arange(depth - 1, -1, -1, dtype=np.uint8)) & 1
            data = np.packbits(bits.reshape(height, -1), axis=1)
        return b"".join(b"\0" + row.tobytes() for row in data)

    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b"".join(scanlines(rows[top::down, left::across]) for left, top, across, down in passes)
    height, width = rows.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + b"".join(chunk(kind, data) for kind, data in chunks)
        + chunk(b"IDAT", zlib.compress(raw, 9))
        + chunk(b"IEND", b"")
    )


def moved_frame(gif, left, top, canvas):
    """The same GIF with its frame somewhere on another canvas."""
    data = bytearray(gif)
    data[6:10] = struct.pack("<HH", *canvas)
    frame = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while data[frame] == 0x21:
        frame += 2
        while data[frame]:
            frame += 1 + data[frame]
        frame += 1
    data[frame + 1 : frame + 5] = struct.pack("<HH", left, top)
    return bytes(data)


def without_jfif(jpeg):
    length = struct.unpack(">H", jpeg[4:6])[0]
    assert jpeg[2:4] == b"\xff\xe0"
    return jpeg[:2] + jpeg[4 + length :]


def jpegs():
    exif = Image.Exif()
    exif[0x112] = 6  # orientation: turned by 90 degrees
    contiguous = np.ascontiguousarray
    inked = np.dstack([255 - scene(97, 80, 9), scene(97, 80, 10)[..., :1] // 2])
    yield "jpeg-420-photo.jpg", encoded(image(500, 375, 0), "JPEG", quality=75, subsampling=2)
    yield "jpeg-420.jpg", encoded(image(113, 85, 1), "JPEG", quality=90, subsampling=2)
    yield "jpeg-422.jpg", encoded(image(97, 121, 2), "JPEG", quality=85, subsampling=1)
    yield "jpeg-444.jpg", encoded(image(110, 83, 3), "JPEG", quality=85, subsampling=0)
    yield "jpeg-440.jpg", simplejpeg.encode_jpeg(contiguous(scene(90, 111, 4)), 85, "RGB", "440")
    yield "jpeg-411.jpg", simplejpeg.encode_jpeg(contiguous(scene(111, 90, 5)), 85, "RGB", "411")
    yield "jpeg-progressive.jpg", encoded(image(120, 90, 6), "JPEG", quality=80, progressive=True)
    yield "jpeg-restart-markers.jpg", encoded(image(101, 77, 7), "JPEG", quality=80, restart_marker_blocks=3)
    yield "jpeg-grey.jpg", encoded(image(103, 99, 8).convert("L"), "JPEG", quality=85)
    yield "jpeg-cmyk.jpg", encoded(Image.fromarray(inked, "CMYK"), "JPEG", quality=85)
    yield "jpeg-ycck.jpg", simplejpeg.encode_jpeg(contiguous(255 - inked), 85, "CMYK", "444")
    yield "jpeg-rgb.jpg", encoded(image(90, 70, 11), "JPEG", quality=80, keep_rgb=True)
    yield "jpeg-no-jfif.jpg", without_jfif(encoded(image(95, 75, 12), "JPEG", quality=85, subsampling=0))
    yield "jpeg-exif-turned.jpg", encoded(image(120, 70, 13), "JPEG", quality=80, exif=exif)
    profiled = encoded(image(80, 90, 14), "JPEG", quality=80, icc_profile=b"no profile" * 20)
    yield "jpeg-damaged-profile.jpg", profiled.replace(b"ICC_PROFILE\0\1\1", b"ICC_PROFILE\0\5\2")
    yield "jpeg-64.jpg", encoded(image(64, 64, 15), "JPEG", quality=90)
    yield "jpeg-tall.jpg", encoded(image(37, 411, 16), "JPEG", quality=85)
    yield "jpeg-one-row.jpg", encoded(image(150, 1, 17), "JPEG", quality=90)
    yield "jpeg-one-column.jpg", encoded(image(1, 150, 18), "JPEG", quality=90)
    yield "jpeg-one-pixel.jpg", encoded(image(1, 1, 19), "JPEG", quality=90)


def pngs():
    rgb, grey = scene(87, 66, 20), scene(93, 71, 21)[..., :1]
    deep = scene(70, 81, 22).astype(np.uint16) * 257 + np.arange(70, dtype=np.uint16)[None, :, None]
    yield "png-rgb.png", png(rgb, 8, 2)
    yield "png-rgb-wide.png", encoded(image(301, 67, 23), "PNG")
    yield "png-rgb-interlaced.png", png(scene(83, 71, 24), 8, 2, interlaced=True)
    yield "png-rgb-transparent-colour.png", png(rgb, 8, 2, chunks=[(b"tRNS", struct.pack(">HHH", 230, 20, 40))])
    yield "png-rgb-gamma.png", png(rgb, 8, 2, chunks=[(b"gAMA", struct.pack(">I", 100000))])
    yield "png-rgb16.png", png(deep, 16, 2)
    yield "png-rgba.png", encoded(image(85, 79, 25, True), "PNG")
    yield "png-rgba16.png", png(scene(60, 70, 26, True).astype(np.uint16) * 257, 16, 6)
    yield "png-grey.png", png(grey, 8, 0)
    yield "png-grey-transparent.png", png(grey, 8, 0, chunks=[(b"tRNS", struct.pack(">H", 128))])
    yield "png-grey1.png", png(grey >> 7, 1, 0)
    yield "png-grey2.png", png(grey >> 6, 2, 0)
    yield "png-grey4.png", png(grey >> 4, 4, 0)
    yield "png-grey16.png", png(deep[..., :1] // 200, 16, 0)
    yield "png-grey-alpha.png", png(scene(75, 70, 27, True)[..., [0, 3]], 8, 4)
    yield "png-grey-alpha16.png", png(scene(66, 71, 28, True)[..., [0, 3]].astype(np.uint16) * 257, 16, 4)
    for colours, bits in ((256, 8), (16, 4), (4, 2), (2, 1)):
        quantised = image(91, 73, 29).quantize(colours)
        yield f"png-palette{bits}.png", encoded(quantised, "PNG", bits=bits)
        transparency = bytes([0, 128] + [255] * (colours - 2))
        yield f"png-palette{bits}-alpha.png", encoded(quantised, "PNG", bits=bits, transparency=transparency)
    yield "png-tiny.png", encoded(image(7, 5, 30), "PNG")
    yield "png-one-column.png", encoded(image(1, 90, 31), "PNG")
    yield "png-one-row.png", encoded(image(90, 1, 32), "PNG")


def gifs():
    plain = encoded(image(88, 77, 40), "GIF")
    transparent = encoded(image(82, 71, 41, True), "GIF")
    yield "gif.gif", plain
    yield "gif-transparent.gif", transparent
    yield "gif-grey-interlaced.gif", encoded(image(80, 75, 42).convert("L"), "GIF", interlace=1)
    yield "gif-two-colours.gif", encoded(image(80, 75, 43).convert("1"), "GIF")
    more = [image(70, 80, 45), image(70, 80, 46)]
    yield "gif-animated.gif", encoded(image(70, 80, 44), "GIF", save_all=True, append_images=more)
    yield "gif-frame-on-canvas.gif", moved_frame(plain, 9, 13, (117, 121))
    yield "gif-transparent-frame-on-canvas.gif", moved_frame(transparent, 20, 5, (110, 90))
    yield "gif-frame-beyond-canvas.gif", moved_frame(plain, 12, 0, (60, 60))


def webps():
    yield "webp-lossy.webp", encoded(image(121, 90, 50), "WEBP", quality=80)
    yield "webp-lossless.webp", encoded(image(75, 83, 51), "WEBP", lossless=True)
    yield "webp-lossy-alpha.webp", encoded(image(90, 85, 52, True), "WEBP", quality=80)
    yield "webp-lossless-alpha.webp", encoded(image(77, 70, 53, True), "WEBP", lossless=True)
    yield "webp-profile.webp", encoded(image(80, 64, 54), "WEBP", quality=70, icc_profile=b"no profile" * 20)
    yield "webp-tall.webp", encoded(image(100, 260, 56), "WEBP", quality=60)  # resized rows first
    yield "webp-one-row.webp", encoded(image(77, 1, 55), "WEBP", quality=90)


def write_pictures(folder):
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "expected").mkdir(exist_ok=True)
    for name, data in [*jpegs(), *pngs(), *gifs(), *webps()]:
        (folder / "sources" / name).write_bytes(data)
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        stem = Path(name).stem
        for size in [SIZE, LARGE] if stem in ALSO_LARGE else [SIZE]:
            *steps, to_tensor, normalize = open_clip.image_transform(size, is_train=False).transforms
            result = picture
            for step in steps:
                result = step(result)
            assert type(to_tensor).__name__ in ("ToTensor", "MaybeToTensor") and result.size == (size, size)
            result.save(folder / "expected" / f"{stem}.{size}.png", optimize=True)


def write_normalization(folder):
    *_, to_tensor, normalize = open_clip.image_transform(16, is_train=False).transforms
    ramp = Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16).repeat(3, axis=1).reshape(16, 16, 3))
    values = normalize(to_tensor(ramp)).reshape(3, 256)
    rows = [[float(value) for value in channel] for channel in values]
    (folder / "normalization.json").write_text(json.dumps(rows) + "\n")


def write_random_resized_crop(folder, draws=200_000):
    """Cumulative frequencies of what torchvision draws, at 60 edges for each variable."""
    torch.manual_seed(0)
    cases = []
    for width, height, scale in [
        (500, 375, (0.5, 1.0)),
        (64, 64, (0.9, 1.0)),
        (300, 120, (0.5, 1.0)),
        (90, 110, (0.9, 1.0)),
    ]:
        picture = Image.new("L", (width, height))
        boxes = np.array([RandomResizedCrop.get_params(picture, scale, (3 / 4, 4 / 3)) for _ in range(draws)])
        top, left, crop_height, crop_width = boxes.T.astype(np.float64)
        variables = {
            "area": crop_width * crop_height / (width * height),
            "ratio": crop_width / crop_height,
            "left": left,
            "top": top,
        }
        case = {"width": width, "height": height, "scale": scale, "draws": draws, "variables": {}}
        for name, values in variables.items():
            edges = np.linspace(values.min(), values.max(), 60)
            cumulative = [float(np.mean(values <= edge)) for edge in edges]
            case["variables"][name] = {"edges": edges.tolist(), "cumulative": cumulative}
        cases.append(case)
    (folder / "random_resized_crop.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    target = Path(sys.argv[1])
    write_pictures(target)
    write_normalization(target)
    write_random_resized_crop(target)
