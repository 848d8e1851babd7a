/** Path of every operation of the control plane; each is also a method of `server.control`. */
export const OPERATION_PATHS = [
  'clock/now',
  'clock/set',
  'clock/advance',
  'clock/freeze',
  'clock/resume',
  'clock/isFrozen',
  'clock/reset',
  'requests/list',
  'requests/count',
  'requests/waitFor',
  'requests/clear',
  'faults/add',
  'faults/list',
  'faults/unused',
  'faults/clear',
  'sessions/list',
  'sessions/start',
  'sessions/end',
  'refreshTokens/list',
  'refreshTokens/lineage',
  'refreshTokens/explain',
  'refreshTokens/revoke',
  'users/list',
  'users/get',
  'users/add',
  'users/update',
  'users/disable',
  'users/enable',
  'users/remove',
  'clients/list',
  'clients/get',
  'clients/add',
  'clients/update',
  'clients/disable',
  'clients/enable',
  'clients/rotateSecret',
  'clients/remove',
  'management/list',
  'management/put',
  'management/excludeFromPlan',
  'management/answerListsAs',
  'management/exhaustRateLimit',
  'keys/rotate',
  'signIn',
  'snapshot',
  'restore',
  'reset',
] as const;

/** The path of one operation. */
export type OperationPath = (typeof OPERATION_PATHS)[number];

/** Where the control plane is, on the server's own address. */
export const CONTROL_PREFIX = '/mock';

/** Where a browser sends the control token by form. */
export const SIGN_IN_PATH: string = `${CONTROL_PREFIX}/sign-in`;
