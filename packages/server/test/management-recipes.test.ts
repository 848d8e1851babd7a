import { readFileSync } from 'node:fs';
import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type * as Pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clientSecret } from './client-double.js';
import { sesamyDouble } from './sesamy-double.js';

beforeEach(() => {
  vi.stubEnv('SESAMY_CLIENT_ID', 'backend');
  vi.stubEnv('SESAMY_CLIENT_SECRET', clientSecret);
  // The first call of the API fails, and is retried immediately.
  const sesamy = sesamyDouble({
    api: (_, count) =>
      count === 1 ? { status: 503, headers: { 'retry-after': '0' } } : { body: [] },
  });
  vi.stubGlobal('fetch', sesamy.fetch);
});

afterEach(() => {
  metrics.disable();
  vi.doUnmock('pino');
  vi.resetModules();
});

test('the pino recipe logs each response and retry, failures at a higher level', async () => {
  const lines: string[] = [];
  const { pino } = await vi.importActual<typeof Pino>('pino');
  const destination = { write: (line: string) => void lines.push(line) };
  vi.doMock('pino', () => ({
    pino: (options: object) => pino({ ...options, level: 'debug' }, destination),
  }));
  const { sesamy } = await import('./recipes/pino.js');
  await sesamy.publishers.list();
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toEqual([
    expect.objectContaining({ level: 20, target: 'token', status: 200 }),
    expect.objectContaining({ level: 40, target: 'api', status: 503, attempt: 1 }),
    expect.objectContaining({ level: 30, target: 'api', attempt: 1 }),
    expect.objectContaining({ level: 20, target: 'api', status: 200, attempt: 2 }),
  ]);
  expect(entries[1]).toMatchObject({ error: { code: 'server_error', retryable: true } });
  expect(lines.join('')).not.toContain(clientSecret);
});

test('the OpenTelemetry recipe measures durations and retries', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  const { sesamy } = await import('./recipes/opentelemetry.js');
  await sesamy.publishers.list();
  await provider.forceFlush();
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap((scope) => scope.metrics)
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes }) => ({ name: descriptor.name, attributes })),
    );
  await provider.shutdown();
  const api = { 'http.request.method': 'GET', 'server.address': 'api.sesamy.com' };
  expect(points).toEqual(
    expect.arrayContaining([
      {
        name: 'http.client.request.duration',
        attributes: { ...api, 'http.response.status_code': 200 },
      },
      {
        name: 'http.client.request.duration',
        attributes: { ...api, 'http.response.status_code': 503, 'error.type': 'server_error' },
      },
      {
        name: 'sesamy.client.retries',
        attributes: { target: 'api', 'error.type': 'server_error' },
      },
    ]),
  );
});

test.each(['pino', 'opentelemetry'])('the README shows the tested recipe for %s', (name) => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(readFileSync(new URL(`recipes/${name}.ts`, import.meta.url), 'utf8'));
});
