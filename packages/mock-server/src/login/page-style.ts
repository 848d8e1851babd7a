/** The styles of the server's pages: no script, no foreign resource, light and dark. */
export const PAGE_STYLE: string = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f4ef, #131211);
  --card: light-dark(#fffefb, #1c1b19);
  --ink: light-dark(#1b1a17, #f1eee7);
  --quiet: light-dark(#645f55, #a8a298);
  --line: light-dark(#dcd7cb, #37342f);
  --accent: light-dark(#1f4d3f, #9fd3bd);
  --on-accent: light-dark(#fffefb, #10241d);
  --alarm: light-dark(#9b2318, #ffb4a8);
  --alarm-paper: light-dark(#fdf0ee, #33191a);
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; align-content: center; justify-items: center;
  padding: 1.5rem 1rem; gap: 1.25rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 var(--sans);
}
main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 2.25rem 2rem 1.75rem; }
h1 { margin: 0; font: 500 2rem/1.15 var(--serif); letter-spacing: -0.01em; text-wrap: balance; }
.lead { margin: .4rem 0 1.75rem; color: var(--quiet); overflow-wrap: anywhere; }
label { display: block; margin-bottom: .4rem; font-size: .875rem; font-weight: 600; }
input {
  width: 100%; padding: .75rem .875rem; border: 1px solid light-dark(#8d877a, #77716710); border-color: light-dark(#8d877a, #777167);
  border-radius: 8px; background: transparent; color: inherit; font: inherit;
}
input.code { font: 500 1.5rem/1.2 ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .35em; text-align: center; }
input[aria-invalid="true"] { border-color: var(--alarm); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button, .button {
  display: block; width: 100%; padding: .8rem 1rem; border: 1px solid transparent; border-radius: 8px;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
}
.primary { margin-top: 1rem; background: var(--accent); color: var(--on-accent); }
.primary:hover { filter: brightness(1.08); }
.divider { display: flex; align-items: center; gap: .75rem; margin: 1.75rem 0 1rem; color: var(--quiet); font-size: .875rem; }
.divider::before, .divider::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.people { display: grid; gap: .5rem; margin: 0; padding: 0; list-style: none; }
.person { display: flex; align-items: center; gap: .75rem; padding: .55rem .75rem; background: transparent; border-color: var(--line); color: inherit; text-align: left; font-weight: 500; }
.person:hover { border-color: var(--accent); }
.person img { width: 2rem; height: 2rem; border-radius: 50%; flex: none; }
.person small { display: block; color: var(--quiet); font-weight: 400; overflow-wrap: anywhere; }
.quiet { margin-top: 1.25rem; padding: .4rem; background: none; color: var(--quiet); font-weight: 500; text-decoration: underline; text-underline-offset: .2em; text-decoration-color: var(--line); }
.quiet:hover { color: var(--ink); text-decoration-color: currentColor; }
.quiet + .quiet, form + form .quiet { margin-top: .25rem; }
.alert { margin: 0 0 1.25rem; padding: .75rem .875rem; border-left: 3px solid var(--alarm); border-radius: 4px; background: var(--alarm-paper); color: var(--alarm); font-size: .9375rem; }
aside { width: 100%; max-width: 26rem; padding: 1rem 1.25rem; border: 1px dashed light-dark(#a39c8d, #6c665c); border-radius: 14px; }
aside h2 { margin: 0; font: 600 .75rem/1.4 var(--sans); letter-spacing: .08em; text-transform: uppercase; color: var(--quiet); }
aside p { margin: .25rem 0 0; font-size: .9375rem; }
aside output { font: 600 1.5rem/1.3 ui-monospace, "SF Mono", Menlo, Consolas, monospace; letter-spacing: .2em; }
footer { max-width: 26rem; text-wrap: balance; color: var(--quiet); font-size: .8125rem; text-align: center; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
@media (max-width: 30rem) { body { align-content: start; } main { padding: 1.75rem 1.25rem 1.25rem; } }
`;
