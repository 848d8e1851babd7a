import { chromium } from '@playwright/test';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { browserPath } from '../browsers.mjs';
import { kilobytes } from '../bundle-sizes.mjs';
import { apps } from './apps.mjs';
import { loadedFiles, visit } from './visitor.mjs';
import { startServers } from './servers.mjs';
import { summarize } from './statistics.mjs';
import { markdownTable } from './table.mjs';
import { weigh, weighFirstLoad } from './weigh.mjs';

/** @typedef {import('./visitor.mjs').Visit} Visit */

const baselines = /** @type {const} */ (['plain', 'plain-query']);

/**
 * Builds all apps, weighs them and visits them, one visit of each app in turn.
 *
 * @param {import('./project.mjs').Project} project
 * @param {{ runs: number, latencyMs: number }} options
 * @returns {Promise<string>} the result in Markdown
 */
export async function runBenchmark(project, { runs, latencyMs }) {
  const servers = await startServers(project, apps, latencyMs);
  const executablePath = browserPath('chromium');
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  try {
    const { url: issuer } = servers.issuer;
    /** @type {Map<string, number>} */
    const baselineBytes = new Map();
    for (const name of baselines) {
      baselineBytes.set(name, weighFirstLoad(await project.build(name, issuer)));
    }
    const measured = [];
    for (const app of apps) {
      const directory = await project.build(app.name, issuer);
      const baseline = baselineBytes.get(app.baseline) ?? 0;
      const first = weighFirstLoad(directory) - baseline;
      const all = weigh(directory, await loadedFiles(browser, app, servers)) - baseline;
      measured.push({ app, first, all, visits: /** @type {Visit[]} */ ([]) });
    }
    for (let run = 1; run <= runs; run += 1) {
      console.log(`visits ${run} of ${runs}`);
      for (const { app, visits } of measured) visits.push(await visit(browser, app, servers));
    }
    const rows = measured.map(({ app, first, all, visits }) => [
      `${app.title} ${project.versionOf(app.packageName)}`,
      kilobytes(first),
      kilobytes(all),
      summarize(visits.map(({ loginImmediate }) => loginImmediate)),
      summarize(visits.map(({ loginWhenIdle }) => loginWhenIdle)),
      summarize(visits.map(({ loginCached }) => loginCached)),
      summarize(visits.map(({ callback }) => callback)),
      summarize(visits.map(({ callbackCached }) => callbackCached)),
    ]);
    return [
      markdownTable(head, rows),
      describeRun(project, browser.version(), runs, latencyMs),
    ].join('\n\n');
  } finally {
    await browser.close();
    await servers.close();
  }
}

const head = [
  'library',
  'first load',
  'all',
  'login, immediate',
  'login, page idle',
  'login, cached',
  'callback',
  'callback, cached',
];

/**
 * @param {import('./project.mjs').Project} project
 * @param {string} chromiumVersion
 * @param {number} runs
 * @param {number} latencyMs
 */
function describeRun(project, chromiumVersion, runs, latencyMs) {
  const [cpu] = cpus();
  const versions = [
    'react',
    'vite',
    '@tanstack/react-query',
    'oidc-client-ts',
    '@auth0/auth0-spa-js',
  ]
    .map((name) => `${name} ${project.versionOf(name)}`)
    .join(', ');
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${new Date().toISOString().slice(0, 10)}; ${runs} visits, medians and quartiles in ms; ${latencyMs} ms before each response.`,
    `${cpus().length} × ${cpu?.model}, ${memory} GiB, ${platform()} ${release()} ${arch()}; Node ${process.versions.node}, Chromium ${chromiumVersion}; ${versions}.`,
  ].join('\n');
}
