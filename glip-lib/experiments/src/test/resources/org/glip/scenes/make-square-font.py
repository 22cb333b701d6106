"""Makes square.ttf: a font with one emoji, U+1F4E6, whose outline is a square of half an em. Needs fonttools 4.60 or newer."""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

builder = FontBuilder(1000, isTTF=True)
builder.setupGlyphOrder([".notdef", "box"])
builder.setupCharacterMap({0x1F4E6: "box"})
pen = TTGlyphPen(None)
for at in [(250, 0), (250, 500), (750, 500), (750, 0)]:
    pen.lineTo(at) if at != (250, 0) else pen.moveTo(at)
pen.closePath()
builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
builder.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 250)})
builder.setupHorizontalHeader(ascent=800, descent=-200)
names = {"familyName": "Square", "styleName": "Regular", "fullName": "Square", "psName": "Square"}
builder.setupNameTable(names)
builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
builder.setupPost()
builder.font["head"].created = builder.font["head"].modified = 0
builder.font.recalcTimestamp = False
builder.save("square.ttf")
