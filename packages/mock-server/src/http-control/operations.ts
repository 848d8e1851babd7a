import * as v from 'valibot';
import { checkClientNames, checkUserNames } from '../check-option-names.js';
import type { Control } from '../control.js';
import { describeIssues } from '../control/checked.js';
import { ControlError } from '../control/control-error.js';
import { faultSchema } from '../control/fault-schema.js';
import { LIST_FORMS } from '../management-api/lists.js';
import { COLLECTIONS } from '../management-api/records.js';
import {
  clientChangesSchema,
  clientSchema,
  clockStepSchema,
  requestFilterSchema,
  userChangesSchema,
  userSchema,
} from '../schemas.js';
import type { OperationPath } from './operation-paths.js';

/** Runs one operation with arguments received over HTTP. @throws ControlError, UnknownOptionError when they are bad */
export type Operation = (control: Control, args: readonly unknown[]) => unknown;

const text = v.string();
const collection = v.picklist(COLLECTIONS);
const userFilter = v.strictObject({ user: v.exactOptional(text) });
const oneUser = v.strictObject({ user: text });
const tokenFilter = v.strictObject({
  user: v.exactOptional(text),
  clientId: v.exactOptional(text),
});

/** An operation over the arguments that a schema accepts. */
function operation<Schema extends v.GenericSchema<unknown, readonly unknown[]>>(
  schema: Schema,
  run: (control: Control, ...args: v.InferOutput<Schema>) => unknown,
  checkNames: (value: object) => void = () => {},
): Operation {
  return (control, args) => {
    // Its error suggests a name, as that of a schema does not.
    args.forEach((arg) => typeof arg === 'object' && arg !== null && checkNames(arg));
    const parsed = v.safeParse(schema, args);
    if (!parsed.success) throw new ControlError(`Bad arguments: ${describeIssues(parsed.issues)}`);
    return run(control, ...parsed.output);
  };
}

