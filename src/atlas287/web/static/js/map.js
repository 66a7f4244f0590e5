/* The map played over every day of the record: slider, play, zoom to a state, tooltips, and the table behind it.
 *
 * The page is whole without this: it shows the newest day and its table. What is looked for, all but the
 * first two may be missing:
 *
 *   <figure data-atlas-map data-days="…/map-days.json" data-lang="en"
 *           data-county-href="…/county/{fips}/" data-words='{"play": "Play", …}'>
 *     <svg id="us-map"> … paths c01001, as charts.maps.us_map draws them … </svg>
 *     <ul data-map-key="exposure">…</ul><ul data-map-key="jail" hidden>…</ul> …   of which one is shown
 *     <div data-map-controls></div>
 *     <p data-map-says></p>                    what the day comes to; read out when the slider rests
 *     <table data-map-table><tbody><tr data-state="AL"><th>Alabama</th>
 *       <td data-agreements></td><td data-jail></td><td data-field></td></tr> …
 *   </figure>
 *
 * One file, so that no part of it is ever kept by a browser at another version than the rest.
 * How the data are coded is told by panel.mapping.map_days; how a code is shaded, by charts.shades.
 */

const DAY = 86400000;
const FIELD = ["none", "f1", "f2", "f3", "f4", "unknown"];

export const WORDS = {
  play: "Play",
  pause: "Pause",
  day: "Day",
  map: "Show",
  exposure: "Jail and field",
  jail: "Jail",
  field: "Field",
  agencies: "Agencies",
  zoom: "Zoom to",
  nation: "The whole country",
  hint: "Arrow keys go from county to county, Enter opens its page, Escape shows the whole country.",
  says: "{day}: {agreements} agreements in {states} states{territories}; {jail} counties by jail, {field} by field.",
  territories: " and {territories} territories",
  labels: {
    none: "no agreement on the list",
    wide: "only a statewide agency",
    field: "field: a local agency’s task force",
    jail: "jail: everyone booked",
    both: "jail and field",
    f1: "under 10% of residents in the field",
    f2: "10–50% of residents in the field",
    f3: "50–90% of residents in the field",
    f4: "90% of residents or more in the field",
    unknown: "share in the field not known",
  },
};

/* Reading the data. Nothing here needs a page. */

/** Numbers that were kept as a first one and the changes after it. */
export function sums(changes) {
  let total = 0;
  return changes.map((change) => (total += change));
}

/** The code that holds at a moment, of moment, code, moment, code …; 0 before the first. */
export function codeAt(turns, moment) {
  let low = 0;
  let high = turns.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (turns[2 * middle] <= moment) low = middle + 1;
    else high = middle;
  }
  return low ? turns[2 * low - 1] : 0;
}

/** A county's shade on one of the maps. */
export function shade(code, wide, map) {
  const jail = code & 1;
  const step = code >> 1;
  if (map === "jail") return jail ? "jail" : "none";
  if (map === "field") return FIELD[step];
  if (jail && step) return "both";
  return jail ? "jail" : step ? "field" : wide ? "wide" : "none";
}

/** Every day of the record, from what map_days gives. */
export class Days {
  constructor(data) {
    this.data = data;
    this.start = Date.parse(data.first);
    this.length = Math.round((Date.parse(data.last) - this.start) / DAY) + 1;
    this.moments = sums(data.gaps);
    for (const name of ["agreements", "agencies", "states", "territories"]) this[name] = sums(data[name]);
  }

  /** The number of an ISO day, from 0; the nearest, of a day outside the record. */
  number(day) {
    return Math.min(this.length - 1, Math.max(0, Math.round((Date.parse(day) - this.start) / DAY)));
  }

  /** The ISO day of a number. */
  iso(number) {
    return new Date(this.start + number * DAY).toISOString().slice(0, 10);
  }

