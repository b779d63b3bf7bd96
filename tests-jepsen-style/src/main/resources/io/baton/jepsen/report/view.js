// The stretch of time that is shown, and the hands that move it.

const view = {
  from: 0,
  until: 1,
  whole: 1,
  changed: () => {},

  /** Shows a stretch, cut to what there is, and to 1 ms at least. */
  show(from, until) {
    const wide = Math.max(1e6, Math.min(this.whole, until - from));
    const middle = (from + until) / 2;
    this.from = Math.max(0, Math.min(this.whole - wide, middle - wide / 2));
    this.until = this.from + wide;
    this.changed();
  },
  /** Makes the stretch that many times as long, around a point that stays where it is. */
  zoom(factor, around = (this.from + this.until) / 2) {
    const wide = this.until - this.from;
    const next = Math.max(1e6, Math.min(this.whole, wide * factor));
    const from = around - (around - this.from) * next / wide;
    this.show(from, from + next);
  },
  move(nanos) {
    this.show(this.from + nanos, this.until + nanos);
  },
  /** Moves by a share of what is shown. */
  step(share) {
    this.move(share * (this.until - this.from));
  },
};

/** From pixels in a canvas to time. */
function timeAt(canvas, clientX) {
  const box = canvas.getBoundingClientRect();
  return view.from + (clientX - box.left) / box.width * (view.until - view.from);
}

/** Calls back with every step of a drag: start and now, in client pixels; and once more at its end. */
function onDrag(canvas, moved, ended = () => {}) {
  canvas.addEventListener("pointerdown", down => {
    if (down.button !== 0) return;
    canvas.setPointerCapture(down.pointerId);
    let last = down.clientX;
    const move = event => { moved(down.clientX, event.clientX, last); last = event.clientX; };
    const up = event => {
      canvas.removeEventListener("pointermove", move);
      canvas.classList.remove("moving");
      ended(down.clientX, event.clientX);
    };
    canvas.classList.add("moving");
    canvas.addEventListener("pointermove", move);
    canvas.addEventListener("pointerup", up, { once: true });
    canvas.addEventListener("pointercancel", up, { once: true });
  });
}

function wheelZooms(canvas) {
  canvas.addEventListener("wheel", event => {
    event.preventDefault();
    const sideways = event.shiftKey ? event.deltaY : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
    if (sideways) view.step(sideways / 1000);
    else view.zoom(Math.exp(event.deltaY * (event.deltaMode ? 0.05 : 0.002)), timeAt(canvas, event.clientX));
  }, { passive: false });
}

/** The view in the address, so that a link can point at it: #t=12.5-16.5, in seconds. */
const address = {
  read() {
    const found = /^#t=([\d.]+)-([\d.]+)$/.exec(location.hash);
    return found && [found[1] * SECOND, found[2] * SECOND];
  },
  write() {
    const all = view.from <= 0 && view.until >= view.whole;
    const hash = "#t=" + (view.from / SECOND).toFixed(3) + "-" + (view.until / SECOND).toFixed(3);
    history.replaceState(null, "", all ? location.pathname + location.search : hash);
  },
};
