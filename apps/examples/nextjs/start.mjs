import { createMockServer } from '@sesamy-kit/mock-server';
import { spawn } from 'node:child_process';

const port = process.env.PORT ?? '3000';
const mock = createMockServer({
  hasControlPlane: true,
  clients: [{ clientId: 'publisher-web', callbacks: [`http://localhost:${port}/`] }],
});
const { url } = await mock.listen({ port: Number(process.env.MOCK_PORT ?? 4400) });
console.log(`  Sesamy mock  ${url}   dashboard ${url}mock/`);

const next = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'dev', '--port', port], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NEXT_PUBLIC_SESAMY_ISSUER: url,
    SESAMY_ISSUER: url,
    SESAMY_PUBLISHER_ID: 'publisher',
  },
});
next.once('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => next.kill(signal));
