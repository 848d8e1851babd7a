import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds serious or worse on the page, each with the elements it is about. */
export async function seriousProblems(
  page: Page,
  colorScheme: 'light' | 'dark',
): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  // Nothing but the colours depends on them.
  if (colorScheme === 'dark') axe.withRules('color-contrast');
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
