// Draws what is in view, and nothing else: a run of an hour has tens of thousands of bars.

const LANE = 24, GROUP = 24, FAULT = 18, AXIS = 26, OVERVIEW = 30, THIN = 3, FONT = "11px system-ui, 'DejaVu Sans', sans-serif";

/** A kind below this index is drawn thin. */
const FIRST_HIGH = data.kinds.indexOf("LEADER");
/** A kind that is left out where it is shorter than a pixel, since there are many and short ones. */
const CHANGING = data.kinds.indexOf("CHANGING");

const colors = new Map();
/** A color of the style sheet, which differs by day and night. */
function color(name) {
  if (!colors.has(name)) colors.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  return colors.get(name);
}

/** A canvas of that height, sized for the screen's pixels, empty. */
function canvasOf(id, height) {
  const canvas = byId(id), scale = window.devicePixelRatio || 1, width = canvas.clientWidth;
  canvas.style.height = height + "px";
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = FONT;
  pen.textBaseline = "middle";
  return { pen, width, height, x: nanos => (nanos - view.from) / (view.until - view.from) * width };
}

/** Intervals sorted by start, with the latest end of those before each, to search by halves. */
function sorted(intervals, from, until) {
  const list = [...intervals].sort((a, b) => from(a) - from(b));
  let latest = -Infinity;
  const ends = list.map(i => latest = Math.max(latest, until(i)));
  const first = (array, wanted) => {
    let low = 0, high = array.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wanted(array[middle])) high = middle; else low = middle + 1;
    }
    return low;
  };
  return {
    list,
    /** Those that touch a stretch of time. */
    within: (a, b) => list.slice(first(ends, end => end >= a), first(list, i => from(i) > b)).filter(i => until(i) >= a),
  };
}

/** Bars with their kind as an index, by which they are layered. */
const lanes = data.lanes.map(lane => {
  const bars = lane.bars.map(([from, until, kind, ...texts]) => [from, until, data.kinds.indexOf(kind), ...texts]);
  return { ...lane, bars: sorted(bars, b => b[0], b => b[1]) };
});
const faultKinds = [...new Set(data.bands.map(band => band.fault))];
const hidden = new Set();
const faultColor = fault => "f" + faultKinds.indexOf(fault) % 8;
const bands = sorted(data.bands, b => b.from, b => b.until);
const marks = sorted(data.marks, m => m.from, m => m.until);
const shownBands = (a, b) => bands.within(a, b).filter(band => !hidden.has(band.fault));

/** Puts each fault into the first row where it does not overlap another; six rows at most. */
const faultRows = (() => {
  const ends = [];
  for (const band of bands.list) {
    let row = ends.findIndex(end => end <= band.from);
    if (row < 0) row = Math.min(ends.length, 5);
    ends[row] = Math.max(ends[row] ?? 0, band.until);
    band.row = row;
  }
  return ends.length;
})();

/** Each lane's place from the top; a heading wherever the group changes. */
const rows = (() => {
  const made = [];
  let y = 0, group = null;
  for (const lane of lanes) {
    if (lane.group !== group) { made.push({ heading: lane.group, y, height: GROUP }); y += GROUP; group = lane.group; }
    made.push({ lane, y, height: LANE });
    y += LANE;
  }
  return Object.assign(made, { height: y });
})();

/** A distance between ticks that leaves room for their labels. */
function tickStep(width) {
  const least = (view.until - view.from) / Math.max(1, width / 90) / SECOND;
  const nice = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800];
  if (least > 30) return (nice.find(n => n >= least) || 86400) * SECOND;
  if (least > 10) return (least > 15 ? 30 : 15) * SECOND;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(n => n * power).find(n => n >= least * 0.999) * SECOND;
}

function* ticks(width) {
  const step = tickStep(width);
  for (let n = Math.ceil(view.from / step); n * step <= view.until; n++) yield [n * step, step];
}

