import type { NodePath } from '@babel/traverse';
import { type Edit, overwriteIfOther } from './edit.js';
import type { Obstacle } from './options.js';

/** Gives the source of a member of the session, such as `session.fetch` or `sessionFetch`. */
export type Access = (name: string) => string;

/** The conversion of one reference. */
export interface Planned {
  /** The members of the session that it takes. */
  readonly needs: readonly string[];
  readonly apply: (access: Access) => void;
}

export type Plan = Planned | Obstacle;

export function isObstacle(plan: Plan): plan is Obstacle {
  return 'message' in plan;
}

export function isPlanned(plan: Plan): plan is Planned {
  return !isObstacle(plan);
}

/** A value that has the same meaning under the name. */
export function planValue(edit: Edit, reference: NodePath, name: string): Planned {
  return {
    needs: [name],
    apply: (access) => overwriteIfOther(edit, reference.node, access(name)),
  };
}
