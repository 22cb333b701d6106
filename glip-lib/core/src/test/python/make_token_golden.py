"""Makes the golden files of the tokenizer: texts and the ids that open_clip's tokenizer gives them, and ids and their text.

    pip install torch==2.7.1 open_clip_torch==3.3.0 ftfy==6.3.1 regex==2026.11.19
    python make_token_golden.py                                  # the golden files of the tests
    python make_token_golden.py --seed 7 --lines 100000 --out other.jsonl.gz   # another corpus, for a wider search
    python make_token_golden.py --every-code-point --out all.jsonl.gz          # each code point in some surroundings

The first line of a file tells the versions; each further line is a JSON array [text, [ids]]. With the tests' files come
1000 lines for decoding, [[ids], text], the ids drawn at random.
"""

import argparse
import gzip
import html.entities
import io
import itertools
import json
import pathlib
import random
import sys
import unicodedata

import ftfy
import open_clip
import regex
from open_clip.tokenizer import SimpleTokenizer

GOLDEN = pathlib.Path(__file__).parents[1] / "resources/org/glip/text/clip-tokens.jsonl.gz"
DECODED = GOLDEN.with_name("clip-decoded.jsonl.gz")

SENTENCES = """
a photo of a red fox jumping over the lazy dog's back, isn't it?
Two young guys with shaggy hair look at their hands while hanging out in the yard.
THE QUICK BROWN FOX; they're sure we'll win, I've said, he'd go, I'm in, don't!
actor attends the premiere of film at festival on october 12th, 2013 in city, state.
Portrait of a woman (aged 35-40) holding a $5.99 "organic" coffee @ café №7 — 50% off!!!
Rock & roll: AT&T's R&D lab, Ben & Jerry's, 3 < 5 > 2, a&b, Q&A
Voilà, déjà-vu: l'été à la plage, çà et là, où l'œuvre naïve coûte 12 €
Die Straße über den Fluß führt nach Köln; größer, schöner, weiß, GROẞ
El niño pequeño comió piñas y jamón en España, ¿verdad? ¡Olé!
A ação não é à toa: às vezes, àquele coração, São João, pães e maçãs
Zażółć gęślą jaźń, Łódź, źdźbło, ćma
Příliš žluťoučký kůň úpěl ďábelské ódy
Árvíztűrő tükörfúrógép, őrült űrhajó
Pijamalı hasta yağız şoföre çabucak güvendi; İSTANBUL, IĞDIR, ılık
Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus
Kæmi ný öxi hér, ykist þjófum nú bæði víl og ádrepa
Съешь же ещё этих мягких французских булок, да выпей чаю
Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів!
Ξεσκεπάζω την ψυχοφθόρα σας βδελυγμία. ΟΔΥΣΣΕΥΣ ΚΑΙ ΣΟΦΙΑΣ, ΑΣ' ΤΟΝ Σ.
דג סקרן שט בים מאוכזב ולפתע מצא חברה
نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر
یک عکس از گربهٔ سفید روی میز؛ قیمت ۱۲۳۴ تومان
ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश
আমি বাংলায় গান গাই, ১২৩
இது ஒரு பூனையின் புகைப்படம்
เป็นมนุษย์สุดประเสริฐเลิศคุณค่า ๑๒๓
いろはにほへと ちりぬるを。カタカナ「テスト」、ﾊﾝｶｸ ｶﾞｷﾞｸﾞ、ＡＢＣ１２３
一张红色汽车的照片，停在街道上。天地玄黃，宇宙洪荒
다람쥐 헌 쳇바퀴에 타고파. 각 ﾡﾢ
Tiếng Việt có dấu: Đường phố Hà Nội, nghiêng ngả, ươm mầm
ქართული ენა, ᲥᲐᲠᲗᲣᲚᲘ, Հայերեն ԼԵԶՈՒ և
አማርኛ ጽሑፍ, ᏣᎳᎩ ꮳꮃꭹ, ᐃᓄᒃᑎᑐᑦ, བོད་ཡིག, မြန်မာ, ខ្មែរ
I ❤️ NY 😀😃😄 👍🏽 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇫🇷🇯🇵 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ¯\\_(ツ)_/¯ (ง'̀-'́)ง
“Curly” ‘quotes’ „low‟ ‚single‛ «guillemets» ‹small› ʼnere ŉere — – … • † ‡ ™ ® © ° ² ³ ½ ¼ Ⅷ ⅷ ① Ⓐ ㊀
ﬁne ﬂow oﬀer aﬃx baﬄe ﬅop ﬆop ĳs Ĳs ǆ ǅ Ǆ ǉ ǈ Ǉ ǌ ǋ Ǌ ǳ ǲ Ǳ æ Æ œ Œ ß
ＦＵＬＬ　ＷＩＤＴＨ　ｔｅｘｔ！（７）～ ￠￡￢￣￤￥￦ ￨￩￪ ｢half｣ ｱｲｳ ﾞﾟ ￼
x² + y² = z², ∑ ∏ ∫ √ ≈ ≠ ≤ ≥ ∞ π ∂ ∆ Ω µ ± × ÷
""".strip().split("\n")

