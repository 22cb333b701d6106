// The panel's controls. All stands in the shadow root of its own element: panels of a page share no name and no style.

/** Where sigma's slider stops: evenly apart in the logarithm, as far as short numbers allow. */
const SIGMAS = [0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2,
  1.5, 2, 2.5, 3, 4, 5];
/** Before a screen reader is told, so that it does not read each place of a slider that is moved. */
const MILLISECONDS_OF_QUIET = 700;

const percent = share => `${Math.round(share * 100)} %`;
const rounded = number => Number(number.toPrecision(3));

class MaskPanel {
  constructor({side, seed, start, picture, shows, palette, style, markup}) {
    const sheet = document.createElement("template");
    sheet.innerHTML = `<style>${style}</style>${markup}`;
    this.root = sheet.content;
    this.panel = this.root.querySelector(".panel");
    Object.assign(this, {side, seed, shows, palette, width: 560, draws: new MaskDraws(side, seed)});
    this.state = {...start, sample: 0};
    this.one("img").src = picture;
    this.one(".mask").setAttribute("viewBox", `0 0 ${side} ${side}`);
    this.one(".often").setAttribute("viewBox", `0 0 ${side} ${side}`);
    this.one(".scale i").style.background = `linear-gradient(90deg, ${palette.join()})`;
    this.one("#sigma").max = SIGMAS.length - 1;
    this.listen();
    this.show();
  }

  /** Takes the place of what stands in an element for pages without scripts. */
  replace(host) {
    host.attachShadow({mode: "open"}).append(this.root);
    new ResizeObserver(([{contentRect}]) => {
      this.width = Math.max(260, Math.round(contentRect.width));
      this.showScores();
    }).observe(this.one(".chart"));
  }

  one(selector) {
    return this.panel.querySelector(selector);
  }

  all(selector) {
    return [...this.panel.querySelectorAll(selector)];
  }

  on(selector, type, listener) {
    this.all(selector).forEach(input => input.addEventListener(type, () => listener(input)));
  }

  /** A number that is missing or out of range changes nothing, and gives way to the valid one when it is left. */
  onNumber(selector, values) {
    this.on(selector, "input", input => input.validity.valid && this.change(values(Number(input.value))));
    this.on(selector, "change", input => {
      if (!input.validity.valid) this.say(`${input.validationMessage} Still ${this.showControls(input)}`);
    });
  }

  listen() {
    this.on("[name=method]", "change", input => this.change({method: input.value}));
    this.on("[name=reading]", "change", input => this.change({deviation: input.value === "deviation"}));
    this.on("#ratio", "input", input => this.change({thousandths: 10 * Number(input.value)}));
    this.on("#sigma", "input", input => this.change({sigma: SIGMAS[Number(input.value)]}));
    this.onNumber("#ratio-number", value => ({thousandths: Math.round(10 * value)}));
    this.onNumber("#sigma-number", value => ({sigma: value}));
    this.onNumber("#sample", value => ({sample: value}));
    this.on("button", "click", () => this.change({sample: this.state.sample + 1}));
    this.on("#own", "change", input => input.files.length && this.takePicture(input.files[0]));
  }

  change(values) {
    Object.assign(this.state, values);
    this.say(this.show());
  }

