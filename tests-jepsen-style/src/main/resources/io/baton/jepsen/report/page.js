// Fills the page, and connects it with the picture.

const STATE = { PASSED: "✓", FAILED: "✗", SKIPPED: "–" };
const VERDICT = { PASSED: "passed", FAILED: "failed", SKIPPED: "nothing was judged" };

function fillHead() {
  document.title = (data.verdict === "PASSED" ? "✓ " : "✗ ") + data.title;
  byId("title").textContent = data.title;
  byId("verdict").textContent = VERDICT[data.verdict] + (data.marks.length ? ": " + data.marks.length + (data.marks.length > 1 ? " violations" : " violation") : "");
  byId("verdict").className = data.verdict;
  for (const [name, value] of [["length", length(data.duration)], ...data.facts]) {
    byId("facts").append(element("div", {}, element("dt", {}, name), element("dd", {}, value)));
  }
}

function fillChecks() {
  for (const check of data.checks) {
    const what = element("td", {}, check.what);
    if (check.details) what.append(element("div", { class: "details" }, check.details));
    byId("checks").append(element("tr", { class: check.verdict },
      element("td", { class: "state", "aria-label": check.verdict.toLowerCase(), title: check.verdict.toLowerCase() }, STATE[check.verdict]),
      element("td", {}, check.name), what,
      element("td", { class: "number" }, check.count.toLocaleString("en"))));
  }
}

function fillFaults() {
  for (const fault of faultKinds) {
    const all = data.bands.filter(band => band.fault === fault), lengths = all.map(band => band.until - band.from);
    const box = element("input", { type: "checkbox", "aria-label": "show " + fault });
    box.checked = true;
    box.addEventListener("change", () => { if (box.checked) hidden.delete(fault); else hidden.add(fault); draw(); });
    byId("faults").append(element("tr", {},
      element("td", {}, element("label", {}, box)),
      element("td", {}, swatch(faultColor(fault)), fault),
      element("td", { class: "number" }, String(all.length)),
      element("td", { class: "number" }, length(lengths.reduce((a, b) => a + b, 0))),
      element("td", { class: "number" }, length(lengths.reduce((a, b) => Math.max(a, b), 0)))));
  }
  if (!faultKinds.length) byId("faults").append(element("tr", {}, element("td", { colspan: 5 }, "none")));
}