# What UTF-8 is read as by mistake
WRONG = ["latin-1", "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257",
         "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1253",
         "sloppy-windows-1254", "sloppy-windows-1257", "iso-8859-2", "iso-8859-15", "macroman", "cp437", "cp850", "koi8-r"]
WHITE = [chr(c) for c in range(0x110000) if chr(c).isspace()] + list("\u200b\u200c\u2060\u180e\ufeff\u00ad")
CONTROLS = [chr(c) for c in list(range(0x20)) + list(range(0x7F, 0xA0))] + list(
    "\u200b\u200e\u200f\u202a\u202e\u2066\u206a\u206f\ufeff\ufff9\ufffa\ufffb\ufffc\ufffd\ufffe\U000e0001")
EMOJI = [chr(c) for c in list(range(0x1F300, 0x1F650)) + list(range(0x1F680, 0x1F700)) + list(range(0x1F900, 0x1FA00))
         + list(range(0x2600, 0x27C0))]
COMBINING = [chr(c) for c in range(0x110000) if unicodedata.combining(chr(c))]
CASED = [chr(c) for c in range(0x110000) if chr(c).lower() != chr(c) or chr(c).upper() != chr(c)]
DECOMPOSED = [c for c in map(chr, range(0x110000)) if unicodedata.normalize("NFD", c) != c and not "가" <= c <= "힣"]
SUSPECT = sorted({bytes([b]).decode(e) for b in range(0x80, 0x100) for e in WRONG if e.startswith("sloppy")}
                 | {bytes([b]).decode(e) for b in range(0x80, 0x100) for e in ("macroman", "cp437", "iso-8859-2")}
                 | set("\ufffdﬁﬂ"))
NAMES = sorted(html.entities.html5)
SPECIAL = ["<start_of_text>", "<end_of_text>", "<START_OF_TEXT>", "<|endoftext|>", "<ﬅart_of_text>", "<ſtart_of_text>",
           "<start_of_text", "'s", "'S", "'t", "'re", "'ve", "'m", "'ll", "'d", "'ſ", "’s", "’LL", "''s", "'l", "</w>",
           "\u0345", "α\u0345", "ΑΣ", "Σ", "ΣΑ", "ΑΣ\u0301", "Α\u0301Σ", "İ", "I\u0307", "ı", "ΐ", "ẞ", "K", "Å", "Ω"]


