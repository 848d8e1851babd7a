// Prints the milliseconds to import the package, to get the first response of a first server, and that of a second one.
const startedAt = performance.now();
const { createMockServer } = await import('../dist/index.js');
const importedAt = performance.now();
await firstResponse();
const firstAt = performance.now();
await firstResponse();
console.log(
  JSON.stringify([importedAt - startedAt, firstAt - importedAt, performance.now() - firstAt]),
);

async function firstResponse() {
  const response = await createMockServer().fetch(
    'https://token.sesamy.com/.well-known/openid-configuration',
  );
  await response.text();
}
