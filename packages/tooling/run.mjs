// The entry of all npm scripts: `node packages/tooling/run.mjs <verb> [arguments]` runs `main` of <verb>.mjs.
// Like node-version.mjs it must parse on an old Node, hence the import() after the check.
import { nodeVersionProblem } from './node-version.mjs';

const [verb, ...args] = process.argv.slice(2);
const problem = nodeVersionProblem(process.version);

if (problem === null) {
  import(`./${verb}.mjs`)
    .then((module) => module.main(args))
    .catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
} else {
  console.error(problem);
  process.exitCode = 1;
}
