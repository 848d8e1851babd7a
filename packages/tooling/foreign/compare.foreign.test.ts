import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareLibraries } from '../compare.mjs';
import { root } from '../processes.mjs';
import { INSTALL_LIMIT_MS } from './project.js';

test(
  'the README compares the libraries as their published code is searched',
  () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    expect(readme).toContain(compareLibraries().join('\n'));
  },
  INSTALL_LIMIT_MS,
);
