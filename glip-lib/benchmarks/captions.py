"""Writes captions of 8 to 20 words, one a line, to standard output: what tokenizers and text towers are measured on.

    python captions.py COUNT [--seed 1]

Words come from CLIP's vocabulary, which is in order of frequency, and the n-th is drawn about 1/n as often as the first: so a few
words are everywhere and most captions have a rare one. Some start with a capital, some are followed by a comma, and a few are
names or numbers that no vocabulary has whole.
"""

import argparse
import random

from open_clip.tokenizer import SimpleTokenizer

FEWEST, MOST = 8, 20
END_OF_WORD = "</w>"


def vocabulary():
    merged = list(SimpleTokenizer().encoder)[512:]  # before these stand the single bytes
    words = [token.removesuffix(END_OF_WORD) for token in merged if token.endswith(END_OF_WORD)]
    return [word for word in words if word.isascii() and word.isalpha()]


def word(words, random):
    drawn = words[int(len(words) ** random.random()) - 1]
    chance = random.random()
    if chance < 0.03:
        return drawn.capitalize() + random.choice(words)
    if chance < 0.05:
        return str(random.randrange(2100))
    return drawn.capitalize() if chance < 0.15 else drawn


def caption(words, random):
    count = random.randint(FEWEST, MOST)
    drawn = [word(words, random) + ("," if random.random() < 0.05 else "") for _ in range(count)]
    return " ".join(drawn) + ("." if random.random() < 0.5 else "")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    words, stream = vocabulary(), random.Random(options.seed)
    for _ in range(options.count):
        print(caption(words, stream))


if __name__ == "__main__":
    main()