  say(text) {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (this.one(".said").textContent = text), MILLISECONDS_OF_QUIET);
  }

  takePicture(file) {
    const address = URL.createObjectURL(file);
    const trial = new Image();
    const note = this.one("#own-note");
    trial.onload = () => {
      URL.revokeObjectURL(this.own);
      this.one("img").src = this.own = address;
      this.shows = file.name;
      note.textContent = "It stays in this page. The middle square is shown.";
      this.say(`${this.show()} The picture is now ${file.name}.`);
    };
    trial.onerror = () => {
      URL.revokeObjectURL(address);
      note.textContent = `${file.name} is no picture that this browser can read.`;
      this.say(note.textContent);
    };
    trial.src = address;
  }

  /** Draws all anew; returns it in words. */
  show() {
    this.drawn = this.draws.draw(this.state);
    const shares = this.draws.frequencies(this.drawn);
    const regions = this.draws.regions(shares);
    const centre = percent(regions.centre);
    const corner = percent(regions.corner);
    const {count} = this.drawn;
    this.showControls();
    this.showMask();
    this.showScores();
    this.one(".often").innerHTML = mapOf(this.side, shares, this.palette);
    this.one(".often").setAttribute("aria-label", `How often each patch is kept: centre ${centre}, corner ${corner}`);
    this.one(".centre").textContent = centre;
    this.one(".corner").textContent = corner;
    this.one(".kept").textContent = count;
    this.one(".of").textContent = `of ${this.draws.patches} patches kept`;
    this.one(".tokens").textContent = count + 1;
    this.one("code").textContent = this.call();
    return `${this.state.method}: ${count} of ${this.draws.patches} patches kept, ${count + 1} tokens. Centre kept in` +
      ` ${centre} of ${DRAWS} draws, corner in ${corner}.`;
  }

  /** What draws this mask in Java. */
  call() {
    const {method, thousandths, sigma, deviation, sample} = this.state;
    const ratio = thousandths / 1000;
    const mask = {CLIP: "none()", FLIP: `random(${ratio})`,
      GLIP: `gaussian${deviation ? "StandardDeviation" : ""}(${ratio}, ${sigma})`}[method];
    const seed = BigInt.asIntN(32, BigInt(this.seed)) === BigInt(this.seed) ? this.seed : `${this.seed}L`;
    return `Mask.${mask}.on(new PatchGrid(${this.side})).sample(${seed}, 0, ${sample})`;
  }

  showMask() {
    const {side} = this;
    const stays = new Set(this.drawn.kept);
    const dropped = Array.from({length: side * side}, (_, patch) => patch).filter(patch => !stays.has(patch));
    const sign = patch => (stays.has(patch) ? "■" : "·");
    const rows = Array.from({length: side}, (_, row) =>
      Array.from({length: side}, (_, column) => sign(row * side + column)).join(" "));
    this.one(".mask").innerHTML = coverOf(side, dropped);
    this.one(".mask").setAttribute("aria-label",
      `${this.shows}, in ${side} by ${side} patches; ${dropped.length} of them are covered`);
    this.one("pre").textContent = rows.join("\n");
    this.one(".numbers").textContent = `Numbers, row by row from 0 in the top left: ${this.drawn.kept.join(" ")}`;
  }

  showScores() {
    const noise = this.drawn.scores;
    this.one(".scores").innerHTML = noise ? scoreChart(this.side, this.width, this.drawn)
      : '<p class="note">Every patch stays, so there are no scores and no threshold.</p>';
    this.one(".legend").innerHTML = noise ? legendOf(this.drawn) : "";
  }

  /** Sets the controls to the state; what is being typed is left alone. */
  showControls(left) {
    const {method, thousandths, sigma, deviation, sample} = this.state;
    const put = (selector, value) => {
      const input = this.one(selector);
      if (input === left || input.type === "range" || !input.matches(":focus")) input.value = value;
    };
    const apart = value => Math.abs(Math.log(value / sigma));
    const nearest = SIGMAS.reduce((best, value, i) => (apart(value) < apart(SIGMAS[best]) ? i : best), 0);
    this.all("[name=method]").forEach(input => (input.checked = input.value === method));
    this.all("[name=reading]").forEach(input => (input.checked = (input.value === "deviation") === deviation));
    put("#ratio", thousandths / 10);
    put("#ratio-number", thousandths / 10);
    put("#sigma", nearest);
    put("#sigma-number", sigma);
    put("#sample", sample);
    this.one("#ratio").setAttribute("aria-valuetext", `${thousandths / 10} percent dropped`);
    this.one("#sigma").setAttribute("aria-valuetext", `${deviation ? "standard deviation" : "variance"} ${sigma}`);
    this.one(".reading").textContent = deviation
      ? `A standard deviation of ${sigma} is a variance of ${rounded(sigma * sigma)}.`
      : `A variance of ${sigma} is a standard deviation of ${rounded(Math.sqrt(sigma))}.`;
    this.enable(".masked", method !== "CLIP");
    this.enable(".centred", method === "GLIP");
    return left?.value;
  }

  enable(selector, on) {
    this.all(selector).forEach(row => row.classList.toggle("off", !on));
    this.all(`${selector} input`).forEach(input => (input.disabled = !on));
  }
}
