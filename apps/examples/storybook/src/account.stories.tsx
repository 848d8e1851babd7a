import { AuthError } from '@sesamy-kit/react';
import type { LoadedSesamy, SesamyParameters } from '@sesamy-kit/react/storybook';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { Account } from './account';

const meta: Meta<typeof Account> = { component: Account };

export default meta;

type Story = StoryObj<typeof Account>;

const sesamy = (parameters: SesamyParameters) => ({ parameters: { sesamy: parameters } });

const user = { sub: 'ada', given_name: 'Ada' };

export const SignedIn: Story = sesamy({ user, profile: { deliveryAddress: { city: 'London' } } });

export const SignedOut: Story = {};

export const Loading: Story = sesamy({ state: { status: 'initializing' } });

export const Refused: Story = sesamy({
  state: {
    status: 'unauthenticated',
    reason: 'none',
    error: new AuthError('authorization_failed', 'Refused.', { oauthError: 'access_denied' }),
  },
});

export const LogIn: Story = {
  ...sesamy({ profile: { deliveryAddress: { city: 'London' } } }),
  play: async ({ canvasElement, loaded }) => {
    const { session } = loaded as LoadedSesamy;
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByText('Log in'));
    await expect(session.loginWithRedirect).toHaveBeenCalledWith({ returnTo: '/account' });
    session.set({ status: 'authenticated', user, error: null });
    await canvas.findByText('Delivery to London');
  },
};

const challenge = 'Bearer error="insufficient_user_authentication", max_age=300';

export const StepUp: Story = {
  ...sesamy({
    user,
    respond: () => new Response('', { status: 401, headers: { 'www-authenticate': challenge } }),
  }),
  play: async ({ canvasElement, loaded }) => {
    const { session } = loaded as LoadedSesamy;
    await userEvent.click(await within(canvasElement).findByText('Confirm'));
    await expect(session.loginWithPopup).toHaveBeenCalledWith({ maxAgeSeconds: 300 });
  },
};
