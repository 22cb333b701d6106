"""A development kit of ImageNet with four classes and an inner node, as MATLAB's file is laid out.

Run:  pip install scipy==1.17.1;  python make_devkit.py ../resources/org/glip/sets
Output: meta.mat (used by ImageNetDevkitTest). Its class numbers go by no order, as ImageNet's do.
"""

import sys
from pathlib import Path

import numpy
from scipy.io import savemat

# number of the kit, WordNet id, children
SYNSETS = [(1, "n02119789"), (2, "n01443537"), (3, "n15075141"), (4, "n01440764"), (1001, "n00001740")]
INNER = {1001: [1, 2, 3, 4]}


def main(out):
    names = ["ILSVRC2012_ID", "WNID", "words", "gloss", "num_children", "children", "wordnet_height", "num_train_images"]
    synsets = numpy.zeros((len(SYNSETS), 1), dtype=[(name, object) for name in names])
    for row, (number, wnid) in enumerate(SYNSETS):
        children = INNER.get(number, [])
        synsets[row, 0] = (
            float(number), wnid, "words of " + wnid, "its gloss", float(len(children)),
            numpy.array([children], dtype=float), float(len(children)), 1300.0,
        )  # fmt: skip
    savemat(Path(out, "meta.mat"), {"synsets": synsets}, do_compression=True)


main(*sys.argv[1:])
