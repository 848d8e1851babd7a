import { createMockServer } from '@sesamy-kit/mock-server';
import { runNginx } from './nginx/run-nginx.mjs';

const port = Number(process.env.PORT ?? 3000);
const site = `http://localhost:${port}`;

// Set SESAMY_URL to https://api2.sesamy.com for Sesamy in the place of the mock.
runNginx({ port, sesamyUrl: process.env.SESAMY_URL ?? (await startMock()) });
console.log(`  Site         ${site}/`);

async function startMock() {
  const mock = createMockServer({
    hasControlPlane: true,
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: [`${site}/sesamy/auth/publisher-web/callback`],
        logoutUrls: [`${site}/*`],
      },
    ],
  });
  const { url } = await mock.listen({ port: Number(process.env.MOCK_PORT ?? 4400) });
  console.log(`  Sesamy mock  ${url}   dashboard ${url}mock/`);
  return new URL(url).origin;
}
