import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The repository's root directory. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const parentCheckMs = 500;
const graceMs = 8_000;

/**
 * Calls the listener once when this process is to end: by Ctrl-C, by a signal, or by the end of npm. The last is
 * needed because npm runs scripts through a shell, which passes no signal on.
 *
 * @param {(exitCode: number) => void} listener
 * @returns {() => void} stops listening
 */
export function onInterrupt(listener) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  let isInterrupted = false;
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    // A terminal's Ctrl-C comes twice, once through npm: the second must not interrupt the work of the first.
    if (isInterrupted) return;
    isInterrupted = true;
    listener(128 + constants.signals[signal]);
  };
  const parentsAtFirst = parents();
  const parentCheck = setInterval(() => {
    if (parents() !== parentsAtFirst) interrupt('SIGTERM');
  }, parentCheckMs).unref();
  for (const signal of signals) process.on(signal, interrupt);
  return () => {
    clearInterval(parentCheck);
    for (const signal of signals) process.off(signal, interrupt);
  };
}

/** The process ids of the parents of this process: npm, and the shell between (on macOS there is none). */
function parents() {
  const isInShell = process.env['npm_lifecycle_event'] !== undefined;
  return `${process.ppid} ${isInShell ? parentOf(process.ppid) : ''}`;
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    return /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    // Only Linux has this file, and only while the process lives.
    return undefined;
  }
}

/**
 * Runs a program to its end, showing its output. When this process is interrupted the program and all it started are
 * ended first, and then this process: the promise does not settle.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 * @returns {Promise<number>} the exit code
 */
export function run(command, args, { cwd = root, env = {} } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A separate process group, so that the program's children receive its signals.
    detached: true,
  });
  return new Promise((resolve, reject) => {
    /** @type {number | null} */
    let interruptedWith = null;
    const stopListening = onInterrupt((exitCode) => {
      interruptedWith = exitCode;
      // Not SIGTERM: only on SIGINT does Playwright close its browsers, which run in separate groups.
      signalGroup(child, 'SIGINT');
      setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      stopListening();
      if (interruptedWith === null) return resolve(code ?? 1);
      signalGroup(child, 'SIGKILL');
      process.exit(interruptedWith);
    });
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The whole group is gone already.
  }
}
