"""Makes the Parquet files of the tests, and expected.json: what pyarrow reads from each. Made by pyarrow 26.0.1.

    python make_tables.py

"""

import hashlib

import json
import pathlib
import struct
import zlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent

def png(red):
    """A picture of 2 x 2 pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([red, 0, 255]) * 2 for _ in range(2))
    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

ROWS = 40
PICTURES = [None if i % 11 == 5 else png(i) for i in range(ROWS)]
CAPTIONS = [None if i % 13 == 7 else " " if i == 21 else f"ein Löwe, number {i % 6}" for i in range(ROWS)]
LISTS = [None if i == 3 else [] if i == 4 else [f"first {i}", None, f"second {i}"][: 1 + i % 3] for i in range(ROWS)]
BYTES = pa.array(PICTURES, pa.binary())
TEXTS = pa.array(CAPTIONS, pa.string())
STRUCTS = pa.array(
    [None if i == 9 else {"bytes": PICTURES[i], "path": None if i % 4 == 1 else f"{i:03d}.png"} for i in range(ROWS)],
    pa.struct([("bytes", pa.binary()), ("path", pa.string())]))

TABLES = {
    "plain": (dict(image=BYTES, caption=TEXTS), dict(compression="none", use_dictionary=False)),
    "snappy-dictionary": (dict(id=pa.array(range(ROWS)), image=BYTES, caption=TEXTS),
                          dict(compression="snappy", row_group_size=7)),
    "zstd-v2": (dict(image=BYTES, caption=TEXTS),
                dict(compression="zstd", data_page_version="2.0", row_group_size=16, write_page_checksum=True)),
    "gzip-small-pages": (dict(image=BYTES, caption=TEXTS),
                         dict(compression="gzip", data_page_size=100, write_batch_size=3, write_page_checksum=True)),
    "lz4": (dict(image=BYTES, caption=TEXTS), dict(compression="lz4")),
    "delta": (dict(image=BYTES, caption=TEXTS),
              dict(compression="snappy", use_dictionary=False,
                   column_encoding={"image": "DELTA_LENGTH_BYTE_ARRAY", "caption": "DELTA_BYTE_ARRAY"})),
    "struct": (dict(image=STRUCTS, text=TEXTS), dict(compression="snappy", row_group_size=10)),
    "lists": (dict(image=BYTES, captions=pa.array(LISTS, pa.list_(pa.string()))),
              dict(compression="snappy", row_group_size=9, data_page_version="2.0")),
    "paths": (dict(filepath=pa.array([f"{i:03d}.png" for i in range(ROWS)]), title=TEXTS), dict()),
    "brotli": (dict(image=BYTES, caption=TEXTS), dict(compression="brotli")),
    "numbers": (dict(image=pa.array(range(ROWS)), caption=TEXTS,
                     box=pa.array([{"x": 1, "y": 2}] * ROWS)), dict()),
}

def main():
    expected = {}
    for name, (columns, options) in TABLES.items():
        file = HERE / f"{name}.parquet"
        pq.write_table(pa.table(columns), file, **options)
        if name in ("brotli", "numbers"):
            continue
        rows = []
        for row in pq.read_table(file).to_pylist():
            picture, path = row.get("image"), row.get("filepath")
            if isinstance(picture, dict):
                path, picture = picture["path"], picture["bytes"]
            caption = row.get("caption", row.get("text", row.get("title", row.get("captions"))))
            digest = hashlib.sha256(picture).hexdigest() if picture else None
            rows.append(dict(picture=digest, path=path, caption=caption))
        expected[name] = rows
    (HERE / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=0) + "\n", "utf-8")

main()