const markButtons = [];
function goToMark(index) {
  const mark = marks.list[index];
  if (!mark) return;
  markButtons.forEach((button, i) => i === index ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current"));
  markButtons[index].scrollIntoView({ block: "nearest" });
  view.show(mark.from - 2 * SECOND, mark.until + 2 * SECOND);
  byId("timeline-h").scrollIntoView({ block: "start", behavior: "smooth" });
}

/** The violation after the chosen one (or before it); without a chosen one, after the middle of the view. */
function step(forward) {
  const chosen = markButtons.findIndex(button => button.hasAttribute("aria-current"));
  if (chosen >= 0) return goToMark(Math.max(0, Math.min(markButtons.length - 1, chosen + (forward ? 1 : -1))));
  const after = marks.list.findIndex(mark => mark.from >= view.from);
  goToMark(after < 0 ? marks.list.length - 1 : after);
}

function fillMarks() {
  byId("violations").hidden = byId("jump").hidden = !data.marks.length;
  marks.list.forEach((mark, index) => {
    const button = element("button", {}, element("span", { class: "at" }, clock(mark.from)),
      element("span", { class: "who" }, mark.checker), element("span", {}, mark.text));
    button.addEventListener("click", () => goToMark(index));
    markButtons.push(button);
    byId("marks").append(element("li", {}, button));
  });
}

function fillNames() {
  for (const row of rows) {
    const name = element("div", row.lane ? { title: row.lane.name } : { class: "group" }, row.lane ? row.lane.name : row.heading);
    name.style.height = name.style.lineHeight = row.height + "px";
    byId("lane-names").append(name);
  }
  const names = element("span", {}, faultKinds.length ? "faults" : "");
  names.style.paddingTop = AXIS + "px";
  byId("fault-names").append(names);
  const used = new Set(data.lanes.flatMap(lane => lane.bars.map(bar => bar[2])));
  data.kinds.forEach(kind => used.has(kind) && byId("legend").append(element("span", {}, swatch(kind), kind.toLowerCase())));
}

// ---- pointing at things

function row(title, color, from, until, text) {
  const line = element("div", {}, swatch(color), element("b", {}, title), " ", element("span", { class: "soft" },
    clock(from) + (until > from ? " – " + clock(until) + " (" + length(until - from) + ")" : "")));
  if (text) line.append(element("div", { class: "soft" }, text));
  return line;
}

/** What is under the pointer: bars of one lane, the highest first, or none on the axis; faults; violations. */
function under(event) {
  const canvas = event.currentTarget, at = timeAt(canvas, event.clientX);
  const near = 3 / canvas.clientWidth * (view.until - view.from), y = event.clientY - canvas.getBoundingClientRect().top;
  const here = canvas.id === "lanes" ? rows.find(r => r.lane && y >= r.y && y < r.y + r.height) : null;
  let faults = shownBands(at - near, at + near);
  if (canvas.id === "axis") faults = faults.filter(b => y >= AXIS + b.row * FAULT && y < AXIS + (b.row + 1) * FAULT);
  const exact = here ? here.lane.bars.within(at, at) : [];
  const bars = here ? (exact.length ? exact : here.lane.bars.within(at - near, at + near)) : [];
  return { at, lane: here && here.lane, bars: bars.sort((a, b) => b[2] - a[2]).slice(0, 3), faults: faults.slice(0, 5), marks: marks.within(at - near, at + near).slice(0, 4) };
}

function point(event) {
  const found = under(event), tip = byId("tip"), box = byId("picture").getBoundingClientRect();
  byId("cross").hidden = false;
  byId("cross").style.left = event.clientX - box.left - 1 + "px";
  tip.replaceChildren(element("div", {}, element("b", {}, clock(found.at, (view.until - view.from) / 1e4)), found.lane ? " " + found.lane.name : ""));
  for (const mark of found.marks) tip.append(row("✗ " + mark.checker, "bad", mark.from, mark.until, mark.text));
  for (const bar of found.bars) tip.append(row(data.kinds[bar[2]].toLowerCase() + (bar[3] ? ", " + bar[3] : ""), data.kinds[bar[2]], bar[0], bar[1], bar[4]));
  for (const band of found.faults) tip.append(row(band.fault, faultColor(band.fault), band.from, band.until, band.detail));
  tip.hidden = false;
  const left = event.clientX + 16 + tip.offsetWidth > innerWidth ? event.clientX - tip.offsetWidth - 12 : event.clientX + 16;
  tip.style.left = Math.max(4, left) + "px";
  tip.style.top = Math.max(4, Math.min(innerHeight - tip.offsetHeight - 6, event.clientY + 14)) + "px";
}

function zoomTo(event) {
  const found = under(event), bar = found.bars[0], band = found.faults[0];
  const [from, until] = bar ? bar : band ? [band.from, band.until] : [found.at - (view.until - view.from) / 8, found.at + (view.until - view.from) / 8];
  const margin = Math.max(5e6, (until - from) * 0.1);
  view.show(from - margin, until + margin);
}

function connect() {
  for (const id of ["axis", "lanes"]) {
    const canvas = byId(id);
    wheelZooms(canvas);
    canvas.addEventListener("pointermove", point);
    canvas.addEventListener("pointerleave", () => byId("tip").hidden = byId("cross").hidden = true);
    canvas.addEventListener("dblclick", zoomTo);
  }
  const perPixel = canvas => (view.until - view.from) / canvas.clientWidth;
  onDrag(byId("lanes"), (start, now, last) => view.move((last - now) * perPixel(byId("lanes"))));
  onDrag(byId("axis"), (start, now) => { selection = [timeAt(byId("axis"), start), timeAt(byId("axis"), now)].sort((a, b) => a - b); draw(); }, (start, now) => {
    const chosen = selection;
    selection = null;
    if (chosen && Math.abs(now - start) > 4) view.show(...chosen); else draw();
  });
  const overview = byId("overview"), center = x => {
    const box = overview.getBoundingClientRect(), at = (x - box.left) / box.width * view.whole, half = (view.until - view.from) / 2;
    view.show(at - half, at + half);
  };
  overview.addEventListener("pointerdown", event => center(event.clientX));
  onDrag(overview, (start, now) => center(now));
  const actions = {
    whole: () => view.show(0, view.whole), in: () => view.zoom(0.5), out: () => view.zoom(2), left: () => view.step(-0.25),
    right: () => view.step(0.25), next: () => step(true), previous: () => step(false),
  };
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
  const keys = { 0: "whole", Home: "whole", "+": "in", "=": "in", "-": "out", ArrowLeft: "left", ArrowRight: "right", n: "next", p: "previous" };
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    actions[keys[event.key]]();
  });
}

let written = 0;
view.whole = Math.max(1e6, data.duration);
view.changed = () => {
  byId("range").textContent = clock(view.from) + " – " + clock(view.until) + "  (" + length(view.until - view.from) + ")";
  clearTimeout(written);
  written = setTimeout(() => address.write(), 200);
  draw();
};
fillHead();
fillChecks();
fillFaults();
fillMarks();
fillNames();
connect();
view.show(...(address.read() || [0, view.whole]));
addEventListener("resize", draw);
addEventListener("hashchange", () => view.show(...(address.read() || [0, view.whole])));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colors.clear(); draw(); });
