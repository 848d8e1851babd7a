import { CATALOG, type FindingId, type Level } from './catalog.js';

/** What one check has found. No field contains a token, code, secret or e-mail address. */
export interface Finding {
  /** The check, e.g. `redirect-uri`. */
  readonly id: FindingId;
  readonly level: Level;
  /** What the check saw, with the values of this set-up. */
  readonly seen: string;
  /** What it means for the login. */
  readonly means: string;
  /** What to do; `null` if there is nothing to do. */
  readonly cure: string | null;
  /** A page that explains the subject. */
  readonly link: string;
}

/** Creates a finding; its explanation comes from the catalog. */
export function finding(id: FindingId, level: Level, seen: string): Finding {
  const { link, levels } = CATALOG[id];
  const explanation = levels[level];
  if (explanation === undefined) throw new Error(`The catalog does not explain ${id}: ${level}.`);
  return {
    id,
    level,
    seen: printable(seen),
    means: explanation.means,
    cure: explanation.cure ?? null,
    link,
  };
}

/** Sorts findings as the catalog is. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const order = Object.keys(CATALOG);
  return findings.toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
}

/** Servers send some of the text, which must not control a terminal or fill it. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?').slice(0, 600);
}
