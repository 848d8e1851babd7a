import { act, render, screen } from '@testing-library/react';
import { Profiler, StrictMode, type ReactNode } from 'react';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { SesamyProvider, useIdleLogout } from '../src/index.js';
import { createTestSession, type TestSession } from '../src/testing/index.js';

let session: TestSession;
let commits: number;

/** A warning that an app would show, with the state in words. */
function IdleWarning(): ReactNode {
  const idle = useIdleLogout({
    afterSeconds: 600,
    warnSeconds: 60,
    logoutOptions: { returnTo: 'https://app.publisher.test/' },
  });
  return (
    <button type="button" onClick={idle.stayActive}>
      {idle.status === 'warning' ? `You are logged out in ${idle.secondsLeft} s` : idle.status}
    </button>
  );
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  onTestFinished(() => void vi.useRealTimers());
  localStorage.clear();
  commits = 0;
  session = createTestSession({ user: { sub: 'email|ada' } });
  render(
    <StrictMode>
      <SesamyProvider session={session}>
        <Profiler id="warning" onRender={() => (commits += 1)}>
          <IdleWarning />
        </Profiler>
      </SesamyProvider>
    </StrictMode>,
  );
});

const pass = (seconds: number): Promise<unknown> =>
  act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const shown = (): string | null => screen.getByRole('button').textContent;

test('useIdleLogout counts down, and logs out once with the options', async () => {
  expect(shown()).toBe('active');
  await pass(550);
  expect(shown()).toBe('You are logged out in 50 s');
  await pass(51);
  expect(session.logout).toHaveBeenCalledOnce();
  expect(session.logout).toHaveBeenCalledWith({ returnTo: 'https://app.publisher.test/' });
  expect(shown()).toBe('off');
});

test('useIdleLogout lets the user stay', async () => {
  await pass(550);
  act(() => screen.getByRole('button').click());
  expect(shown()).toBe('active');
  await pass(500);
  expect(session.logout).not.toHaveBeenCalled();
});

test('useIdleLogout renders nothing while the user is active', async () => {
  const before = commits;
  for (let minute = 0; minute < 20; minute += 1) {
    await pass(60);
    window.dispatchEvent(new Event('keydown'));
  }
  expect(commits).toBe(before);
  expect(session.logout).not.toHaveBeenCalled();
});
