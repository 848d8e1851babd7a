import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { Builder, Capabilities } from 'selenium-webdriver';
import type { WebDriver } from 'selenium-webdriver';
import type { WebKitPrograms } from '../project-options.js';

/** A WebKitGTK to open browsers in. */
export interface WebKitDriver {
  /** Opens a browser that has never been anywhere. */
  open(proxyUrl: string): Promise<WebDriver>;
  close(): void;
}

/** Starts what drives WebKitGTK, on a display of its own. */
export async function startWebKitDriver({
  miniBrowser,
  driver,
  display,
}: WebKitPrograms): Promise<WebKitDriver> {
  const screen = ['-screen', '0', '1280x1024x24'];
  const xvfb = spawn(display, ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [displayNumber] = (await once(xvfb.stdio[3]!, 'data')) as [Buffer];
  const port = await freePort();
  const server = spawn(driver, [`--port=${String(port)}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${displayNumber.toString().trim()}`,
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Its sandbox needs what containers withhold.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const url = `http://127.0.0.1:${String(port)}`;
  await expect(async () => {
    expect((await fetch(`${url}/status`)).ok).toBe(true);
  }, 'WebKitWebDriver listens').toPass({ timeout: 60_000 });
  return {
    open: (proxyUrl) =>
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
    close() {
      server.kill();
      xvfb.kill();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
