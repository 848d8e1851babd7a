/**
 * The name of a package in a directory: lower case, with hyphens in the place of what npm does not accept. Null if
 * nothing is left of it.
 *
 * @see https://docs.npmjs.com/cli/configuring-npm/package-json#name
 */
export function packageNameOf(directoryName: string): string | null {
  const name = directoryName
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]+/g, '-')
    .replaceAll(/^[._-]+|-+$/g, '')
    .slice(0, 214);
  return name === '' || name === 'node_modules' ? null : name;
}
