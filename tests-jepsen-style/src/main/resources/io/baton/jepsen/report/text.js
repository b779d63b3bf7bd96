"use strict";
// Words and numbers for people, and elements made of them. Text goes in as text, never as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const SECOND = 1e9;

/** A point in time as h:mm:ss, with as many decimals as a step of that length needs. */
function clock(nanos, step = 0.001 * SECOND) {
  const digits = step >= SECOND ? 0 : Math.min(6, Math.ceil(-Math.log10(step / SECOND) - 1e-9));
  const unit = Math.round(Math.abs(nanos) / SECOND * 10 ** digits);
  const whole = Math.floor(unit / 10 ** digits);
  const fraction = digits ? "." + String(unit % 10 ** digits).padStart(digits, "0") : "";
  const h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60, s = whole % 60;
  const two = number => String(number).padStart(2, "0");
  return (nanos < 0 ? "−" : "") + (h ? h + ":" + two(m) : m) + ":" + two(s) + fraction;
}

/** A length of time, in the unit that suits it. */
function length(nanos) {
  const short = (value, unit) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : Math.round(value)) + " " + unit;
  if (nanos < 1e6) return short(nanos / 1e3, "µs");
  if (nanos < SECOND) return short(nanos / 1e6, "ms");
  if (nanos < 120 * SECOND) return short(nanos / SECOND, "s");
  return nanos < 5400 * SECOND ? short(nanos / SECOND / 60, "min") : short(nanos / SECOND / 3600, "h");
}

/** An element; children are elements, or text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

function swatch(color) {
  const made = element("span", { class: "swatch" });
  made.style.background = "var(--" + color + ")";
  return made;
}
