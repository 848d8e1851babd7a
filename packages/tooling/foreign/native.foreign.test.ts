import { beforeAll, expect, test } from 'vitest';
import { allBlocks, compilerArgs, namedBlock } from './code-blocks.js';
import { INSTALL_LIMIT_MS, openProject, RUN_LIMIT_MS, type Project } from './project.js';

const blocks = allBlocks.filter((block) => block.project === 'native');
const args = [...compilerArgs, '--types', 'node'];

/** Stands for the system: its browser logs Ada in and opens the app by its callback URL. */
const DEVICE = `
  import { createMockServer } from '@sesamy-kit/mock-server';

  const callbacks = ['com.example.news://oauth2redirect'];
  const server = createMockServer({ clients: [{ clientId: 'news-app', type: 'native', callbacks }] });
  export const { url: issuer } = await server.listen();
  export const close = () => server.close();

  let opened;
  export const App = {
    addListener: async (_type, listener) => {
      opened = listener;
      return { remove: async () => {} };
    },
  };
  export const Browser = {
    open: async ({ url }) => opened({ url: await server.control.signIn({ authorizationUrl: url, user: 'ada' }) }),
    close: async () => {},
  };
`;

const PROGRAM = `
  import { getValidatedIdTokenClaims } from 'oauth4webapi';
  import { logIn } from './capacitor.js';
  import { close } from './device.js';
  const tokens = await logIn(new AbortController().signal);
  console.log(getValidatedIdTokenClaims(tokens).given_name, typeof tokens.refresh_token);
  await close();
`;

let project: Project;

beforeAll(async () => {
  project = await openProject('native');
}, INSTALL_LIMIT_MS);

test.each(blocks)(
  '$name compiles against the types of the native libraries',
  async ({ code, language, name }) => {
    const file = `${name.replaceAll(/\W/g, '-')}.${language}`;
    project.write(file, code);
    expect(await project.run('tsc', [...args, file])).toBe('');
  },
  RUN_LIMIT_MS,
);

test(
  'the recipe for Capacitor logs a user in at the mock',
  async () => {
    const onDevice = namedBlock('capacitor')
      .code.replace("'@capacitor/app'", "'./device.js'")
      .replace("'@capacitor/browser'", "'./device.js'")
      .replace("'http://localhost:4400/'", 'address')
      .replace('\n\n', "\nimport { issuer as address } from './device.js';\n\n");
    project.write('device.js', DEVICE);
    project.write('capacitor.ts', onDevice);
    project.write('program.js', PROGRAM);
    const transpile = '--target es2022 --module esnext --noCheck --ignoreConfig'.split(' ');
    await project.run('tsc', [...transpile, 'capacitor.ts']);
    expect(await project.node('program.js')).toBe('Ada string\n');
  },
  RUN_LIMIT_MS,
);
