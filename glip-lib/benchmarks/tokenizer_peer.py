"""Times a tokenizer that GLIP's is compared with, on one thread, and prints a JSON object.

    python tokenizer_peer.py open_clip|huggingface|huggingface_batch CAPTIONS

CAPTIONS is a UTF-8 file with a caption a line. The time is that of all captions in the median round, after a round that fills the
caches. ids_sha256 is taken over the ids of all captions, without start and end, so that equal sums mean equal ids.
"""

import argparse
import hashlib
import json
import os

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

from open_clip.tokenizer import SimpleTokenizer

from stopwatch import times

WARMUP, ROUNDS = 1, 5


def hugging_face():
    """The tokenizer that Hugging Face publishes for CLIP, built from the vocabulary of open_clip's."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    reference = SimpleTokenizer()
    merges = sorted(reference.bpe_ranks, key=reference.bpe_ranks.get)
    tokenizer = Tokenizer(models.BPE(dict(reference.encoder), merges, end_of_word_suffix="</w>", unk_token="<end_of_text>"))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()])
    words = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(words), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return tokenizer


def encoder(name):
    """A function from captions to ids."""
    if name == "open_clip":
        tokenizer = SimpleTokenizer()
        return lambda texts: [tokenizer.encode(text) for text in texts]
    tokenizer = hugging_face()
    if name == "huggingface":
        return lambda texts: [tokenizer.encode(text).ids for text in texts]
    return lambda texts: [encoding.ids for encoding in tokenizer.encode_batch_fast(texts)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("tokenizer", choices=["open_clip", "huggingface", "huggingface_batch"])
    arguments.add_argument("captions")
    options = arguments.parse_args()
    with open(options.captions, encoding="utf-8", newline="\n") as file:
        captions = file.read().split("\n")[:-1]
    encode = encoder(options.tokenizer)
    result = times("captions", WARMUP, ROUNDS, lambda: encode(captions))
    lines = "".join(" ".join(map(str, ids)) + "\n" for ids in encode(captions))
    print(json.dumps({**result, "captions": len(captions), "ids_sha256": hashlib.sha256(lines.encode()).hexdigest()}))


if __name__ == "__main__":
    main()
