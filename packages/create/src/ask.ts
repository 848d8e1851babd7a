import { select, text } from '@clack/prompts';
import type { Readable, Writable } from 'node:stream';
import type { Example } from './examples.js';

/** What the command line leaves open. */
export interface Answers {
  readonly directory: string;
  readonly example: string;
}

/** The terminal. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Asks in a terminal for what the command line does not say. Null if the user cancels. */
export async function ask(
  given: Partial<Answers>,
  examples: readonly Example[],
  terminal: Terminal,
): Promise<Answers | null> {
  const directory = given.directory ?? (await askDirectory(terminal));
  // The prompts resolve to a symbol when they are cancelled.
  if (typeof directory === 'symbol') return null;
  const example = given.example ?? (await askExample(examples, terminal));
  return typeof example === 'symbol' ? null : { directory, example };
}

function askDirectory(terminal: Terminal): Promise<string | symbol> {
  const name = 'sesamy-app';
  return text({ message: 'Directory?', placeholder: name, defaultValue: name, ...terminal });
}

function askExample(examples: readonly Example[], terminal: Terminal): Promise<string | symbol> {
  const options = examples.map(({ name, description }) => ({
    value: name,
    label: name,
    hint: description,
  }));
  return select({ message: 'Example?', options, ...terminal });
}
