import { checkClientNames } from '../check-option-names.js';
import { ControlError } from './control-error.js';
import { type Client, type ClientOptions, createClient } from '../clients.js';
import type { ServerContext } from '../context.js';
import { randomToken } from '../random.js';

/** The applications registered at the server. */
export interface ClientControl {
  list(): Client[];
  /** @throws ControlError when there is no such client. */
  get(clientId: string): Client;
  /** Registers a client, or replaces the one with that id. @throws UnknownOptionError for a field that does not exist */
  add(client: ClientOptions): Client;
  /**
   * Changes a client. New callbacks without logout URLs and web origins set those too, so that
   * `update('publisher-web', { callbacks: ['http://localhost:5180/'] })` is all a random port needs.
   */
  update(clientId: string, changes: Partial<Omit<ClientOptions, 'clientId'>>): Client;
  /** Deactivates a client: the server rejects it as unknown. Its tokens stay valid until they expire. */
  disable(clientId: string): Client;
  enable(clientId: string): Client;
  /** Gives a client a new secret and returns it; the old one is rejected immediately. */
  rotateSecret(clientId: string): string;
  remove(clientId: string): void;
}

/** Clients of a server. */
export function createClientControl(server: ServerContext): ClientControl {
  const get = (clientId: string): Client => {
    const client = server.state.clients.get(clientId);
    if (client) return client;
    throw new ControlError(
      `There is no client "${clientId}". Registered: ${[...server.state.clients.keys()].join(', ') || 'none'}.`,
    );
  };
  const put = (client: Client): Client => {
    server.state.clients.set(client.clientId, client);
    return client;
  };
  const update = (clientId: string, changes: Partial<Omit<ClientOptions, 'clientId'>>): Client => {
    checkClientNames(changes);
    const before = get(clientId);
    if (!changes.callbacks) return put(createClient({ ...before, ...changes }));
    const { logoutUrls: _, webOrigins: __, ...kept } = before;
    return put(createClient({ ...kept, ...changes }));
  };
  return {
    list: () => [...server.state.clients.values()],
    get,
    add(client) {
      checkClientNames(client);
      return put(createClient(client));
    },
    update,
    disable: (clientId) => update(clientId, { isActive: false }),
    enable: (clientId) => update(clientId, { isActive: true }),
    rotateSecret: (clientId) => {
      const clientSecret = randomToken(server.random, 32);
      put(createClient({ ...get(clientId), clientSecret }));
      return clientSecret;
    },
    remove: (clientId) => {
      server.state.clients.delete(get(clientId).clientId);
    },
  };
}