/** Every operation of the control plane, by its path. */
export const OPERATIONS: Readonly<Record<OperationPath, Operation>> = {
  'clock/now': operation(v.tuple([]), ({ clock }) => clock.now()),
  'clock/set': operation(v.tuple([v.number()]), ({ clock }, epochMs) => clock.set(epochMs)),
  'clock/advance': operation(v.tuple([clockStepSchema]), ({ clock }, step) => clock.advance(step)),
  'clock/freeze': operation(v.tuple([]), ({ clock }) => clock.freeze()),
  'clock/resume': operation(v.tuple([]), ({ clock }) => clock.resume()),
  'clock/isFrozen': operation(v.tuple([]), ({ clock }) => clock.isFrozen()),
  'clock/reset': operation(v.tuple([]), ({ clock }) => clock.reset()),
  'requests/list': operation(v.tuple([v.optional(requestFilterSchema)]), ({ requests }, filter) =>
    requests.list(filter),
  ),
  'requests/count': operation(v.tuple([v.optional(requestFilterSchema)]), ({ requests }, filter) =>
    requests.count(filter),
  ),
  'requests/waitFor': operation(
    v.tuple([
      v.optional(requestFilterSchema),
      v.optional(
        v.strictObject({ timeoutMs: v.exactOptional(v.pipe(v.number(), v.maxValue(120_000))) }),
      ),
    ]),
    ({ requests }, filter, options) => requests.waitFor(filter, options),
  ),
  'requests/clear': operation(v.tuple([]), ({ requests }) => requests.clear()),
  'faults/add': operation(v.tuple([faultSchema]), ({ faults }, fault) => faults.add(fault)),
  'faults/list': operation(v.tuple([]), ({ faults }) => faults.list()),
  'faults/unused': operation(v.tuple([]), ({ faults }) => faults.unused()),
  'faults/clear': operation(v.tuple([v.optional(text)]), ({ faults }, id) => faults.clear(id)),
  'sessions/list': operation(v.tuple([v.optional(userFilter)]), ({ sessions }, filter) =>
    sessions.list(filter),
  ),
  'sessions/start': operation(v.tuple([oneUser]), ({ sessions }, options) =>
    sessions.start(options),
  ),
  'sessions/end': operation(v.tuple([v.union([text, oneUser])]), ({ sessions }, which) =>
    sessions.end(which),
  ),
  'refreshTokens/list': operation(v.tuple([v.optional(tokenFilter)]), ({ refreshTokens }, filter) =>
    refreshTokens.list(filter),
  ),
  'refreshTokens/lineage': operation(v.tuple([text]), ({ refreshTokens }, token) =>
    refreshTokens.lineage(token),
  ),
  'refreshTokens/explain': operation(v.tuple([text]), ({ refreshTokens }, token) =>
    refreshTokens.explain(token),
  ),
  'refreshTokens/revoke': operation(
    v.tuple([v.union([text, tokenFilter])]),
    ({ refreshTokens }, which) => refreshTokens.revoke(which),
  ),
  'users/list': operation(v.tuple([]), ({ users }) => users.list()),
  'users/get': operation(v.tuple([text]), ({ users }, id) => users.get(id)),
  'users/add': operation(
    v.tuple([userSchema]),
    ({ users }, user) => users.add(user),
    checkUserNames,
  ),
  'users/update': operation(
    v.tuple([text, userChangesSchema]),
    ({ users }, id, changes) => users.update(id, changes),
    checkUserNames,
  ),
  'users/disable': operation(v.tuple([text]), ({ users }, id) => users.disable(id)),
  'users/enable': operation(v.tuple([text]), ({ users }, id) => users.enable(id)),
  'users/remove': operation(v.tuple([text]), ({ users }, id) => users.remove(id)),
  'clients/list': operation(v.tuple([]), ({ clients }) => clients.list()),
  'clients/get': operation(v.tuple([text]), ({ clients }, id) => clients.get(id)),
  'clients/add': operation(
    v.tuple([clientSchema]),
    ({ clients }, client) => clients.add(client),
    checkClientNames,
  ),
  'clients/update': operation(
    v.tuple([text, clientChangesSchema]),
    ({ clients }, id, changes) => clients.update(id, changes),
    checkClientNames,
  ),
  'clients/disable': operation(v.tuple([text]), ({ clients }, id) => clients.disable(id)),
  'clients/enable': operation(v.tuple([text]), ({ clients }, id) => clients.enable(id)),
  'clients/rotateSecret': operation(v.tuple([text]), ({ clients }, id) => clients.rotateSecret(id)),
  'clients/remove': operation(v.tuple([text]), ({ clients }, id) => clients.remove(id)),
  'management/list': operation(v.tuple([collection]), ({ management }, name) =>
    management.list(name),
  ),
  'management/put': operation(
    v.tupleWithRest([collection], v.record(text, v.unknown())),
    ({ management }, name, ...records) => management.put(name, ...records),
  ),
  'management/excludeFromPlan': operation(v.array(text), ({ management }, ...resources) =>
    management.excludeFromPlan(...resources),
  ),
  'management/answerListsAs': operation(v.tuple([v.picklist(LIST_FORMS)]), ({ management }, form) =>
    management.answerListsAs(form),
  ),
  'management/exhaustRateLimit': operation(v.tuple([text]), ({ management }, clientId) =>
    management.exhaustRateLimit(clientId),
  ),
  'keys/rotate': operation(
    v.tuple([v.optional(v.strictObject({ removeOld: v.exactOptional(v.boolean()) }))]),
    ({ keys }, options) => keys.rotate(options),
  ),
  signIn: operation(
    v.tuple([v.strictObject({ authorizationUrl: v.pipe(text, v.url()), user: text })]),
    (control, options) => control.signIn(options),
  ),
  snapshot: operation(v.tuple([]), (control) => control.snapshot()),
  restore: (control, args) => {
    const [snapshot] = Array.isArray(args) ? args : [];
    control.restore(snapshot);
  },
  reset: operation(v.tuple([]), (control) => control.reset()),
};
