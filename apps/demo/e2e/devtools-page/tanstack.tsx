import { sesamyDevtoolsPlugin } from '@sesamy-kit/devtools';
import { TanStackDevtools } from '@tanstack/react-devtools';
import type { ReactNode } from 'react';

/** The panel as a plugin. */
export function Tanstack(): ReactNode {
  return (
    <TanStackDevtools
      config={{ defaultOpen: true }}
      plugins={[{ ...sesamyDevtoolsPlugin(), defaultOpen: true }]}
    />
  );
}
