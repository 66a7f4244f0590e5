/* Search as you type, in the head of every page: one index, loaded when somebody first looks for something.
 *
 * The page is whole without this: the form asks the server. On a written site, where there is no server
 * to ask, this also fills the page of search. How the index is packed is told by web/machine.py.
 */

const MOST = 8;

/** Case, accents and quotes evened. */
export function evened(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘`´]/g, "'").toLowerCase().trim();
}

/** The id that most agencies have by their name. */
export function plainId(state, name) {
  const plain = name.toLowerCase().replaceAll("'s", "").replaceAll("'", "").replace(/[^a-z0-9]+/g, "-");
  return `${state.toLowerCase()}-${plain.replace(/^-|-$/g, "").replace(/-(office|department)$/, "")}`;
}

/** Everything that can be found, unpacked: kind, id, name, state, active, and the words it goes by. */
export function unpacked(index, lang) {
  const whole = (name) => name.replace(/~(\d+)$/, (_, n) => index.endings[n]);
  const words = (name) => evened(name).match(/[\p{L}\p{N}']+/gu) ?? [];
  const entries = [];
  const add = (kind, id, name, state, active, also = []) => {
    const where = kind === "state" ? [] : [state.toLowerCase(), ...words(index.states.en[state])];
    entries.push({ kind, id, name, state, active, words: words(name), also: [...also, ...where] });
  };
  for (const [code, name] of Object.entries(index.states[lang])) {
    add("state", code.toLowerCase(), name, code, false, [code.toLowerCase(), ...words(index.states.en[code])]);
  }
  for (const [state, rows] of Object.entries(index.agencies)) {
    for (const row of rows) {
      const [packed, id] = row.slice(1).split("\t");
      const name = whole(packed);
      add("agency", id ?? plainId(state, name), name, state, row[0] === "+");
    }
  }
  for (const [digits, rows] of Object.entries(index.counties)) {
    for (const row of rows) add("county", digits + row.slice(0, 3), whole(row.slice(3)), index.codes[digits], false);
  }
  return entries;
}

/** What goes by these words, the best first. */
export function found(entries, text, most) {
  const asked = evened(text).match(/[\p{L}\p{N}']+/gu) ?? [];
  if (!asked.length) return [];
  const ranked = [];
  for (const entry of entries) {
    const left = asked.filter((word) => !entry.words.some((own) => own.startsWith(word)));
    const known = left.every((word) => entry.also.includes(word));
    if (!known || (left.length === asked.length && entry.kind !== "state")) continue;
    const said = asked.filter((word) => !left.includes(word));
    const whole = said.every((word) => entry.words.includes(word));
    let rank = entry.words[0]?.startsWith(said[0]) ? 3 : 4;
    if (whole) rank = said.every((word, n) => entry.words[n] === word) ? 1 : 2;
    if (whole && said.length === entry.words.length) rank = 0;
    if (!said.length) rank = 0; // a state by its code
    ranked.push([rank, "state agency county".indexOf(entry.kind), entry.active ? 0 : 1, entry]);
  }
  ranked.sort((a, b) => {
    for (let n = 0; n < 3; n += 1) if (a[n] !== b[n]) return a[n] - b[n];
    return a[3].name.localeCompare(b[3].name);
  });
  return ranked.slice(0, most).map((row) => row[3]);
}

let loaded;

function entriesOf(form) {
  loaded ??= fetch(form.dataset.index)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((index) => unpacked(index, document.documentElement.lang))
    .catch(() => {
      loaded = undefined; // asked again with the next letter
      return [];
    });
  return loaded;
}

function address(form, entry) {
  const [pattern, name] = { agency: [form.dataset.agency, "{agency_id}"], county: [form.dataset.county, "{fips}"],
    state: [form.dataset.state, "{code}"] }[entry.kind];
  return pattern.replace(name, encodeURIComponent(entry.id));
}

function line(form, entry, states) {
  const of = document.createElement("span");
  of.className = "of";
  const where = entry.kind === "state" ? "" : `, ${states[entry.state]}`;
  const what = form.dataset[`is${entry.kind}${entry.kind === "agency" && !entry.active ? "gone" : ""}`];
  of.textContent = `${where} – ${what}`;
  return [document.createTextNode(entry.name), of];
}

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.list = document.createElement("ul");
    this.list.id = "hits";
    this.list.className = "hits";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.querySelector("label").textContent);
    this.input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "hits" })) this.input.setAttribute(name, value);
    this.at = -1;
    this.input.addEventListener("focus", () => entriesOf(form), { once: true });
    this.input.addEventListener("input", () => this.show());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  async show() {
    const text = this.input.value;
    const entries = await entriesOf(this.form);
    if (text !== this.input.value) return; // a later letter has come
    const states = Object.fromEntries(entries.filter((e) => e.kind === "state").map((e) => [e.state, e.name]));
    this.hits = found(entries, text, MOST);
    this.at = -1;
    this.list.replaceChildren(
      ...this.hits.map((entry, n) => {
        const item = document.createElement("li");
        item.id = `hit-${n}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(...line(this.form, entry, states));
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => this.go(n));
        return item;
      }),
    );
    this.list.hidden = this.hits.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.key === "Escape") this.close();
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const many = this.hits.length;
      this.at = this.at < 0 && step < 0 ? many - 1 : (this.at + step + many) % many;
      [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === this.at)));
      this.input.setAttribute("aria-activedescendant", `hit-${this.at}`);
      this.list.children[this.at].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.go(this.at);
    }
  }

  go(n) {
    location.href = address(this.form, this.hits[n]);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** The page of search on a written site: the server has answered nothing, so this does. */
async function answer(form, place) {
  const text = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 100);
  if (!text) return;
  form.querySelector("input[type=search]").value = text;
  const entries = await entriesOf(form);
  const states = Object.fromEntries(entries.filter((e) => e.kind === "state").map((e) => [e.state, e.name]));
  const hits = found(entries, text, 50);
  place.querySelector("h1").textContent = hits.length ? text : place.dataset.nothing.replace("{asked}", text);
  const list = document.createElement("ul");
  list.className = "plain";
  list.append(
    ...hits.map((entry) => {
      const [name, of] = line(form, entry, states);
      const to = document.createElement("a");
      to.href = address(form, entry);
      to.append(name);
      const item = document.createElement("li");
      item.append(to, of);
      return item;
    }),
  );
  place.append(list);
}

if (globalThis.document) {
  const form = document.querySelector("form.find");
  if (form) {
    new Suggestions(form);
    const place = document.querySelector("[data-answers]");
    if (place) answer(form, place);
  }
}
