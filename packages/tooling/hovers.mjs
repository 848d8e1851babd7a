import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './processes.mjs';

/**
 * Starts the language server of TypeScript, as an editor does.
 *
 * @returns {{ hover: (file: string, text: string) => Promise<string>, close: () => void }} `hover` resolves to what an
 *   editor shows for the last word of the first occurrence of `text` in the file, a path below the repository
 */
export function startLanguageServer() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const server = spawn(process.execPath, [compiler, '--lsp', '--stdio'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  /** @type {Map<number, (result: any) => void>} */
  const waiting = new Map();
  let received = Buffer.alloc(0);
  let lastId = 0;

  server.stdout.on('data', (data) => {
    received = Buffer.concat([received, data]);
    for (let message = next(); message !== undefined; message = next()) take(message);
  });

  /** Takes the next complete message from what was received. */
  function next() {
    const head = received.indexOf('\r\n\r\n');
    if (head === -1) return undefined;
    const length = Number(/Content-Length: (\d+)/i.exec(received.toString('utf8', 0, head))?.[1]);
    const start = head + 4;
    if (received.length < start + length) return undefined;
    const message = JSON.parse(received.toString('utf8', start, start + length));
    received = received.subarray(start + length);
    return message;
  }

  /** @param {{ id?: number, method?: string, result?: unknown }} message */
  function take({ id, method, result }) {
    if (id === undefined) return;
    // The server's own requests, e.g. for settings, get no answer of substance.
    if (method !== undefined) send({ id, result: null });
    else waiting.get(id)?.(result);
  }

  /** @param {object} message */
  function send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<any>}
   */
  function request(method, params) {
    const id = (lastId += 1);
    send({ id, method, params });
    return new Promise((resolve) => waiting.set(id, resolve));
  }

  const capabilities = { textDocument: { hover: { contentFormat: ['plaintext'] } } };
  const started = request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities,
  }).then(() => send({ method: 'initialized', params: {} }));

  return {
    async hover(file, text) {
      await started;
      const content = await readFile(join(root, file), 'utf8');
      const uri = pathToFileURL(join(root, file)).href;
      const languageId = file.endsWith('x') ? 'typescriptreact' : 'typescript';
      const textDocument = { uri, languageId, version: 1, text: content };
      send({ method: 'textDocument/didOpen', params: { textDocument } });
      const end = content.indexOf(text) + text.length - 1;
      const before = content.slice(0, end).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const result = await request('textDocument/hover', { textDocument: { uri }, position });
      return result?.contents?.value ?? '';
    },
    close: () => void server.kill(),
  };
}
