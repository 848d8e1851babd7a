/** What the dashboard adds to the look of the server's pages. */
export const DASHBOARD_STYLE: string = `
body { display: block; justify-items: normal; min-height: 0; padding: 0; }
.shell { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
.plain { max-width: none; padding: 0; border: 0; background: none; }
.top { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .5rem 2rem; }
.top h1 { font-size: 2.25rem; }
.top p { margin: 0; color: var(--quiet); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: .75rem 0; border-block: 1px solid var(--line); }
nav a { color: var(--quiet); text-decoration: none; font-size: .9375rem; }
nav a:hover { color: var(--ink); text-decoration: underline; text-underline-offset: .2em; }
section { margin-top: 2.5rem; scroll-margin-top: 1rem; }
section > h2 { margin: 0 0 .25rem; font: 500 1.5rem/1.2 var(--serif); }
section > p { margin: 0 0 1rem; color: var(--quiet); max-width: 42rem; }
.scroll { margin-top: .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .6rem .875rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { border-top: 0; color: var(--quiet); font-size: .8125rem; font-weight: 600; }
th { white-space: nowrap; }
td time, summary { white-space: nowrap; }
td small { display: block; color: var(--quiet); overflow-wrap: anywhere; }
thead td { border-top: 0; }
td.actions { white-space: nowrap; text-align: right; }
td.actions form { display: inline-block; margin-left: .25rem; }
.empty { padding: 1rem; color: var(--quiet); }
.small { display: inline-block; width: auto; padding: .3rem .65rem; border: 1px solid var(--line); background: transparent; color: inherit; font-size: .875rem; font-weight: 500; }
.small:hover { border-color: var(--accent); }
.go { width: auto; margin: 0; padding: .55rem 1rem; background: var(--accent); color: var(--on-accent); font-size: .9375rem; }
.row { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem; margin-top: 1rem; }
.row label { margin: 0; font-size: .8125rem; }
.row input, .row select { display: block; font-weight: 400; width: auto; min-width: 9rem; margin-top: .25rem; padding: .5rem .625rem; font-size: .9375rem; }
select { border: 1px solid light-dark(#8d877a, #777167); border-radius: 8px; background: var(--card); color: inherit; font: inherit; }
.state { display: inline-block; padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 99px; font-size: .8125rem; white-space: nowrap; }
.state.off { color: var(--alarm); border-color: currentColor; }
.secret { margin-top: 1.5rem; padding: 1rem 1.25rem; border: 1px solid var(--accent); border-radius: 10px; background: var(--card); }
.secret code { display: block; margin-top: .35rem; font-size: 1rem; user-select: all; }
pre { margin: .5rem 0 0; font: .8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; color: var(--quiet); }
summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
#log td { font: .8125rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
#log .scroll { max-height: 26rem; overflow-y: auto; }
@media (max-width: 40rem) { .shell { padding: 1.25rem 1rem 3rem; } .top h1 { font-size: 1.75rem; } td.actions { white-space: normal; } td.actions form { margin: 0 0 .25rem; } }
`;
