/** The style of the panel, which lives in a shadow root of its own. */
export const style = `
:host { all: initial; }
*, *::before, *::after { box-sizing: border-box; }
.devtools {
  --ground: #ffffff;
  --raised: #f6f7f9;
  --line: #e1e5ea;
  --text: #1b2430;
  --quiet: #5a6675;
  --accent: #0b6e5f;
  --good: #0a6b43;
  --good-ground: #e2f5eb;
  --bad: #ab1f2b;
  --bad-ground: #fdeaea;
  --busy: #7a4d00;
  --busy-ground: #fff3d9;
  --plain-ground: #eceff3;
  --shadow: 0 -1px 0 var(--line), 0 -12px 40px rgb(16 24 40 / 14%);
  color-scheme: light;
  font: 12.5px/1.5 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  color: var(--text);
  text-align: start;
}
.devtools.theme-dark {
  --ground: #12171e;
  --raised: #1a212a;
  --line: #2b343f;
  --text: #e4e9ef;
  --quiet: #9aa7b5;
  --accent: #55d3bb;
  --good: #6fd9a4;
  --good-ground: #12352a;
  --bad: #ff9b9f;
  --bad-ground: #43191f;
  --busy: #f3c568;
  --busy-ground: #3a2c10;
  --plain-ground: #242d38;
  --shadow: 0 -1px 0 var(--line), 0 -12px 40px rgb(0 0 0 / 55%);
  color-scheme: dark;
}
@media (prefers-color-scheme: dark) {
  .devtools.theme-system {
    --ground: #12171e;
    --raised: #1a212a;
    --line: #2b343f;
    --text: #e4e9ef;
    --quiet: #9aa7b5;
    --accent: #55d3bb;
    --good: #6fd9a4;
    --good-ground: #12352a;
    --bad: #ff9b9f;
    --bad-ground: #43191f;
    --busy: #f3c568;
    --busy-ground: #3a2c10;
    --plain-ground: #242d38;
    --shadow: 0 -1px 0 var(--line), 0 -12px 40px rgb(0 0 0 / 55%);
    color-scheme: dark;
  }
}
button {
  font: inherit;
  color: inherit;
  cursor: pointer;
  background: var(--ground);
  border: 1px solid var(--line);
  border-radius: 6px;
  padding: 4px 10px;
  min-height: 28px;
}
button:hover:not(:disabled) { border-color: var(--quiet); }
button:disabled { color: var(--quiet); cursor: default; opacity: .65; }
button[aria-pressed='true'] {
  background: var(--busy-ground);
  border-color: var(--busy);
  color: var(--busy);
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
h1, h2, p, dl, dd, ol { margin: 0; padding: 0; font: inherit; }
.quiet { color: var(--quiet); }
.hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.mark { width: 20px; height: 20px; fill: none; stroke: var(--accent); stroke-width: 2; stroke-linecap: round; flex: none; }
.docked .toggle {
  position: fixed;
  z-index: 2147483000;
  display: grid;
  place-items: center;
  width: 44px;
  height: 44px;
  padding: 0;
  border-radius: 50%;
  box-shadow: 0 2px 10px rgb(16 24 40 / 22%);
}
.bottom-right .toggle { bottom: 16px; right: 16px; }
.bottom-left .toggle { bottom: 16px; left: 16px; }
.top-right .toggle { top: 16px; right: 16px; }
.top-left .toggle { top: 16px; left: 16px; }
.dot {
  position: absolute;
  right: 1px;
  bottom: 1px;
  width: 12px;
  height: 12px;
  border: 2px solid var(--ground);
  border-radius: 50%;
  background: var(--quiet);
}
.dot.authenticated { background: #1f9d66; }
.dot.authenticating, .dot.initializing, .dot.logging-out { background: #d99a1c; }
.panel {
  display: flex;
  flex-direction: column;
  background: var(--ground);
  color: var(--text);
  outline: none;
}
.docked .panel {
  position: fixed;
  z-index: 2147483000;
  inset: auto 0 0;
  height: min(440px, 72vh);
  box-shadow: var(--shadow);
}
.embedded, .embedded .panel { height: 100%; min-height: 240px; }
.bar {
  display: flex;
  align-items: center;
  gap: 10px;
  padding: 6px 8px 6px 14px;
  min-height: 42px;
}
.bar h1 { font-weight: 650; font-size: 14px; }
.bar .client { color: var(--quiet); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1; min-width: 0; }
.icon { border-color: transparent; font-size: 18px; line-height: 1; width: 32px; height: 32px; padding: 0; flex: none; }
.pill, .tag { border-radius: 999px; padding: 1px 9px; background: var(--plain-ground); white-space: nowrap; font-weight: 550; }
.tag { border-radius: 5px; padding: 1px 6px; }
.pill.authenticated, .tag.good { background: var(--good-ground); color: var(--good); }
.pill.authenticating, .pill.initializing, .pill.logging-out, .tag.busy { background: var(--busy-ground); color: var(--busy); }
.tag.bad { background: var(--bad-ground); color: var(--bad); }
.tabs { display: flex; gap: 2px; padding: 0 10px; border-bottom: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; flex: none; }
.tabs button {
  border: 0;
  border-bottom: 2px solid transparent;
  border-radius: 0;
  color: var(--quiet);
  white-space: nowrap;
  padding: 5px 9px;
}
.tabs button[aria-selected='true'] { color: var(--text); border-bottom-color: var(--accent); font-weight: 600; }
.tabs button:focus-visible { outline-offset: -2px; }
.view { flex: 1; min-height: 0; overflow: auto; background: var(--raised); }
.view:focus-visible { outline-offset: -2px; }
.cards { columns: 290px; column-gap: 10px; padding: 10px 10px 0; }
.card { background: var(--ground); border: 1px solid var(--line); border-radius: 9px; padding: 10px 12px; margin-bottom: 10px; min-width: 0; break-inside: avoid; }
.card-head { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin-bottom: 6px; }
.card h2 { font-weight: 650; }
.facts { display: grid; grid-template-columns: minmax(64px, max-content) 1fr; gap: 2px 14px; }
.facts dt { color: var(--quiet); }
.facts dd, .code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 12px; overflow-wrap: anywhere; min-width: 0; }
select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 3px 6px; min-height: 28px; max-width: 100%; min-width: 0; }
a { color: var(--accent); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-bottom: 8px; }
.row .label { color: var(--quiet); flex-basis: 100%; }
.row .buttons { flex: 1; min-width: min-content; }
.row select { flex: 1 1 110px; }
.row b { font-weight: 550; color: var(--text); }
.buttons { display: flex; flex-wrap: wrap; gap: 6px; }
.outcome { display: block; color: var(--quiet); min-height: 1.5em; margin-top: 6px; }
.tools { display: flex; align-items: center; justify-content: space-between; gap: 10px; padding: 6px 12px; border-bottom: 1px solid var(--line); background: var(--ground); }
.empty { padding: 24px 16px; color: var(--quiet); text-align: center; }
.scroller { overflow-x: auto; background: var(--ground); }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; vertical-align: top; padding: 4px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; font-weight: 400; }
thead th { color: var(--quiet); font-size: 11.5px; }
tbody th { font-weight: 550; }
td.wide { white-space: normal; overflow-wrap: anywhere; min-width: 160px; }
@media (max-width: 600px) {
  thead { display: none; }
  tbody tr { display: block; padding: 6px 12px; border-bottom: 1px solid var(--line); }
  tbody th, tbody td { display: inline; padding: 0; border: 0; white-space: normal; overflow-wrap: anywhere; }
  tbody th::after, tbody td:not(:last-child)::after { content: ' '; white-space: pre; }
  tbody td.wide { display: block; }
}
.timeline { list-style: none; padding: 6px 0; background: var(--ground); min-height: 100%; }
.timeline li { display: flex; flex-wrap: wrap; gap: 2px 10px; padding: 3px 14px 3px 30px; position: relative; }
.timeline li::before {
  content: '';
  position: absolute;
  left: 14px;
  top: 9px;
  width: 8px;
  height: 8px;
  border-radius: 50%;
  background: var(--quiet);
}
.timeline li::after { content: ''; position: absolute; left: 17.5px; top: 19px; bottom: -7px; width: 1px; background: var(--line); }
.timeline li:last-child::after { display: none; }
.timeline .good::before { background: #1f9d66; }
.timeline .bad::before { background: #d5303e; }
.timeline .busy::before { background: #d99a1c; }
.timeline time, .timeline .kind { color: var(--quiet); font-variant-numeric: tabular-nums; }
.timeline .kind { width: 44px; }
.timeline strong { font-weight: 600; }
.timeline .detail { color: var(--quiet); overflow-wrap: anywhere; }
`;
