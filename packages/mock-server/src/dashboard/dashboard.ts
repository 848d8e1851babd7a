import type { ServerContext } from '../context.js';
import type { Control } from '../control.js';
import type { View } from './view.js';

/** What the sections are rendered from. */
export interface Dashboard {
  readonly server: ServerContext;
  readonly control: Control;
  readonly view: View;
}
