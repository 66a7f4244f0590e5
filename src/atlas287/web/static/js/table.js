/* Tables that can be sorted and filtered where they stand. Pages are whole without this: the server filters.
 *
 * <table data-sortable>: every column head becomes a button; a cell's data-v is what it is sorted by.
 * <form data-filter data-whole="yes">: its fields hide the rows of the page's <table data-filterable>
 * whose data-NAME lacks the chosen word, or whose text lacks the words written; the address follows, so
 * that it can be passed on. With data-whole="no" the server has left rows out already, and is asked again.
 * <form data-days>: on a written site, hides the changes outside two days, and what is of the whole record.
 * <form data-go>: on a written site, goes to the state that is chosen.
 */

const evened = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘`´]/g, "'").toLowerCase();

function value(row, column) {
  const cell = row.cells[column];
  const text = cell.dataset.v ?? cell.textContent.trim();
  const number = text === "" || text === "–" ? Number.NEGATIVE_INFINITY : Number(text.replaceAll(",", ""));
  return { text, number };
}

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending"
        || (!head.hasAttribute("aria-sort") && head.classList.contains("n"));
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = [...body.rows].map((row) => [value(row, column), row]);
      const numbers = head.classList.contains("n");
      rows.sort(([a], [b]) => (numbers ? a.number - b.number : a.text.localeCompare(b.text)) * (down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

function filtering(form, table) {
  const rows = [...table.tBodies[0].rows].map((row) => [row, evened(row.cells[0].textContent)]);
  const fields = [...form.elements].filter((field) => field.name);
  const asked = new URLSearchParams(location.search);
  for (const field of fields) field.value = asked.get(field.name) ?? field.value;
  const show = () => {
    const words = evened(form.elements.q?.value ?? "").split(/\s+/).filter(Boolean);
    const chosen = fields.filter((field) => field.name !== "q" && field.value);
    let shown = 0;
    for (const [row, name] of rows) {
      const fits = chosen.every((field) => (row.dataset[field.name] ?? "").split(" ").includes(field.value))
        && words.every((word) => name.includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    form.querySelector("output").textContent = `${shown.toLocaleString("en-US")} / ${rows.length.toLocaleString("en-US")}`;
    const query = new URLSearchParams(fields.filter((f) => f.value).map((f) => [f.name, f.value])).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  if (fields.some((field) => field.value)) show();
}

function days(form) {
  const asked = new URLSearchParams(location.search);
  const show = () => {
    const { from, to } = form.elements;
    const [first, last] = [from.value, to.value].sort();
    let shown = 0;
    for (const item of document.querySelectorAll("li[data-day]")) {
      item.hidden = item.dataset.day < first || item.dataset.day > last;
      shown += !item.hidden;
    }
    for (const list of document.querySelectorAll("ul.history")) {
      const empty = [...list.children].every((item) => item.hidden);
      list.hidden = empty;
      if (list.previousElementSibling?.matches(".list")) list.previousElementSibling.hidden = empty;
    }
    // What compares the first list with the last says nothing of other days.
    const whole = first <= from.min && last >= to.max;
    for (const part of document.querySelectorAll("[data-of-record]")) part.hidden = !whole;
    const none = document.querySelector("[data-none]");
    if (none) none.textContent = shown ? "" : none.dataset.none;
  };
  for (const name of ["from", "to"]) if (asked.get(name)) form.elements[name].value = asked.get(name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  if (asked.get("from") || asked.get("to")) show();
}

document.querySelectorAll("table[data-sortable]").forEach(sortable);
const filter = document.querySelector("form[data-filter]");
const table = document.querySelector("table[data-filterable]");
if (filter?.dataset.whole === "yes" && table) filtering(filter, table);
const between = document.querySelector("form[data-days=written]");
if (between) days(between);
const choose = document.querySelector("form[data-go]");
choose?.addEventListener("submit", (event) => {
  if (!choose.elements.state.value) return;
  event.preventDefault();
  location.href = choose.dataset.go.replace("{code}", choose.elements.state.value.toLowerCase());
});
