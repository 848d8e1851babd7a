import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A group of the sidebar. Its pages are paths below apps/docs, without the extension. */
interface Group {
  readonly text: string;
  /** The page that lists the pages, which then are not in the sidebar. */
  readonly listedOn?: string;
  readonly pages: readonly (readonly [text: string, page: string])[];
}

export const docsDirectory = join(import.meta.dirname, '..');

/** The sidebar, top to bottom; llms.txt has the same order. */
export const groups: readonly Group[] = [
  {
    text: 'Start',
    pages: [
      ['Get started', 'get-started'],
      ['Try it', 'try-it'],
      ['Examples', 'examples'],
      ['Choosing a mode', 'modes'],
      ['Supported versions', 'supported-versions'],
      ['Migrate from auth0-react', 'migrate-from-auth0-react'],
      ['Migrate by codemods', 'migrate'],
    ],
  },
  {
    text: 'Routers and frameworks',
    pages: [
      ['React Router', 'react-router'],
      ['TanStack Router', 'tanstack-router'],
      ['Next.js, server rendering', 'server-rendering'],
      ['webpack, Rspack, others', 'bundlers'],
      ['Native apps', 'native-apps'],
    ],
  },
  {
    text: 'In your app',
    pages: [
      ['The user and typed claims', 'user'],
      ['Profile and your own queries', 'profile'],
      ['Calling APIs', 'calling-apis'],
      ['Errors', 'errors'],
      ['Events', 'events'],
      ['Losing a session', 'losing-a-session'],
      ['Idle logout', 'idle-logout'],
      ['Offline', 'offline'],
      ['Testing', 'testing'],
      ['The mock in the browser', 'mock-in-the-browser'],
    ],
  },
  {
    text: 'On your servers',
    pages: [
      ['Backends', 'backends'],
      ['Understanding access tokens', 'access-tokens'],
      ['Management API', 'management-api'],
      ['Token handler', 'token-handler'],
      ['Any Auth0-compatible SDK', 'auth0-sdks'],
    ],
  },
  {
    text: 'Packages',
    pages: [
      ['@sesamy-kit/react', 'packages/react'],
      ['@sesamy-kit/session', 'packages/session'],
      ['@sesamy-kit/mock-server: the mock', 'packages/mock-server'],
      ['@sesamy-kit/server', 'packages/server'],
      ['@sesamy-kit/doctor', 'packages/doctor'],
      ['@sesamy-kit/devtools', 'packages/devtools'],
      ['@sesamy-kit/create', 'packages/create'],
      ['@sesamy-kit/migrate', 'packages/migrate'],
      ['API reference', 'api/index'],
    ],
  },
  {
    text: 'Background',
    pages: [
      ['Security', 'security'],
      ['Browsers', 'browsers'],
      ['Architecture', 'architecture'],
      ['Decisions', 'decisions/index'],
      ['Versions and releases', 'versions'],
      ['Changelog', 'changelog'],
      ['Contributing', 'contributing'],
      ['Reporting a vulnerability', 'reporting-a-vulnerability'],
    ],
  },
  { text: 'API reference', listedOn: 'api/index', pages: apiPages() },
  { text: 'Decisions', listedOn: 'decisions/index', pages: decisions() },
];

/** What `api.mjs` has generated: nothing in a fresh clone. */
function apiPages(): readonly (readonly [string, string])[] {
  const directory = join(docsDirectory, 'api/@sesamy-kit');
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `@sesamy-kit/${file.replace('.md', '')}`)
    .toSorted((left, right) => left.localeCompare(right))
    .map((name) => [name, `api/${name}`]);
}

function decisions(): readonly (readonly [string, string])[] {
  return readdirSync(join(docsDirectory, 'decisions'))
    .filter((file) => /^\d.*\.md$/.test(file))
    .map((file) => {
      const text = readFileSync(join(docsDirectory, 'decisions', file), 'utf8');
      const title = /^# (.*)$/m.exec(text)?.[1] ?? file;
      return [title, `decisions/${file.replace('.md', '')}`];
    });
}

/** What stands in the place of `<!-- decisions -->`, so that the list need not be kept. */
export function listDecisions(text: string): string {
  const list = decisions().map(
    ([title, page]) => `- [${title}](${page.replace('decisions/', '')}.md)`,
  );
  return text.replace('<!-- decisions -->', list.join('\n'));
}
