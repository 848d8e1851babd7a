// Measures the time from the start of the process to the first response, of the command as published and of a bare
// node:http server in turns, and what a test process needs without a port.
// `npm --prefix packages/mock-server run bench:start`, after `npm run build`; `-- --runs 20` measures longer.
import { execFileSync, spawn } from 'node:child_process';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10' } } });
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));
const programs = {
  'bare node:http': [pathOf('bare.mjs')],
  'sesamy-mock': [pathOf('../bundle/sesamy-mock.js'), '--port', '0'],
};

/** Milliseconds until the first response. */
async function startOnce(args) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await firstUrl(child.stdout);
  await new Promise((resolve, reject) => {
    get(`${url}.well-known/openid-configuration`, { agent: false }, (response) => {
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
  const milliseconds = performance.now() - startedAt;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
  return milliseconds;
}

function firstUrl(stream) {
  let text = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk) => {
      text += chunk;
      const [url] = /http:\/\/localhost:\d+\//.exec(text) ?? [];
      if (url) resolve(url);
    });
    stream.once('end', () => reject(new Error(`The program ended without an address:\n${text}`)));
  });
}

function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const times = new Map(Object.keys(programs).map((name) => [name, []]));
// One unmeasured start of each: files come from the disk's cache in all others.
for (const args of Object.values(programs)) await startOnce(args);
for (let run = 0; run < Number(values.runs); run += 1) {
  for (const [name, args] of Object.entries(programs)) times.get(name).push(await startOnce(args));
}
for (const [name, each] of times) {
  console.log(
    `${name.padEnd(16)} median ${median(each).toFixed(0)} ms, least ${Math.min(...each).toFixed(0)} ms`,
  );
}
const [bare, mock] = [...times.values()].map((each) => median(each));
console.log(`ratio            ${(mock / bare).toFixed(2)}`);

const inProcess = Array.from({ length: Number(values.runs) }, () =>
  JSON.parse(execFileSync(process.execPath, [pathOf('in-process.mjs')], { encoding: 'utf8' })),
);
const [imported, first, second] = [0, 1, 2].map((part) =>
  median(inProcess.map((each) => each[part])).toFixed(1),
);
console.log(
  `in process       import ${imported} ms, first server and response ${first} ms, second ${second} ms`,
);
