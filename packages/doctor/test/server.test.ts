import { createMockServer, type MockServerOptions } from '@sesamy-kit/mock-server';
import { describe, expect, test } from 'vitest';
import { checkDeployment, type Finding, type SetupOptions } from '../src/node.js';

const setup: SetupOptions = { clientId: 'publisher-web', origin: 'http://localhost:5173' };

async function diagnose(
  options: MockServerOptions,
  changes: Partial<SetupOptions> = {},
  prepare: (server: ReturnType<typeof createMockServer>) => void = () => {},
): Promise<readonly Finding[]> {
  const server = createMockServer(options);
  prepare(server);
  return checkDeployment({ ...setup, ...changes }, { fetch: server.fetch });
}

function levelsOf(findings: readonly Finding[], id: string): readonly string[] {
  return findings.filter((found) => found.id === id).map(({ level }) => level);
}

describe.each(['documented', 'engine'] as const)('against the mock (%s)', (fidelity) => {
  test('nothing is wrong with the seeded client', async () => {
    const findings = await diagnose({ fidelity });
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('an issuer that responds with 503 is found', async () => {
    const findings = await diagnose({ fidelity }, {}, (server) =>
      server.control.faults.add({ endpoint: 'discovery', status: 503 }),
    );
    expect(levelsOf(findings, 'issuer-reachable')).toEqual(['error']);
    expect(findings).toHaveLength(1);
  });

  test('an issuer of another name is found', async () => {
    const findings = await diagnose({ fidelity }, {}, (server) =>
      server.control.faults.add({
        endpoint: 'discovery',
        discoveryIssuer: 'https://token.sesamy.com',
      }),
    );
    expect(levelsOf(findings, 'issuer-identifier')).toEqual(['error']);
  });
});
