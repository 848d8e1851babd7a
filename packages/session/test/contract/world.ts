import type { Session, SessionOptions, SessionState } from '../../src/index.js';

/** The option that checks the user. */
export type SchemaOption = Pick<SessionOptions, 'userSchema'>;

/** Where a session of the contract lives: a real one in a browser, before a server, or a test session. */
export interface ContractWorld {
  /** Opens a page on which no user is signed in, and waits for its session. */
  openSignedOut(options?: SchemaOption): Promise<Session>;
  /** Opens a page on which `email|ada` is signed in, and waits for its session. */
  openSignedIn(options?: SchemaOption): Promise<Session>;
  /** Lets the user refuse the redirect login in progress; resolves to the session of the page they come back to. */
  refuseRedirect(session: Session): Promise<Session>;
  /** Lets `email|ada` complete the popup login in progress. */
  completePopup(session: Session): Promise<void>;
  /** Lets the user refuse the popup login in progress. */
  refusePopup(session: Session): Promise<void>;
  /** Logs the user out in another tab. */
  logOutElsewhere(session: Session): Promise<void>;
  /** Ends the session at the server, and lets the page notice it. */
  endSession(session: Session): Promise<void>;
  /** Responds to the requests for `path` from now on; a function that throws is an unreachable server. */
  respond(path: string, respond: (request: Request) => Response): void;
  /** Whether scripts get an access token, in contrast to cookies. */
  readonly givesTokens: boolean;
}

/** The first state of a session for which `isIt` holds. */
export function stateOf(
  session: Session,
  isIt: (state: SessionState) => boolean,
): Promise<SessionState> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = session.getSnapshot();
      if (!isIt(state)) return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = session.subscribe(look);
    queueMicrotask(look);
  });
}
