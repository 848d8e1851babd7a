import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../../apps/examples', import.meta.url));

/** What tools leave in an example's folder. */
const LEFTOVERS =
  /^(?:node_modules|dist|\.next|next-env\.d\.ts|storybook-static|test-results|package-lock\.json|\.env\.local)$/;

/**
 * Copies `apps/examples`. `.gitignore` becomes `_gitignore`, since npm would take it for a list of files not to pack.
 *
 * @param {string} target is replaced
 */
export function copyTemplates(target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(examples)) {
    const example = join(examples, name);
    if (LEFTOVERS.test(name) || !existsSync(join(example, 'package.json'))) continue;
    const template = join(target, name);
    cpSync(example, template, {
      recursive: true,
      filter: (path) => !LEFTOVERS.test(basename(path)),
    });
    renameSync(join(template, '.gitignore'), join(template, '_gitignore'));
  }
}
