import type { ServerContext } from '../context.js';
import { ControlError } from '../control/control-error.js';
import type { ListForm } from './lists.js';
import {
  type CollectionName,
  idFieldOf,
  type ManagementRecord,
  putRecord,
  recordsOf,
} from './records.js';

/** What a test can do to the Management API. */
export interface ManagementControl {
  /** The records of a collection. */
  list(collection: CollectionName): readonly ManagementRecord[];
  /** Adds records, or replaces those with the same id. @throws ControlError for one without an id */
  put(collection: CollectionName, ...records: ManagementRecord[]): void;
  /** Resources such as `access-lists` outside the plan, which respond with 403 from now on. */
  excludeFromPlan(...resources: string[]): void;
  /** The form of lists: a bare array (default), `{data, pagination}` or `{<name>, start, limit, total}`. */
  answerListsAs(form: ListForm): void;
  /** Uses up the rate limit of an application, until the minute is over. */
  exhaustRateLimit(clientId: string): void;
}

/** The control of the Management API of one server. */
export function createManagementControl(server: ServerContext): ManagementControl {
  return {
    list: (collection) => recordsOf(server.state.management, collection),
    put: (collection, ...records) => {
      for (const record of records) {
        const field = idFieldOf(collection);
        if (typeof record[field] !== 'string') {
          throw new ControlError(`A record of ${collection} needs a text named ${field}.`);
        }
        putRecord(server.state.management, collection, record);
      }
    },
    excludeFromPlan: (...resources) => {
      const excluded = resources.map((resource) => ({ resource }));
      server.state.management['outside-plan'] = excluded;
    },
    answerListsAs: (form) => {
      server.state.management['list-form'] = [{ form }];
    },
    exhaustRateLimit: (clientId) => {
      server.state.rateLimits.set(clientId, { endsAt: server.clock.now() + 60_000, left: 0 });
    },
  };
}