/** The first of these texts that fits inside [left, right], or the last of them, cut; nothing where there is no room. */
function label(pen, texts, left, right, y, ink) {
  const room = right - left - 8;
  if (room < 8 || !texts[0]) return;
  let shown = texts.find(text => pen.measureText(text).width <= room);
  if (!shown) {
    const text = texts[texts.length - 1];
    let keep = Math.floor(text.length * room / pen.measureText(text).width);
    do shown = text.slice(0, keep--) + "…"; while (keep > 1 && pen.measureText(shown).width > room);
    if (keep <= 1) return;
  }
  pen.fillStyle = ink;
  pen.fillText(shown, left + 4, y);
}

/** "epoch 1234", and where that is too long "1234". */
const shorter = text => /\d$/.test(text) && text.includes(" ") ? [text, text.slice(text.lastIndexOf(" ") + 1)] : [text];

function hatch(pen, x, y, width, height, ink) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  const shift = 6 - ((view.from / (view.until - view.from) * pen.canvas.clientWidth) % 6);
  for (let i = x - (x % 6) + shift - height - 12; i < x + width; i += 6) { pen.moveTo(i, y + height); pen.lineTo(i + height, y); }
  pen.stroke();
  pen.restore();
}

const HATCHED = new Set(["DOWN", "FROZEN"]);

function drawBar({ pen, width, x }, bar, y) {
  const left = Math.max(-2, x(bar[0])), right = Math.max(left + 1, Math.min(width + 2, x(bar[1])));
  const kind = data.kinds[bar[2]], thin = bar[2] < FIRST_HIGH;
  if (thin) {
    pen.fillStyle = color(kind);
    pen.fillRect(left, y + LANE / 2 - THIN, right - left, 2 * THIN);
    return;
  }
  const top = y + 3, high = LANE - 6, hatched = HATCHED.has(kind) && right - left > 5;
  pen.fillStyle = hatched ? color("page") : color(kind);
  pen.fillRect(left, top, right - left, high);
  if (hatched) {
    hatch(pen, left, top, right - left, high, color(kind));
    pen.strokeStyle = color(kind);
    pen.strokeRect(left + 0.5, top + 0.5, right - left - 1, high - 1);
    const wide = pen.measureText(bar[3]).width + 8, from = Math.max(0, left);
    if (!bar[3] || wide > right - from) return;
    pen.fillStyle = color("page");
    pen.fillRect(from + 2, top + 2, wide - 2, high - 4);
  } else if (right - left > 3) {
    // A seam, so that neighbours of one kind stay apart.
    pen.fillStyle = color("page");
    pen.fillRect(right - 1, top, 1, high);
  }
  label(pen, shorter(bar[3]), Math.max(0, left), Math.min(width, right), y + LANE / 2 + 1, hatched ? color("text") : "#fff");
}

/** The bars of a lane, lower kinds first; of those that share their pixels, one. */
function drawLane(area, lane, y) {
  const seen = lane.bars.within(view.from, view.until).sort((a, b) => a[2] - b[2] || a[0] - b[0]);
  let kind = -1, drawnTo = -1;
  for (const bar of seen) {
    if (bar[2] !== kind) { kind = bar[2]; drawnTo = -1; }
    const right = Math.round(area.x(bar[1]));
    if (right <= drawnTo || bar[2] === CHANGING && right === Math.round(area.x(bar[0]))) continue;
    drawBar(area, bar, y);
    drawnTo = right;
  }
}

function drawBands({ pen, width, height, x }) {
  for (const band of shownBands(view.from, view.until)) {
    const left = Math.max(-1, x(band.from)), right = Math.min(width + 1, Math.max(left + 1, x(band.until)));
    pen.fillStyle = color(faultColor(band.fault));
    pen.globalAlpha = 0.13;
    pen.fillRect(left, 0, right - left, height);
    pen.globalAlpha = 0.4;
    if (right - left > 4) { pen.fillRect(left, 0, 1, height); pen.fillRect(right - 1, 0, 1, height); }
    pen.globalAlpha = 1;
  }
}

