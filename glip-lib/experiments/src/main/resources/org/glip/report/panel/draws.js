// How the library draws a mask, once more in the page: the same numbers give the same patches. It is what KeyedRandom
// (with the JDK's SplittableRandom), KeepCount, Mask.Gaussian, MaskSampler and TopScores do; MaskPanelTest compares.

const DRAWS = 500;
const GAMMA = 0x9e3779b97f4a7c15n;
const wrapped = number => BigInt.asUintN(64, number);

function mix(z) {
  z = wrapped((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = wrapped((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/** The noise of one sample of step 0, a number in [0, 1) for each patch; seed and sample are whole numbers. */
function noiseOf(seed, sample, patches) {
  let state = mix(wrapped(BigInt(seed) + GAMMA));
  state = mix(state ^ mix(0xd1b54a32d192ed03n));
  state = mix(state ^ mix(wrapped(BigInt(sample) + 0x8cb92ba72f3d8dd7n)));
  return Float64Array.from({length: patches}, () => {
    state = wrapped(state + GAMMA);
    return Number(mix(state) >> 11n) * 2 ** -53;
  });
}

/** How many of so many patches stay. The ratio comes in thousandths, so that its floor is one of whole numbers. */
function keptOf(patches, thousandths) {
  return Math.max(1, Math.floor((patches * (1000 - thousandths)) / 1000));
}

/** Where a row or column is, from -1 to 1. */
const placeOf = (side, i) => (side === 1 ? 0 : (2 * i - (side - 1)) / (side - 1));

/** The bonus p - 1 of each patch, row by row; 0 without a variance. */
function bonusOf(side, variance) {
  return Float64Array.from({length: side * side}, (_, patch) => {
    if (!variance) return 0;
    const y = placeOf(side, Math.floor(patch / side));
    const x = placeOf(side, patch % side);
    return Math.exp(-(y * y + x * x) / (2 * variance)) / (2 * Math.PI * variance) - 1;
  });
}

/** The patches with the largest scores, ascending, and the least that stays; of equal scores the first patch stays. */
function keepLargest(scores, count) {
  const threshold = Float64Array.from(scores).sort()[scores.length - count];
  let ties = count;
  for (const score of scores) ties -= score > threshold;
  const kept = [];
  for (let patch = 0; patch < scores.length; patch++) {
    if (scores[patch] > threshold || (scores[patch] === threshold && ties-- > 0)) kept.push(patch);
  }
  return {kept, threshold};
}

function scoresOf(bonus, noise) {
  const scores = new Float64Array(bonus.length);
  for (let patch = 0; patch < scores.length; patch++) scores[patch] = bonus[patch] + noise[patch];
  return scores;
}

/** The masks of a grid and a seed. */
class MaskDraws {
  constructor(side, seed) {
    this.side = side;
    this.patches = side * side;
    this.seed = BigInt(seed);
  }

  /** One draw, its scores and its threshold; without these where every patch stays. */
  draw({method, thousandths, sigma, deviation, sample}) {
    const count = method === "CLIP" ? this.patches : keptOf(this.patches, thousandths);
    const bonus = bonusOf(this.side, method === "GLIP" ? (deviation ? sigma * sigma : sigma) : 0);
    if (count === this.patches) {
      return {count, bonus, kept: Array.from(bonus.keys())};
    }
    const scores = scoresOf(bonus, noiseOf(this.seed, sample, this.patches));
    return {count, bonus, scores, ...keepLargest(scores, count)};
  }

  /** How often each patch stays in samples 0 to 499, as shares. */
  frequencies({count, bonus}) {
    const times = new Float64Array(this.patches);
    if (count === this.patches) return times.fill(1);
    this.noise ??= Array.from({length: DRAWS}, (_, sample) => noiseOf(this.seed, sample, this.patches));
    for (const noise of this.noise) {
      for (const patch of keepLargest(scoresOf(bonus, noise), count).kept) times[patch]++;
    }
    return times.map(value => value / DRAWS);
  }

  /** The mean over the middle patch, or the middle four, and over the four corners. */
  regions(values) {
    const last = this.side - 1;
    const middle = [Math.floor(last / 2), Math.ceil(last / 2)];
    const mean = lines => {
      const all = lines.flatMap(row => lines.map(column => values[row * this.side + column]));
      return all.reduce((sum, value) => sum + value) / all.length;
    };
    return {centre: mean(middle), corner: mean([0, last])};
  }
}
