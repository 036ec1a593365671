/** Looks of the page, light and dark. Colours are told apart by brightness as well. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --stripe: #f0f2f4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --paper: #16181a; --stripe: #24282c; }
}
body {
  margin: 1rem;
  font: 14px/1.4 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
}
h1 { font-size: 1.3rem; }
h2 { font-size: 1.1rem; }
code { overflow-wrap: anywhere; }
.drawing { display: flex; gap: .5rem; }
.drawing svg { flex: 1; min-width: 0; touch-action: none; cursor: grab; }
.lanes div { height: 26px; line-height: 26px; white-space: nowrap; font-size: 12px; }
.stripe { fill: var(--stripe); }
.mark { stroke: #8a939c; stroke-width: 2px; vector-effect: non-scaling-stroke; }
.commit { stroke: #1f77b4; }
.answer { stroke: #2ca02c; }
.host { stroke: #9467bd; }
.network { stroke: #17becf; }
.process { stroke: #8c564b; }
.phase { stroke: var(--ink); stroke-width: 3px; }
.fault { stroke: #e08600; stroke-width: 3px; }
.violation, .broken { stroke: #d62728; stroke-width: 3px; }
.bar { opacity: .75; }
.down { fill: #555; }
.starting { fill: #c7b299; }
.paused { fill: #b8a1d9; }
.cut { fill: #8fd6de; }
.dead-host { fill: #777; }
.off { display: none; }
.violations li { color: #d62728; overflow-wrap: anywhere; white-space: pre-wrap; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: .75rem 0; }
fieldset { display: flex; flex-wrap: wrap; gap: .75rem; border: 1px solid #8884; }
table { border-collapse: collapse; font-size: 12px; }
td, th { text-align: left; padding: 0 .75rem 0 0; vertical-align: top; }
.window { font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid #1f77b4; }
`

/** Zoom, move and filter. Works on what the page holds; adds no markup. */
export const pageScript = `
'use strict';
const svg = document.getElementById('drawing');
const first = Number(svg.dataset.from), last = Number(svg.dataset.to);
const height = svg.viewBox.baseVal.height;
let from = first, to = last;
const time = (ms) => new Date(Math.max(0, ms)).toISOString().slice(11, 23);
function show(a, b) {
  const width = Math.min(last - first, Math.max(0.01, b - a));
  from = Math.min(Math.max(a, first), last - width);
  to = from + width;
  svg.setAttribute('viewBox', from + ' 0 ' + width + ' ' + height);
  document.getElementById('window').textContent = 'Shown: ' + time(from) + ' to ' + time(to);
}
function zoom(by, at) {
  show(at - (at - from) * by, at + (to - at) * by);
}
const moves = {
  in: () => zoom(0.5, (from + to) / 2),
  out: () => zoom(2, (from + to) / 2),
  left: () => show(from - (to - from) / 2, to - (to - from) / 2),
  right: () => show(from + (to - from) / 2, to + (to - from) / 2),
  all: () => show(first, last),
};
for (const button of document.querySelectorAll('[data-move]')) {
  button.addEventListener('click', () => moves[button.dataset.move]());
}
const place = (event) => {
  const box = svg.getBoundingClientRect();
  return from + ((to - from) * (event.clientX - box.left)) / box.width;
};
svg.addEventListener('wheel', (event) => {
  event.preventDefault();
  zoom(event.deltaY < 0 ? 0.8 : 1.25, place(event));
}, { passive: false });
let grabbed;
svg.addEventListener('pointerdown', (event) => {
  grabbed = place(event);
  svg.setPointerCapture(event.pointerId);
});
svg.addEventListener('pointermove', (event) => {
  if (grabbed === undefined) return;
  const moved = grabbed - place(event);
  show(from + moved, to + moved);
});
svg.addEventListener('pointerup', () => { grabbed = undefined; });
const marks = [...svg.querySelectorAll('.mark:not(.broken)')].map((mark) => ({
  mark, kind: mark.classList[1], text: mark.textContent.toLowerCase(),
}));
const rows = [...document.querySelectorAll('tbody tr')].map((mark) => ({
  mark, kind: mark.children[2].textContent, text: mark.textContent.toLowerCase(),
}));
function filter() {
  const chosen = [...document.querySelectorAll('[data-kind]')].filter((box) => box.checked);
  const kinds = new Set(chosen.map((box) => box.dataset.kind));
  const words = document.getElementById('filter').value.toLowerCase();
  for (const { mark, kind, text } of [...marks, ...rows]) {
    mark.classList.toggle('off', !kinds.has(kind) || !text.includes(words));
  }
}
document.getElementById('controls').addEventListener('input', filter);
document.getElementById('controls').addEventListener('submit', (event) => event.preventDefault());
show(first, last);
`
