import type { BrowserContext, Page } from '@playwright/test';
import type { ModesSite } from './modes-site.js';

/** The attacker's page: on the publisher's domain, or on another site. */
export const attackers = ['sibling', 'stranger'] as const;

/** The attacker's page. */
export type Attacker = (typeof attackers)[number];

/** Opens the attacker's page in the victim's browser. */
export async function openAttacker(
  context: BrowserContext,
  { origins }: ModesSite,
  attacker: Attacker,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origins[attacker]}/`);
  return page;
}

/** Makes the page load an address by each kind of element, and waits for each response. */
export function loadByElements(page: Page, url: string): Promise<void> {
  return page.evaluate(async (src) => {
    const elements = ['img', 'iframe', 'script'].map((tag) => {
      const element = document.createElement(tag);
      element.setAttribute('src', src);
      return element;
    });
    await Promise.all(
      elements.map(
        (element) =>
          new Promise((settled) => {
            element.addEventListener('load', settled);
            element.addEventListener('error', settled);
            document.body.append(element);
          }),
      ),
    );
  }, url);
}

/** Clicks a link to the address. */
export async function followLink(page: Page, url: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    link.textContent = 'You have won';
    document.body.append(link);
  }, url);
  await page.getByRole('link', { name: 'You have won' }).click();
  await page.waitForURL(url);
}

/** Posts a form to the address, which the browser then shows. */
export async function postForm(
  page: Page,
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.evaluate(
    ([action, inputs]) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = action;
      for (const [name, value] of Object.entries(inputs)) {
        const input = document.createElement('input');
        input.name = name;
        input.value = value;
        form.append(input);
      }
      const button = document.createElement('button');
      button.textContent = 'Claim the prize';
      form.append(button);
      document.body.append(form);
    },
    [url, fields] as const,
  );
  await page.getByRole('button', { name: 'Claim the prize' }).click();
  await page.waitForURL(url);
}

/** The result of a request by the page's script, with credentials. */
export function fetchWithCookies(page: Page, url: string, init: RequestInit): Promise<string> {
  return page.evaluate(
    ([input, options]) =>
      fetch(input, { ...options, credentials: 'include' }).then(
        (response) => response.text(),
        (error: unknown) => (error instanceof TypeError ? 'refused' : String(error)),
      ),
    [url, init] as const,
  );
}
