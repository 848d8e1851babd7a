// Runs on any Node that supports modules: no syntax or import here is newer than Node 12.

const oldestMajor = 20;
const oldestMinor = 19;

/**
 * Says in one sentence why this Node cannot run the project, or returns null if it can.
 *
 * @param {string} version as in `process.version`
 * @returns {string | null}
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isSupported = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (isSupported) return null;
  return (
    `This is Node ${version}, but Node ${oldestMajor}.${oldestMinor} or newer is needed. ` +
    'Install a current one from https://nodejs.org and run the command again.'
  );
}