class Corpus:
    """Draws texts; each method makes another kind."""

    def __init__(self, seed):
        self.draw = random.Random(seed)

    def sentence(self):
        return self.draw.choice(SENTENCES)

    def piece(self):
        """Some words of a sentence."""
        words = self.sentence().split(" ")
        start = self.draw.randrange(len(words))
        return " ".join(words[start:start + self.draw.randint(1, 6)])

    def captions(self):
        words = [w for s in SENTENCES[:6] for w in s.split()]
        text = " ".join(self.draw.choices(words, k=self.draw.randint(3, 20)))
        return self.draw.choice([text, text, text.upper(), text.title(), text.replace(" ", "  "), text + "\n"])

    def multilingual(self):
        return " ".join(self.piece() for _ in range(self.draw.randint(1, 3)))

    def block(self):
        """Code points of one block, in a random place of Unicode; the first planes come more often."""
        plane = self.draw.choice([0, 0, 0, 0, 1, 1, 1, 2, 3, 14, self.draw.randrange(17)])
        start = plane * 0x10000 + self.draw.randrange(0, 0x10000, 64)
        return "".join(self.scalar(start, start + 63) for _ in range(self.draw.randint(1, 12)))

    def scalar(self, first, last):
        c = self.draw.randint(first, last)
        return chr(c) if not 0xD800 <= c < 0xE000 else " "

    def unicode_soup(self):
        return "".join(self.draw.choice([self.scalar(0, 0x24F), self.scalar(0, 0x2FFF), self.scalar(0, 0xFFFF),
                                         self.scalar(0x10000, 0x1FFFF), " ", "a", "1"])
                       for _ in range(self.draw.randint(1, 20)))

    def emoji(self):
        parts = []
        for _ in range(self.draw.randint(1, 6)):
            e = self.draw.choice(EMOJI)
            parts.append(self.draw.choice([
                e, e + "\ufe0f", e + self.draw.choice("🏻🏼🏽🏾🏿"), e + "\u200d" + self.draw.choice(EMOJI), e + "\u20e3", " ",
                "".join(chr(0x1F1E6 + self.draw.randrange(26)) for _ in range(2)), self.piece()]))
        return "".join(parts)

    def combining(self):
        return "".join(
            self.draw.choice([self.draw.choice(DECOMPOSED), self.draw.choice("aeiouAEIOUαωסשकก"), self.scalar(0x1100, 0x11FF),
                              self.scalar(0xAC00, 0xD7A3)])
            + "".join(self.draw.choices(COMBINING, k=self.draw.randint(0, 3)))
            for _ in range(self.draw.randint(1, 8)))

    def cased(self):
        letters = CASED + ["Σ"] * 300 + [".", "'", "\u0301", "\u00ad", " ", ":"] * 30
        return "".join(self.draw.choices(letters, k=self.draw.randint(1, 12)))

    def wrongly_decoded(self, text):
        encoding = self.draw.choice(WRONG)
        errors = self.draw.choice(["replace", "ignore"])
        text = text.encode("utf-8", "replace").decode(encoding, errors)
        damage = self.draw.randrange(8)
        if damage == 0:
            text = text.replace("\xa0", " ")
        elif damage == 1:
            text = text.replace("\ufffd", "?")
        elif damage == 2:
            text = " ".join(text.split())
        return text

    def mojibake(self):
        text = self.piece()
        for _ in range(self.draw.choice([1, 1, 1, 2, 3])):
            text = self.wrongly_decoded(text)
        return self.draw.choice([text, text + "\n", text.upper(), text.lower(), text + " " + self.piece(),
                                 self.piece() + " " + text, text + "\n" + self.wrongly_decoded(self.piece())])

    def mojibake_soup(self):
        return "".join(self.draw.choice([self.draw.choice(SUSPECT), self.draw.choice(SUSPECT), self.draw.choice(SUSPECT),
                                         self.draw.choice("azAZ09 .,?\x1a\n"), self.draw.choice("ÂÃâàà€ØÙÐÑВГРСâΒΓ√‚Ä")])
                       for _ in range(self.draw.randint(1, 12)))

    def damaged(self):
        """Bytes that are nearly UTF-8, also of its variants, in a wrong encoding."""
        pieces = [b"\xc0\x80", b"\xed\xa0\xbd\xed\xb8\x8d", b"\xed\xa0\xbd", b"\xc3 ", b"\xe2 \x80", b"\xe2\x80 ", b"\xf0 \x9f\x98",
                  b"\xf0\x9f\x98\x1a", b"\xe2\x80?", b"\xc3?", b"\xc3 la ", b"\xc3 s ", b"\xc3 quele", b"\xc0", b"\xc0\n", b"\xed\x95\x9c",
                  b"\xed\xa0?\xed\xb0\x80", b"\xf3\xa0\x81\xa7", b"\xe3 \x81", b"\xc5 ", b"\xd0 ", b"\xff", b"\n"]
        data = b"".join(self.draw.choice([self.draw.choice(pieces), self.piece()[:4].encode(), b"ab ", "é".encode(), "â€œ".encode()])
                        for _ in range(self.draw.randint(1, 6)))
        return data.decode(self.draw.choice([e for e in WRONG if e.startswith("sloppy")] + ["latin-1", "macroman", "cp437"]))

    def entity(self):
        name = self.draw.choice(NAMES)
        number = self.draw.choice([self.draw.randrange(0x100), self.draw.randrange(0x3000), self.draw.randrange(0x120000), 10 ** 30,
                                   0xFDD0, 0xD800, 0xFFFF])
        return self.draw.choice([
            "&" + name, "&" + name.rstrip(";"), "&" + name.upper(), "&" + name.lower(), "&" + name[:-2], "&" + name + ";",
            f"&#{number};", f"&#{number}", f"&#x{number:x};", f"&#X{number:X}", "&amp;" + name, "&amp;amp;" + name, "&;", "&#;", "&#x;",
            "&", "&&", f"&#{number}a;", "&#x3b;", "&#59;", "&#38;lt;", "&" + name + "é", "&lt;b&gt;"])

    def entities(self):
        return "".join(self.draw.choice([self.entity(), self.entity(), self.piece(), " ", "x", "<b>", "\n"])
                       for _ in range(self.draw.randint(1, 5)))

    def controls(self):
        return "".join(self.draw.choice([self.draw.choice(CONTROLS), self.draw.choice("ab1. "), self.piece(), "\x1b[31;1m", "\x1b[0m",
                                         "\x1b[", "\x1b[٣m", "\x1b[1;", "\x1b\x1b[2Jm", "\r\n", "\x1b［３１ｍ"])
                       for _ in range(self.draw.randint(1, 10)))

    def white_space(self):
        return "".join(self.draw.choice([self.draw.choice(WHITE), self.draw.choice(WHITE), self.piece(), "a", "É"])
                       for _ in range(self.draw.randint(1, 10)))

    def presentation_forms(self):
        return "".join(self.draw.choice([self.scalar(0xFF00, 0xFFEF), self.scalar(0xFB00, 0xFB06), self.scalar(0x132, 0x149),
                                         self.scalar(0x1C4, 0x1F3), self.scalar(0x2018, 0x201F), self.scalar(0x3000, 0x30FF),
                                         "\u3099", "ﾞ", "ﾟ", "ｶ", "ﾊ", "ﾡￂ", "a"])
                       for _ in range(self.draw.randint(1, 12)))

    def special(self):
        return "".join(self.draw.choice([self.draw.choice(SPECIAL), self.draw.choice(SPECIAL), " ", "a", "!", "9", self.piece()])
                       for _ in range(self.draw.randint(1, 6)))

    def surrogates(self):
        return "".join(self.draw.choice([chr(self.draw.randint(0xD800, 0xDFFF)), "a", " ", "\x01", "é", "😀", "Ã©"])
                       for _ in range(self.draw.randint(1, 6)))

    def mixed(self):
        return "".join(self.draw.choice(self.kinds()[:-2])() for _ in range(self.draw.randint(2, 4)))

    def long(self):
        return self.draw.choice([
            " ".join(self.sentence() for _ in range(self.draw.randint(5, 12))), self.piece() * self.draw.randint(20, 60),
            "a" * self.draw.randint(100, 900), "".join(self.draw.choices("abcdefghijklmnopqrstuvwxyz", k=300)),
            "一张红色汽车的照片" * 20, "haha" * 90, "!?" * 200, self.mojibake() * 10, "😀" * 60])

    def kinds(self):
        return [self.captions, self.multilingual, self.block, self.block, self.unicode_soup, self.emoji, self.combining, self.cased,
                self.mojibake, self.mojibake, self.mojibake_soup, self.mojibake_soup, self.damaged, self.entities, self.controls,
                self.white_space, self.presentation_forms, self.special, self.surrogates, self.mixed, self.long]

    def lines(self, count):
        kinds = self.kinds()
        # the long ones would fill the file, so they are drawn less often
        weights = [1] * (len(kinds) - 1) + [0.1]
        for _ in range(count):
            yield self.draw.choices(kinds, weights)[0]()


