import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An example that an app can be made from. */
export interface Example {
  readonly name: string;
  /** One sentence. */
  readonly description: string;
}

/** Where the published package has the examples. */
export const templatesDirectory: string = join(import.meta.dirname, '../templates');

/**
 * The examples of this version of the kit, by name.
 *
 * @param templates the directory of the examples. Default: the package's own
 */
export async function listExamples(
  templates: string = templatesDirectory,
): Promise<readonly Example[]> {
  const names = (await readdir(templates)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(templates, name, 'package.json'), 'utf8');
      const { description }: { description: string } = JSON.parse(text);
      return { name, description };
    }),
  );
}