function drawMarks({ pen, height, x }, top) {
  for (const mark of marks.within(view.from, view.until)) {
    const left = x(mark.from), right = x(mark.until);
    pen.fillStyle = color("bad");
    pen.globalAlpha = 0.18;
    pen.fillRect(left, top, Math.max(0, right - left), height - top);
    pen.globalAlpha = 1;
    pen.fillRect(left - 0.75, top, 1.5, height - top);
    if (top) { pen.beginPath(); pen.moveTo(left - 6, top - 8); pen.lineTo(left + 6, top - 8); pen.lineTo(left, top + 2); pen.fill(); }
  }
}

function drawTop() {
  const area = canvasOf("axis", AXIS + faultRows * FAULT + 2), { pen, width, height, x } = area;
  for (const band of shownBands(view.from, view.until)) {
    const left = Math.max(-1, x(band.from)), right = Math.min(width + 1, Math.max(left + 1.5, x(band.until)));
    const y = AXIS + band.row * FAULT;
    pen.fillStyle = color(faultColor(band.fault));
    pen.globalAlpha = 0.3;
    pen.fillRect(left, y, right - left, FAULT - 2);
    pen.globalAlpha = 1;
    pen.fillRect(left, y, Math.min(2, right - left), FAULT - 2);
    label(pen, [(band.fault + " " + band.detail).trim(), band.fault], Math.max(0, left), Math.min(width, right), y + FAULT / 2, color("text"));
  }
  pen.textAlign = "center";
  pen.fillStyle = color("soft");
  for (const [at, step] of ticks(width)) {
    pen.fillRect(Math.round(x(at)), AXIS - 6, 1, 6);
    const text = clock(at, step), half = pen.measureText(text).width / 2 + 2;
    pen.fillText(text, Math.max(half, Math.min(width - half, x(at))), 10);
  }
  pen.textAlign = "left";
  drawMarks(area, AXIS - 1);
  if (selection) {
    pen.fillStyle = color("LEADER");
    pen.globalAlpha = 0.25;
    pen.fillRect(x(selection[0]), 0, x(selection[1]) - x(selection[0]), height);
    pen.globalAlpha = 1;
  }
}

function drawLanes() {
  const area = canvasOf("lanes", rows.height), { pen, width, height, x } = area;
  pen.fillStyle = color("grid");
  for (const [at] of ticks(width)) pen.fillRect(Math.round(x(at)), 0, 1, height);
  for (const row of rows) {
    if (row.heading !== undefined) { pen.fillStyle = color("line"); pen.fillRect(0, row.y, width, row.y ? 1 : 0); }
  }
  drawBands(area);
  for (const row of rows) if (row.lane) drawLane(area, row.lane, row.y);
  drawMarks(area, 0);
}

/** The whole run in one strip: faults, violations, and the window that is shown. */
function drawOverview() {
  const { pen, width, height } = canvasOf("overview", OVERVIEW), x = nanos => nanos / view.whole * width;
  for (const band of bands.list) {
    if (hidden.has(band.fault)) continue;
    pen.fillStyle = color(faultColor(band.fault));
    pen.globalAlpha = 0.55;
    pen.fillRect(x(band.from), 10, Math.max(1, x(band.until) - x(band.from)), 10);
  }
  pen.globalAlpha = 1;
  pen.fillStyle = color("bad");
  for (const mark of data.marks) pen.fillRect(x(mark.from) - 1, 4, 2, 22);
  const left = x(view.from), right = Math.max(left + 3, x(view.until));
  pen.fillStyle = color("text");
  pen.globalAlpha = 0.1;
  pen.fillRect(0, 0, left, height);
  pen.fillRect(right, 0, width - right, height);
  pen.globalAlpha = 1;
  pen.strokeStyle = color("soft");
  pen.strokeRect(left + 0.5, 0.5, right - left - 1, height - 1);
}

let selection = null, asked = false;
/** Draws everything, once before the next frame however often it is asked for. */
function draw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    drawOverview();
    drawTop();
    drawLanes();
  });
}
