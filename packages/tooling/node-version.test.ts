import { expect, test } from 'vitest';
import { nodeVersionProblem } from './node-version.mjs';

test.each(['v20.19.0', 'v20.20.2', 'v21.0.0', 'v24.1.0', 'v100.0.0'])(
  'Node %s is supported',
  (version) => {
    expect(nodeVersionProblem(version)).toBeNull();
  },
);

test.each(['v20.18.3', 'v18.20.8', 'v9.11.2', 'v12.22.12'])('Node %s is too old', (version) => {
  expect(nodeVersionProblem(version)).toBe(
    `This is Node ${version}, but Node 20.19 or newer is needed. ` +
      'Install a current one from https://nodejs.org and run the command again.',
  );
});
