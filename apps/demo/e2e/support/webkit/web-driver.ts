import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { Builder, Capabilities } from 'selenium-webdriver';
import type { WebDriver } from 'selenium-webdriver';
import type { WebKitPrograms } from '../project-options.js';

/** How long the driver may take to open a browser. Under load it sometimes never does, and must be replaced. */
const OPENING_MS = 45_000;

/** How many drivers to try. */
const ATTEMPTS = 3;

/** Opens browsers on a separate display. */
export interface WebKitDisplay {
  /** Opens a browser without any history, with a separate driver. */
  open(proxyUrl: string): Promise<WebKitBrowser>;
  close(): void;
}

/** An open browser. */
export interface WebKitBrowser {
  readonly driver: WebDriver;
  close(): Promise<void>;
}

/** Starts a display for WebKitGTK. */
export async function startWebKitDisplay(programs: WebKitPrograms): Promise<WebKitDisplay> {
  const screen = ['-screen', '0', '1280x1024x24'];
  const xvfb = spawn(programs.display, ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [displayNumber] = (await once(xvfb.stdio[3]!, 'data')) as [Buffer];
  const display = `:${displayNumber.toString().trim()}`;
  return {
    async open(proxyUrl) {
      for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
        const browser = await openBrowser(programs, display, proxyUrl).catch(() => null);
        if (browser !== null) return browser;
      }
      return openBrowser(programs, display, proxyUrl);
    },
    close: () => xvfb.kill(),
  };
}

async function openBrowser(
  { miniBrowser, driver: program }: WebKitPrograms,
  display: string,
  proxyUrl: string,
): Promise<WebKitBrowser> {
  const port = await freePort();
  const server = spawn(program, [`--port=${String(port)}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display,
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Its sandbox needs what containers withhold.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  try {
    const url = `http://127.0.0.1:${String(port)}`;
    await expect(async () => {
      expect((await fetch(`${url}/status`)).ok).toBe(true);
    }, 'WebKitWebDriver listens').toPass({ timeout: OPENING_MS });
    const driver = await withDeadline(
      new Builder()
        .usingServer(url)
        .withCapabilities(
          new Capabilities({
            browserName: 'MiniBrowser',
            acceptInsecureCerts: true,
            'webkitgtk:browserOptions': {
              binary: miniBrowser,
              // Tracking prevention is what Safari does with third-party cookies.
              args: ['--automation', '--enable-itp', `--proxy=${proxyUrl}`],
            },
          }),
        )
        .build(),
    );
    return {
      driver,
      async close() {
        await withDeadline(driver.quit()).catch(() => {});
        server.kill();
      },
    };
  } catch (error) {
    server.kill();
    throw error;
  }
}

async function withDeadline<T>(result: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`WebKitWebDriver did not respond within ${String(OPENING_MS)} ms.`));
    }, OPENING_MS);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
