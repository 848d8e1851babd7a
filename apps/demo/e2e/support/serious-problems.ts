import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The serious and critical violations that axe finds on the page, each with its elements. */
export async function seriousProblems(
  page: Page,
  colorScheme: 'light' | 'dark',
): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  // Only the colours depend on them.
  if (colorScheme === 'dark') axe.withRules('color-contrast');
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
