import { createMockServer } from '@sesamy-kit/mock-server';
import { SesamyProvider } from '@sesamy-kit/react';
import { createSesamySession } from '@sesamy-kit/session';
import { render, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { logIn, openBrowser } from '../../session/test/browser.js';
import { sesamyDevtoolsPlugin } from '../src/index.js';
import { client, clientId } from './support/panel.js';

test('the plugin keeps its time line while it is closed, and undoes what it simulates', async () => {
  const server = createMockServer({ clients: [client] });
  await logIn(server, openBrowser(server), () => createSesamySession({ clientId }), 'ada');
  const session = createSesamySession({ clientId });
  const user = userEvent.setup();

  const open = async (theme: 'light' | 'dark') => {
    const page = render(
      <SesamyProvider session={session}>
        {sesamyDevtoolsPlugin().render(document.body, { theme })}
      </SesamyProvider>,
    );
    const panel = await vi.waitFor(() => {
      const root = page.container.querySelector('div')?.shadowRoot;
      const container = root?.querySelector<HTMLElement>('.devtools');
      if (!container) throw new Error('The panel is not there yet.');
      within(container).getByRole('tab', { name: 'Timeline' });
      return within(container);
    });
    return { panel, close: page.unmount };
  };

  const first = await open('light');
  await session.renew();
  await user.click(first.panel.getByRole('tab', { name: 'Session' }));
  await user.click(first.panel.getByRole('button', { name: 'Lose the network' }));
  first.close();
  await session.renew();
  const second = await open('dark');
  await user.click(second.panel.getByRole('tab', { name: 'Timeline' }));
  expect(second.panel.getAllByText('renewed')).toHaveLength(2);
  second.close();
});
