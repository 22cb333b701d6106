// The panel's drawings, as SVG.

const HEIGHT = 260;
const EDGE = {left: 40, right: 8, top: 8, bottom: 40};
const BOUNDS = [1.5, 2, 3, 4, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000];

/** How far a patch is from the centre, where the picture spans -1 to 1. */
const distanceOf = (side, patch) => Math.hypot(placeOf(side, Math.floor(patch / side)), placeOf(side, patch % side));

/** A text in a drawing; anchor is start, middle or end. */
const textAt = (x, y, anchor, text) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;

/** What covers the dropped patches of a picture: grey and a stroke, so that a grey patch of the picture is none. */
function coverOf(side, dropped) {
  const each = piece => dropped.map(patch => piece(patch % side, Math.floor(patch / side))).join("");
  const lines = Array.from({length: side - 1}, (_, i) => `M0 ${i + 1}H${side}M${i + 1} 0V${side}`).join("");
  return `<path class="lines" d="${lines}"/>` +
    `<path class="dropped" d="${each((x, y) => `M${x} ${y}h1v1h-1z`)}"/>` +
    `<path class="hatch" d="${each((x, y) => `M${x} ${y + 1}l1 -1`)}"/>`;
}

/** The places of scores and distances in a chart so many pixels wide. */
function axesOf(width, scores) {
  const highest = Math.max(...scores);
  const upper = BOUNDS.find(bound => bound >= highest);
  const step = upper <= 2 ? 0.5 : upper <= 4 ? 1 : upper <= 10 ? 2 : upper / 5;
  const right = width - EDGE.right;
  return {
    upper, step, right,
    x: distance => EDGE.left + (distance / 1.45) * (right - EDGE.left),
    y: score => EDGE.top + ((upper - score) / (upper + 1)) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
}

function gridOf({x, y, upper, step, right}) {
  let svg = "";
  for (let tick = -1; tick <= upper; tick += step) {
    svg += `<path class="axis" d="M${EDGE.left} ${y(tick)}H${right}"/>` +
      textAt(EDGE.left - 7, y(tick) + 4, "end", String(tick).replace("-", "−"));
  }
  for (const tick of [0, 0.5, 1]) svg += textAt(x(tick), HEIGHT - EDGE.bottom + 18, "middle", tick);
  return svg + textAt(right, HEIGHT - 4, "end", "distance from the centre (corner: 1.41)");
}

/** The score of each patch against its distance from the centre; what stays is a full dot, the rest are rings. */
function scoreChart(side, width, {kept, scores, bonus, threshold}) {
  const axes = axesOf(width, scores);
  const {x, y, right} = axes;
  const stays = new Set(kept);
  const dots = Array.from(scores, (score, patch) =>
    `<circle class="dot${stays.has(patch) ? " stays" : ""}" r="${stays.has(patch) ? 3.8 : 3}"` +
    ` cx="${x(distanceOf(side, patch)).toFixed(1)}" cy="${y(score).toFixed(1)}"/>`);
  const outwards = Array.from(bonus.keys()).sort((a, b) => distanceOf(side, a) - distanceOf(side, b));
  const curve = outwards.map(patch => `${x(distanceOf(side, patch)).toFixed(1)} ${y(bonus[patch]).toFixed(1)}`);
  return `<svg role="img" viewBox="0 0 ${width} ${HEIGHT}" height="${HEIGHT}" aria-label="Score of each patch against` +
    ` its distance from the centre: ${kept.length} at or above the threshold of ${threshold.toFixed(2)},` +
    ` ${scores.length - kept.length} below it">${gridOf(axes)}${dots.join("")}` +
    `<path class="bonus" d="M${curve.join("L")}"/>` +
    `<path class="threshold" d="M${EDGE.left} ${y(threshold)}H${right}"/></svg>`;
}

/** What the signs of the chart mean. */
function legendOf({kept, scores, threshold}) {
  const sign = (shape, text) => `<span><svg aria-hidden="true" viewBox="0 0 24 12">${shape}</svg>${text}</span>`;
  return sign('<circle class="dot stays" cx="12" cy="6" r="4"/>', `${kept.length} kept`) +
    sign('<circle class="dot" cx="12" cy="6" r="3.4"/>', `${scores.length - kept.length} dropped`) +
    sign('<path class="threshold" d="M0 6H24"/>', `threshold ${threshold.toFixed(2).replace("-", "−")}`) +
    sign('<path class="bonus" d="M0 6H24"/>', "bonus, without noise");
}

/** A colour between those of a palette, at a share from 0 to 1. */
function colorAt(palette, share) {
  const place = share * (palette.length - 1);
  const step = Math.min(palette.length - 2, Math.floor(place));
  const parts = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
  const high = parts(palette[step + 1]);
  return `rgb(${parts(palette[step]).map((low, i) => Math.round(low + (place - step) * (high[i] - low)))})`;
}

/** A square for each patch, coloured by its share; a little larger than a patch, so that no seam shows. */
function mapOf(side, shares, palette) {
  return Array.from(shares, (share, patch) => `<rect x="${patch % side}" y="${Math.floor(patch / side)}"` +
    ` width="1.02" height="1.02" fill="${colorAt(palette, share)}"/>`).join("");
}
