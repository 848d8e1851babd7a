/** Styles of the dashboard in addition to those of every page. */
export const DASHBOARD_STYLE: string = `
:root {
  --good: light-dark(#1f4d3f, #9fd3bd);
  --good-paper: light-dark(#e6efe9, #1d2c26);
  --field: light-dark(#8d877a, #777167);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
html { scroll-padding-top: 4.5rem; }
body { display: block; justify-items: normal; min-height: 0; padding: 0 0 6rem; font-size: .9375rem; }
header, nav > ul, main { width: 100%; max-width: 74rem; margin-inline: auto; padding-inline: 1.5rem; }
header { padding-top: 2.5rem; }
main { padding-block: 0; border: 0; background: none; }
main:focus, h2:focus { outline: none; }
.skip { position: absolute; left: -100vw; padding: .75rem 1rem; background: var(--card); color: inherit; z-index: 3; }
.skip:focus { left: .5rem; top: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.top { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .5rem 2rem; }
.top h1 { margin-right: auto; font-size: 2.25rem; }
.top p, #live { font-size: .875rem; color: var(--quiet); }
.top p { display: flex; flex-wrap: wrap; align-items: center; gap: .375rem 1rem; margin: 0; }
#live[data-state="live"] { color: var(--good); }
#live[data-state="lost"] { color: var(--alarm); }
#live::before { content: ""; display: inline-block; width: .5rem; height: .5rem; margin-right: .4rem; border-radius: 50%; background: currentColor; }

nav { position: sticky; top: 0; z-index: 2; margin-top: 1.25rem; background: var(--paper); border-block: 1px solid var(--line); }
nav > ul { display: flex; gap: .25rem; padding-block: .375rem; margin-block: 0; list-style: none; overflow-x: auto; scrollbar-width: none; }
nav a { display: block; padding: .375rem .625rem; border-radius: 6px; color: var(--quiet); text-decoration: none; white-space: nowrap; font-size: .875rem; }
nav li:first-child { margin-left: -.625rem; }
nav a:hover { color: var(--ink); background: var(--card); }

section { padding-top: 2.75rem; }
section h2 { margin: 0; font: 500 1.625rem/1.2 var(--serif); letter-spacing: -.005em; }
.lead { margin: .25rem 0 1rem; max-width: 52rem; font-size: .9375rem; text-wrap: pretty; }
.card { border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.empty { margin: 0; padding: 1.25rem; border: 1px dashed var(--line); border-radius: 12px; color: var(--quiet); }
.none { color: var(--quiet); }
small { display: block; color: var(--quiet); font-size: .8125rem; overflow-wrap: break-word; }

table { width: 100%; border-collapse: collapse; }
th, td { padding: .75rem 1rem; text-align: left; vertical-align: top; font-weight: 400; }
tbody th { font-weight: 500; }
#tokens tbody th { white-space: nowrap; }
#tokens th:nth-child(4) { width: 38%; }
#tokens th:nth-child(3) { width: 26%; }
thead th { padding-block: .625rem; color: var(--quiet); font-size: .8125rem; font-weight: 500; white-space: nowrap; }
tbody tr > * { border-top: 1px solid var(--line); }
td time, th time { font-variant-numeric: tabular-nums; white-space: nowrap; }
td.actions { padding-block: .5rem; text-align: right; white-space: nowrap; }
td.actions form { display: inline-block; margin-left: .375rem; }
.plain-list { margin: 0; padding: 0; list-style: none; font-size: .8125rem; line-height: 1.6; overflow-wrap: anywhere; }
.more { margin: .75rem 0 0; color: var(--quiet); font-size: .875rem; }
.more a { display: inline-block; padding: .25rem; color: var(--accent); font-weight: 600; }

.pill { display: inline-block; padding: .0625rem .5625rem; border-radius: 99px; font-size: .8125rem; font-weight: 500; white-space: nowrap; background: var(--paper); color: var(--quiet); }
.pill.good { background: var(--good-paper); color: var(--good); }
.pill.bad { background: var(--alarm-paper); color: var(--alarm); }

button, .small { width: auto; }
.small { display: inline-block; min-height: 2rem; padding: .3125rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; font-size: .875rem; font-weight: 500; line-height: 1.25rem; text-decoration: none; }
.small:hover { border-color: var(--field); background: var(--paper); }
.go { display: inline-block; width: auto; margin: 0; padding: .5625rem 1.125rem; background: var(--accent); color: var(--on-accent); font-size: .9375rem; }
.go:hover { filter: brightness(1.08); }
.danger { border-color: var(--alarm); color: var(--alarm); }
.small.danger:hover { border-color: var(--alarm); background: var(--alarm-paper); }
.go.danger { background: var(--alarm); color: light-dark(#fffefb, #2b0f0c); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }

summary { width: fit-content; white-space: nowrap; padding-block: .1875rem; border-radius: 4px; cursor: pointer; color: var(--quiet); font-size: .875rem; }
summary:hover { color: var(--ink); }
.add { margin-top: .75rem; }
.add > summary { display: inline-flex; align-items: center; gap: .5rem; min-height: 2.25rem; padding: .375rem .875rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; font-weight: 600; list-style: none; }
.add > summary::-webkit-details-marker { display: none; }
.add > summary::before { content: "+" / ""; font-weight: 400; font-size: 1.125rem; line-height: 1; color: var(--accent); }
.add[open] > summary::before { content: "\\2212" / ""; }
.add > summary:hover { border-color: var(--field); }
.add > form { margin-top: .75rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.rest { margin-top: 1rem; }
.rest > .fields { grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); margin-top: .5rem; align-items: start; }

.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(16.5rem, 1fr)); gap: 1rem; align-items: end; }
.field { display: grid; gap: .375rem; margin: 0; font-size: .8125rem; font-weight: 600; }
.field small { display: inline; font-weight: 400; }
.field input, .field select, .field textarea { width: 100%; height: 2.5rem; margin: 0; padding: .4375rem .75rem; border: 1px solid var(--field); border-radius: 8px; background: var(--card); color: inherit; font: 400 .9375rem/1.5 var(--sans); }
.field textarea { height: auto; font: .8125rem/1.6 var(--mono); resize: vertical; }
::placeholder { color: var(--quiet); opacity: 1; }
.check { display: flex; align-items: center; gap: .5rem; min-height: 2.5rem; margin: 0; font-size: .875rem; font-weight: 500; }
.check input { width: 1.125rem; height: 1.125rem; margin: 0; accent-color: var(--accent); }
form > .check { margin-top: .5rem; width: fit-content; }
.add .go { margin-top: 1rem; }
fieldset { min-width: 0; margin: 0 0 1.25rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .75rem; font: 500 1.125rem/1.3 var(--serif); }
.filter { display: grid; grid-template-columns: minmax(12rem, 22rem) minmax(9rem, 13rem) auto auto; justify-content: start; align-items: end; gap: .75rem 1rem; margin-bottom: 1rem; }
.filter .small { min-height: 2.5rem; }

.clock { display: flex; flex-wrap: wrap; align-items: center; gap: 1rem 2rem; padding: 1.25rem; }
.now { margin: 0 auto 0 0; color: var(--quiet); font-size: .875rem; }
.now time { font-variant-numeric: tabular-nums; color: var(--ink); }
.now strong { font: 500 1.75rem/1.2 var(--serif); font-variant-numeric: tabular-nums lining-nums; }

pre { margin: .5rem 0 0; max-height: 18rem; overflow: auto; font: .75rem/1.6 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; color: var(--quiet); }
#log table { font-size: .8125rem; }
#log tbody th { font-weight: 400; }
#log time, .path { font-family: var(--mono); font-size: .8125rem; }
.path { overflow-wrap: anywhere; }
#log .failed { background: light-dark(#fdf6f4, #231819); }
#log .failed .path { color: var(--alarm); }
#log .pill { margin-left: -.5625rem; }
#log .pill.plain { background: none; }
#log summary { font-size: .8125rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .125rem .75rem; margin: .375rem 0 .25rem; font: .75rem/1.6 var(--mono); }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }

.notice { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: .75rem 0; padding: .75rem 1rem; border: 1px solid var(--accent); border-radius: 12px; background: var(--good-paper); }
.notice p { margin: 0; }
.notice.error { border-color: var(--alarm); background: var(--alarm-paper); color: var(--alarm); }
.secret { padding: .25rem .625rem; border-radius: 6px; background: var(--card); color: var(--ink); font-size: .9375rem; user-select: all; }
.notice .small { margin-left: auto; border-color: currentColor; }

.danger-zone { border-color: light-dark(#dcb5af, #5b302c); }
.danger-row { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 2rem; padding: 1rem 1.25rem; }
.danger-row + .danger-row { border-top: 1px solid var(--line); }
.danger-row p { margin: 0; flex: 1 1 20rem; max-width: 44rem; }
#reset { margin-top: 3rem; }
.confirm { max-width: min(26rem, calc(100vw - 2rem)); padding: 1.5rem; border: 1px solid var(--line); border-radius: 14px; background: var(--card); color: inherit; box-shadow: 0 1.5rem 4rem rgb(0 0 0 / .28); }
.confirm::backdrop { background: rgb(20 18 14 / .45); }
.confirm h3 { margin: 0; font: 500 1.375rem/1.25 var(--serif); }
.confirm p { margin: .5rem 0 1.25rem; color: var(--quiet); }
.confirm .buttons { justify-content: flex-end; align-items: center; }
.confirm .small { min-height: 2.5rem; padding-inline: 1rem; }

@media (max-width: 56rem) {
  header, nav > ul, main { padding-inline: 1rem; }
  header { padding-top: 1.5rem; }
  .top h1 { font-size: 1.875rem; }
  .top p { order: 1; width: 100%; }
  #applications .fields { grid-template-columns: 1fr; }
  table, tbody, tr, th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .card:has(> table) { border: 0; background: none; border-radius: 0; }
  tbody { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: .75rem; }
  tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-content: start; column-gap: .75rem; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
  tbody tr > * { padding: 0; border: 0; }
  tbody td { grid-column: 1 / -1; display: grid; grid-template-columns: 5.25rem minmax(0, 1fr); gap: 0 .75rem; margin-top: .5rem; overflow-wrap: anywhere; }
  td time, .rest > summary { white-space: normal; }
  tbody td::before { content: attr(data-label); grid-row: span 3; color: var(--quiet); font-size: .8125rem; line-height: 1.5rem; }
  tbody td::before { content: attr(data-label) / ""; }
  tbody td > * { grid-column: 2; justify-self: start; }
  tbody td.actions { grid-area: 1 / 2; display: flex; gap: .5rem; padding: 0; margin: -.125rem -.25rem 0 0; }
  tbody td.actions::before, tbody td.actions:empty { display: none; }
  td.actions form { margin: 0; }
  tbody small, tbody code { overflow-wrap: anywhere; }
  #tokens th { width: auto; }
  #log tbody { grid-template-columns: minmax(0, 1fr); gap: .5rem; }
  #log tbody tr { display: grid; grid-template-columns: 1fr auto auto; gap: .125rem .75rem; padding: .625rem .875rem; }
  #log tbody tr > * { display: block; margin: 0; }
  #log tbody td::before { display: none; }
  #log tbody th { grid-area: 1 / 1; color: var(--quiet); }
  #log tbody td:nth-child(4) { grid-area: 1 / 2; text-align: right; }
  #log tbody td:nth-child(5) { grid-area: 1 / 3; min-width: 4.5rem; color: var(--quiet); text-align: right; }
  #log tbody td:nth-child(2), #log tbody td:nth-child(3) { grid-column: 1 / -1; }
  #log tbody td:nth-child(3) { color: var(--quiet); }
  #log tbody td:empty { display: none; }
  .small { min-height: 2.5rem; padding: .5625rem .875rem; }
  .filter { grid-template-columns: 1fr 1fr; }
  .filter .field:first-child { grid-column: 1 / -1; }
  .filter .small { grid-column: 1 / -1; }
  nav > ul { mask-image: linear-gradient(to right, #000 calc(100% - 3rem), transparent); padding-right: 3rem; }
  .now { margin-right: 0; width: 100%; }
  .add > form { padding: 1rem; }
  .fields { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .875rem; }
}
`;