def fixed_lines():
    """What every golden file has: each sentence, each character reference, each character that is treated singly."""
    yield from ["", " ", "\n", "\0", "a", "A photo of a cat", "Ã©t\xc3\xa9 À\n", "í\xa0\x80í°\n"]
    yield from SENTENCES
    yield from SPECIAL
    for start in range(0, len(NAMES), 4):
        chunk = NAMES[start:start + 4]
        yield " ".join("&" + n for n in chunk)
        yield " ".join("&" + n.rstrip(";") + "x" for n in chunk)
        yield " ".join("&" + n.upper() for n in chunk)
        yield "<" + " ".join("&amp;" + n for n in chunk)
    for encoding in WRONG:
        for sentence in SENTENCES:
            yield sentence.encode().decode(encoding, "replace")
    for c in WHITE + CONTROLS:
        yield f"a{c}b {c} É{c}"


def every_code_point():
    """Each code point alone, in words, after letters that give rise to suspicion and with a mark that may be composed."""
    scalars = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    for start in range(0, len(scalars), 8):
        yield " ".join(f"{c} a{c}b É{c}\u0301 ã“{c}x Σ{c} AΣ{c}A" for c in scalars[start:start + 8])


def token_ids(seed):
    """Random ids; the first 512, single bytes, come more often, as they seldom make valid UTF-8."""
    draw = random.Random(seed)
    for _ in range(1000):
        yield [draw.choice([draw.randrange(49408), draw.randrange(512), draw.randrange(512)]) for _ in range(draw.randint(1, 12))]


