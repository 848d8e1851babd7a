import { metrics } from '@opentelemetry/api';
import { ManagementClient } from '@sesamy-kit/server/management';

const meter = metrics.getMeter('sesamy');
const duration = meter.createHistogram('http.client.request.duration', { unit: 's' });
const retries = meter.createCounter('sesamy.client.retries');

export const sesamy = new ManagementClient({
  onResponse: ({ method, origin, durationMs, status, error }) =>
    duration.record(durationMs / 1000, {
      'http.request.method': method,
      'server.address': new URL(origin).hostname,
      ...(status !== undefined && { 'http.response.status_code': status }),
      ...(error && { 'error.type': error.code }),
    }),
  onRetry: ({ target, error }) => retries.add(1, { target, 'error.type': error.code }),
});
