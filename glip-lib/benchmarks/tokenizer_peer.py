"""Measures the tokenizers that GLIP's is compared with, one thread each: open_clip's and, if installed, Hugging Face's.

    pip install torch==2.7.1 open_clip_torch==3.3.0 tokenizers==0.23.3
    python tokenizer_peer.py CAPTIONS [--rounds 5]

CAPTIONS is a UTF-8 file with a caption a line. Prints a JSON line for each tokenizer: the time of a caption in the best of the
rounds (the first fills the caches), by the clock and of the processor, and how many captions got the ids of open_clip's.
"""

import argparse
import json
import os
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

from open_clip.tokenizer import SimpleTokenizer


def hugging_face(reference):
    """The tokenizer that Hugging Face publishes for CLIP, built from the vocabulary of open_clip's."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    merges = sorted(reference.bpe_ranks, key=reference.bpe_ranks.get)
    tokenizer = Tokenizer(models.BPE(dict(reference.encoder), merges, end_of_word_suffix="</w>", unk_token="<end_of_text>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    words = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(words), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return tokenizer


def measure(name, encode_all, captions, expected, rounds):
    clock, processor = [], []
    for _ in range(rounds):
        start = time.perf_counter(), time.process_time()
        ids = encode_all(captions)
        clock.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    print(json.dumps({
        "tokenizer": name, "captions": len(captions), "microseconds_per_caption": round(1e6 * min(clock) / len(captions), 2),
        "processor_microseconds_per_caption": round(1e6 * min(processor) / len(captions), 2),
        "same_ids": sum(a == b for a, b in zip(ids, expected))}))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("captions")
    arguments.add_argument("--rounds", type=int, default=5)
    options = arguments.parse_args()
    with open(options.captions, encoding="utf-8", newline="\n") as file:
        captions = file.read().split("\n")[:-1]

    reference = SimpleTokenizer()
    expected = [reference.encode(c) for c in captions]
    measure("open_clip", lambda texts: [reference.encode(t) for t in texts], captions, expected, options.rounds)
    try:
        fast = hugging_face(reference)
    except ImportError:
        print("Hugging Face's tokenizers are not installed; left out.")
        return
    measure("huggingface, one by one", lambda texts: [fast.encode(t).ids for t in texts], captions, expected, options.rounds)
    measure("huggingface, batch", lambda texts: [e.ids for e in fast.encode_batch_fast(texts)], captions, expected, options.rounds)


if __name__ == "__main__":
    main()