def write(path, header, lines):
    count = 0
    with gzip.GzipFile(path, "wb", 9, mtime=0) as file, io.TextIOWrapper(file, "ascii", newline="\n") as out:
        for line in itertools.chain([header], lines):
            out.write(json.dumps(line, separators=(",", ":")) + "\n")
            count += 1
    print(f"{count - 1} lines, {path.stat().st_size} bytes in {path}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--lines", type=int, default=9000, help="random lines, besides the fixed ones")
    arguments.add_argument("--every-code-point", action="store_true")
    arguments.add_argument("--out", type=pathlib.Path, default=GOLDEN)
    options = arguments.parse_args()

    tokenizer = SimpleTokenizer()
    header = {
        "python": sys.version.split()[0], "unicodedata": unicodedata.unidata_version, "open_clip": open_clip.__version__,
        "ftfy": ftfy.__version__, "regex": regex.__version__, "seed": options.seed,
    }
    if options.every_code_point:
        lines = every_code_point()
    else:
        lines = list(fixed_lines()) + list(Corpus(options.seed).lines(options.lines))
    write(options.out, header, ([text, tokenizer.encode(text)] for text in lines))
    if options.out == GOLDEN:
        write(DECODED, header, ([ids, tokenizer.decode(ids)] for ids in token_ids(options.seed)))


if __name__ == "__main__":
    main()