  /** The moment that rules a day: of the last list at or before it. */
  moment(number) {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.moments[middle] <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** A day: its figures, its counties' codes by FIPS, what is statewide, and agreements by state. */
  at(number) {
    const moment = this.moment(number);
    const each = (turns) =>
      Object.fromEntries(
        Object.entries(turns)
          .map(([key, own]) => [key, codeAt(own, moment)])
          .filter(([, code]) => code),
      );
    const day = { day: this.iso(number), moment };
    for (const name of ["agreements", "agencies", "states", "territories"]) day[name] = this[name][moment];
    return {
      ...day,
      counties: each(this.data.counties),
      wide: each(this.data.wide),
      byState: each(this.data.by_state),
    };
  }

  stateOf(fips) {
    return this.data.state_codes[fips.slice(0, 2)];
  }
}

/** A sentence with its {gaps} filled. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/* The page. */

const NS = "http://www.w3.org/2000/svg";
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function made(tag, values = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) {
    if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

class AtlasMap {
  constructor(figure, data) {
    this.figure = figure;
    this.days = new Days(data);
    this.lang = figure.dataset.lang || document.documentElement.lang || "en";
    const own = figure.dataset.words ? JSON.parse(figure.dataset.words) : {};
    this.words = { ...WORDS, ...own, labels: { ...WORDS.labels, ...own.labels } };
    this.svg = figure.querySelector("svg[id]");
    this.whole = this.svg.getAttribute("viewBox").split(" ").map(Number);
    this.paths = [...this.svg.querySelectorAll("path[id^=c]")].filter((p) => /^c\d{5}$/.test(p.id));
    this.map = "exposure";
    this.state = "";
    this.here = null;
    this.names = new Map();
    for (const path of this.paths) {
      const title = path.querySelector("title");
      this.names.set(path.id, title ? title.textContent.replace(/: .*$/s, "") : path.id.slice(1));
      title?.remove(); // else the browser shows its own beside ours
    }
    this.hatch = this.svg.querySelector("pattern")?.id;
    this.controls();
    this.pointing();
    this.show(this.days.length - 1);
  }

  day(iso) {
    return new Date(`${iso}T00:00:00Z`).toLocaleDateString(this.lang, {
      dateStyle: "long",
      timeZone: "UTC",
    });
  }

  count(value) {
    return value.toLocaleString(this.lang);
  }

  controls() {
    const place = this.figure.querySelector("[data-map-controls]") || made("div");
    if (!place.isConnected) this.svg.after(place);
    place.classList.add("map-controls");
    this.button = made("button", { type: "button", class: "map-play" }, this.words.play);
    this.button.addEventListener("click", () => (this.playing ? this.pause() : this.play()));
    this.slider = made("input", {
      type: "range",
      min: "0",
      max: String(this.days.length - 1),
      step: "1",
      class: "map-slider",
      "aria-label": this.words.day,
    });
    this.slider.addEventListener("input", () => {
      this.pause();
      this.show(this.slider.valueAsNumber);
    });
    // Arrows, Home and End are the browser's own; a page is a month, whatever the browser makes of it.
    this.slider.addEventListener("keydown", (event) => {
      const step = { PageUp: 30, PageDown: -30 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.pause();
      this.show(this.number + step);
    });
    this.date = made("output", { class: "map-day" });
    place.append(this.button, this.slider, this.date, this.maps(), this.zoomer());
    this.says = this.figure.querySelector("[data-map-says]") || made("p", { "data-map-says": "" });
    if (!this.says.isConnected) place.after(this.says);
    this.says.setAttribute("aria-live", "polite");
  }

  maps() {
    const set = made("fieldset", { class: "map-which" }, made("legend", {}, this.words.map));
    for (const map of ["exposure", "jail", "field"]) {
      const radio = made("input", { type: "radio", name: `${this.svg.id}-which`, value: map });
      radio.checked = map === this.map;
      radio.addEventListener("change", () => {
        this.map = map;
        this.show(this.number);
        for (const key of this.figure.querySelectorAll("[data-map-key]"))
          key.hidden = key.dataset.mapKey !== map;
      });
      set.append(made("label", {}, radio, ` ${this.words[map]}`));
    }
    this.marks = this.svg.querySelector(".agencies");
    if (this.marks) {
      const box = made("input", { type: "checkbox" });
      box.checked = false;
      box.addEventListener("change", () => this.showMarks(box.checked));
      this.marksBox = box;
      set.append(made("label", {}, box, ` ${this.words.agencies}`));
      this.showMarks(false);
    }
    return set;
  }

  showMarks(on) {
    // Marks are of the newest day alone: on any other they would say what is not so.
    const newest = this.number === undefined || this.number === this.days.length - 1;
    this.marksBox.disabled = !newest;
    this.marks.toggleAttribute("hidden", !(on && newest));
  }

  zoomer() {
    const select = made("select", { class: "map-zoom" }, made("option", { value: "" }, this.words.nation));
    const drawn = new Set(this.paths.map((path) => this.days.stateOf(path.id.slice(1))));
    const rows = [...this.figure.querySelectorAll("[data-map-table] [data-state]")];
    const named = rows.length
      ? rows.map((row) => [row.dataset.state, row.querySelector("th").textContent.trim()])
      : [...drawn].map((state) => [state, state]);
    for (const [state, name] of named.sort((a, b) => a[1].localeCompare(b[1], this.lang)))
      if (drawn.has(state)) select.append(made("option", { value: state }, name));
    select.addEventListener("change", () => this.zoom(select.value));
    this.select = select;
    return made("label", { class: "map-zoomer" }, `${this.words.zoom} `, select);
  }

  /* The day. */

  show(number) {
    this.number = Math.min(this.days.length - 1, Math.max(0, number));
    const moment = this.days.moment(this.number);
    if (moment !== this.moment || this.map !== this.shown) this.shadeAll(moment);
    const day = this.now;
    const iso = this.days.iso(this.number);
    this.slider.value = String(this.number);
    this.date.textContent = this.day(iso);
    this.date.setAttribute("data-day", iso);
    const said = this.sentence(iso, day);
    this.slider.setAttribute("aria-valuetext", said);
    if (this.marks) this.showMarks(this.marksBox.checked);
    clearTimeout(this.rest);
    // A live region that changes sixty times a second is read as noise: it waits until the slider rests.
    this.rest = setTimeout(() => (this.says.textContent = said), this.playing ? 1500 : 150);
    if (!this.says.textContent || !this.playing) this.says.textContent = said;
    this.tip?.isConnected && this.here && this.point(this.here);
  }

  sentence(iso, day) {
    const codes = Object.values(day.counties);
    const words = this.words;
    return fill(words.says, {
      day: this.day(iso),
      agreements: this.count(day.agreements),
      states: this.count(day.states),
      territories: day.territories ? fill(words.territories, { territories: day.territories }) : "",
      jail: this.count(codes.filter((code) => code & 1).length),
      field: this.count(codes.filter((code) => code >> 1).length),
    });
  }

  shadeAll(moment) {
    this.moment = moment;
    this.shown = this.map;
    this.now = this.days.at(this.days.moments[moment]);
    const { counties, wide } = this.now;
    for (const path of this.paths) {
      const fips = path.id.slice(1);
      const is = shade(counties[fips] ?? 0, wide[this.days.stateOf(fips)] ?? 0, this.map);
      if (path.getAttribute("class") === is) continue;
      path.setAttribute("class", is);
      if (is === "unknown") path.setAttribute("fill", `url(#${this.hatch})`);
      else path.removeAttribute("fill");
    }
    this.tabulate();
  }

  tabulate() {
    const jail = {};
    const field = {};
    for (const [fips, code] of Object.entries(this.now.counties)) {
      const state = this.days.stateOf(fips);
      if (code & 1) jail[state] = (jail[state] ?? 0) + 1;
      if (code >> 1) field[state] = (field[state] ?? 0) + 1;
    }
    const by = { agreements: this.now.byState, jail, field };
    for (const row of this.figure.querySelectorAll("[data-map-table] [data-state]"))
      for (const [name, counts] of Object.entries(by)) {
        const cell = row.querySelector(`[data-${name}]`);
        if (cell) cell.textContent = this.count(counts[row.dataset.state] ?? 0);
      }
  }

  /* Playing. */

  play() {
    const last = this.days.length - 1;
    const from = this.days.number(this.figure.dataset.playFrom || "2025-01-20");
    if (this.number >= last) this.show(from < last ? from : 0);
    this.playing = true;
    this.button.textContent = this.words.pause;
    if (calm()) {
      // Who asked for less motion sees a month at a time, a second each.
      this.timer = setInterval(() => this.step(30), 1000);
      return;
    }
    let before = performance.now();
    const pace = Number(this.figure.dataset.daysASecond || 18);
    const frame = (now) => {
      if (!this.playing) return;
      const days = Math.floor(((now - before) / 1000) * pace);
      if (days) {
        before += (days / pace) * 1000;
        this.step(days);
      }
      if (this.playing) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  step(days) {
    this.show(this.number + days);
    if (this.number >= this.days.length - 1) this.pause();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    clearInterval(this.timer);
    this.button.textContent = this.words.play;
    this.show(this.number);
  }

  /* Zooming. */

  zoom(state) {
    this.state = state;
    this.select.value = state;
    let to = this.whole;
    if (state) {
      const boxes = this.paths
        .filter((path) => this.days.stateOf(path.id.slice(1)) === state)
        .map((path) => path.getBBox());
      if (!boxes.length) return;
      const west = Math.min(...boxes.map((b) => b.x));
      const north = Math.min(...boxes.map((b) => b.y));
      const east = Math.max(...boxes.map((b) => b.x + b.width));
      const south = Math.max(...boxes.map((b) => b.y + b.height));
      const [, , w, h] = this.whole;
      // The picture keeps its form, so the page does not jump.
      const width = Math.max(east - west, ((south - north) * w) / h) * 1.1;
      const height = (width * h) / w;
      to = [(west + east - width) / 2, (north + south - height) / 2, width, height];
    }
    this.svg.classList.toggle("zoomed", Boolean(state));
    this.glide(to);
  }

  glide(to) {
    cancelAnimationFrame(this.gliding);
    const from = this.svg.getAttribute("viewBox").split(" ").map(Number);
    const set = (box) => {
      this.svg.setAttribute("viewBox", box.map((n) => Math.round(n * 10) / 10).join(" "));
      this.svg.style.setProperty("--mark-scale", Math.sqrt(box[2] / this.whole[2]).toFixed(3));
    };
    if (calm()) return set(to);
    const begun = performance.now();
    const frame = (now) => {
      const share = Math.min(1, (now - begun) / 400);
      const eased = share * share * (3 - 2 * share);
      set(from.map((n, i) => n + (to[i] - n) * eased));
      if (share < 1) this.gliding = requestAnimationFrame(frame);
    };
    this.gliding = requestAnimationFrame(frame);
  }

  /* Pointing at a county, by mouse, touch or keys. */

  pointing() {
    const svg = this.svg;
    svg.setAttribute("tabindex", "0");
    svg.setAttribute("role", "group");
    const hint = made("p", { class: "map-hint", id: `${svg.id}-hint` }, this.words.hint);
    svg.after(hint);
    svg.setAttribute("aria-describedby", `${svg.id}-desc ${hint.id}`);
    this.tip = made("div", { class: "map-tip", role: "status", hidden: true });
    this.figure.append(this.tip);
    this.figure.classList.add("map-live");
    this.ring = document.createElementNS(NS, "path");
    this.ring.setAttribute("class", "pointed");
    svg.append(this.ring);
    const county = (event) => {
      const path = event.target.closest?.("path");
      return path && /^c\d{5}$/.test(path.id) ? path : null;
    };
    svg.addEventListener("pointermove", (event) => this.point(county(event), event));
    svg.addEventListener("pointerleave", () => this.point(null));
    svg.addEventListener("blur", () => this.point(null));
    svg.addEventListener("click", (event) => {
      const path = county(event);
      if (!path) return;
      const state = this.days.stateOf(path.id.slice(1));
      if (state !== this.state) this.zoom(state);
      else this.open(path);
    });
    svg.addEventListener("keydown", (event) => this.key(event));
  }

  open(path) {
    const to = this.figure.dataset.countyHref;
    if (to && path) location.assign(to.replace("{fips}", path.id.slice(1)));
  }

  key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) {
      event.preventDefault();
      this.point(this.beside(way));
    } else if (event.key === "Enter" && this.here) {
      this.open(this.here);
    } else if (event.key === "Escape") {
      if (this.here) this.point(null);
      else this.zoom("");
    }
  }

  middle(path) {
    const box = path.getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }

  /** The county that lies that way: near, and more ahead than aside. */
  beside([dx, dy]) {
    this.middles ??= new Map(this.paths.map((path) => [path, this.middle(path)]));
    const [x, y, w, h] = this.svg.getAttribute("viewBox").split(" ").map(Number);
    const [fromX, fromY] = this.here ? this.middles.get(this.here) : [x + w / 2, y + h / 2];
    let best = null;
    let least = Infinity;
    for (const [path, [atX, atY]] of this.middles) {
      if (path === this.here) continue;
      if (this.state && this.days.stateOf(path.id.slice(1)) !== this.state) continue;
      const ahead = (atX - fromX) * dx + (atY - fromY) * dy;
      const aside = Math.abs((atX - fromX) * dy) + Math.abs((atY - fromY) * dx);
      if (this.here && ahead <= 0) continue;
      const far = this.here ? ahead + 2 * aside : Math.hypot(atX - fromX, atY - fromY);
      if (far < least) [best, least] = [path, far];
    }
    return best ?? this.here;
  }

  point(path, event) {
    this.here = path;
    this.tip.hidden = !path;
    this.ring.setAttribute("d", path ? path.getAttribute("d") : "");
    if (!path) return;
    const fips = path.id.slice(1);
    const is = shade(
      this.now.counties[fips] ?? 0,
      this.now.wide[this.days.stateOf(fips)] ?? 0,
      this.map,
    );
    this.tip.replaceChildren(
      made("strong", {}, this.names.get(path.id)),
      document.createTextNode(` ${this.words.labels[is]}`),
    );
    const frame = this.figure.getBoundingClientRect();
    const box = path.getBoundingClientRect();
    const x = event ? event.clientX : box.left + box.width / 2;
    const y = event ? event.clientY : box.top;
    const left = Math.min(Math.max(0, x - frame.left - 90), Math.max(0, frame.width - this.tip.offsetWidth));
    // Moved by the attributes of its own style object, which a policy against inline style allows.
    this.tip.style.left = `${left}px`;
    this.tip.style.top = `${Math.max(0, y - frame.top - this.tip.offsetHeight - 14)}px`;
  }
}

/** Bring the maps of a page to life. */
export async function start(root = document) {
  const figures = [...root.querySelectorAll("[data-atlas-map]")];
  return Promise.all(
    figures.map(async (figure) => {
      const answer = await fetch(figure.dataset.days);
      if (!answer.ok) return null; // the still of the newest day stays, and is true
      return new AtlasMap(figure, await answer.json());
    }),
  );
}

if (typeof document !== "undefined") start();
