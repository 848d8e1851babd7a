import { Suspense, type ReactNode } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { createSesamySession, SesamyProvider, useSuspenseProfile } from '../src/index.js';

function Name(): ReactNode {
  return <p>{useSuspenseProfile().data.firstName}</p>;
}

// In a file of its own, since React for servers leaves the provider's context as it was.
test('useSuspenseProfile leaves its fallback in the page of a server, and does not suspend there for ever', async () => {
  vi.stubGlobal('window', undefined);
  const session = createSesamySession({ clientId: 'publisher-web' });
  const errors: unknown[] = [];
  const stop = new AbortController();
  const stream = await renderToReadableStream(
    <SesamyProvider session={session}>
      {
        <Suspense fallback={<p>Loading</p>}>
          <Name />
        </Suspense>
      }
    </SesamyProvider>,
    { onError: (error) => void errors.push(error), signal: stop.signal },
  );
  let isDone = false;
  void stream.allReady.then(() => (isDone = true));
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve));
  stop.abort();
  expect(isDone).toBe(true);
  expect(await new Response(stream).text()).toContain('Loading');
  expect(String(errors)).toContain('in the browser');
});
