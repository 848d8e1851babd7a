import { render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test } from 'vitest';
import { LoginButton, SignedIn, SignedOut, useProfile } from '../../src/index.js';
import {
  sesamyLoader,
  withSesamy,
  type SesamyParameters,
  type SesamyStoryContext,
} from '../../src/storybook/index.js';

const ada = { sub: 'ada', given_name: 'Ada' };

function Story(): ReactNode {
  return (
    <>
      <SignedIn>{(user) => <p>Hello {user.given_name}</p>}</SignedIn>
      <SignedOut>
        <LoginButton />
      </SignedOut>
    </>
  );
}

function contextOf(id: string, sesamy?: SesamyParameters): SesamyStoryContext {
  return { id, parameters: sesamy === undefined ? {} : { sesamy }, loaded: {} };
}

describe('withSesamy', () => {
  test('a story without parameters is signed out', () => {
    render(withSesamy(Story, contextOf('account--default')));
    expect(screen.getByRole('button', { name: 'Log in' })).toBeDefined();
  });

  test('a story is rendered with the user of its parameters', () => {
    render(withSesamy(Story, contextOf('account--signed-in', { user: ada })));
    expect(screen.getByText('Hello Ada')).toBeDefined();
  });

  test('a story is rendered with the profile of its parameters', async () => {
    const Name = (): ReactNode => <p>{useProfile().data?.firstName}</p>;
    const profile = { firstName: 'Augusta' };
    render(withSesamy(Name, contextOf('account--profile', { user: ada, profile })));
    expect(await screen.findByText('Augusta')).toBeDefined();
  });

  test('a state applies before a user, which Storybook may have merged from other parameters', () => {
    const state = { status: 'initializing' } as const;
    const merged = Object.assign({ user: ada }, { state });
    render(withSesamy(Story, contextOf('account--loading', merged as never)));
    expect(screen.queryByText('Hello Ada')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('a story keeps its session while it is re-rendered', () => {
    const context = contextOf('account--signed-in', { user: ada });
    const loaded = sesamyLoader(context);
    const { rerender } = render(withSesamy(Story, { ...context, loaded }));
    rerender(withSesamy(Story, { ...context, loaded: sesamyLoader(context) }));
    expect(loaded.session.start).toHaveBeenCalledOnce();
    expect(screen.getByText('Hello Ada')).toBeDefined();
  });

  test('another story has another session', () => {
    const { rerender } = render(withSesamy(Story, contextOf('account--one', { user: ada })));
    rerender(withSesamy(Story, contextOf('account--two')));
    expect(screen.getByRole('button', { name: 'Log in' })).toBeDefined();
  });
});

describe('sesamyLoader', () => {
  test('the loaded session is the one that the story is rendered with', () => {
    const context = contextOf('account--signed-in', { user: ada });
    const loaded = sesamyLoader(context);
    render(withSesamy(Story, { ...context, loaded }));
    expect(loaded.session.start).toHaveBeenCalledOnce();
  });
});
