import { abortable } from './abortable.js';
import type { CallOptions, GetOptions, ManagementApi } from './api.js';
import { isManagementError, ManagementError } from './errors.js';
import { exchange } from './exchange.js';
import type { ExchangeResponse } from './exchange.js';
import { notify, observed, requestEvent } from './hooks.js';
import type { RequestEvent } from './hooks.js';
import { apiError } from './map-error.js';
import { resolveOptions } from './options.js';
import type { ManagementClientOptions, ResolvedOptions } from './options.js';
import { firstQuery, readPage } from './pagination.js';
import type { Page, Query } from './pagination.js';
import { redactPath } from './redact.js';
import { createRateGate } from './rate-gate.js';
import type { RateGate } from './rate-gate.js';
import { prepareCall, signalOf } from './prepare.js';
import type { Call, PreparedCall } from './prepare.js';
import { asDocumented, unwrap } from './representation.js';
import { accessLists } from './resources/access-lists.js';
import type { AccessListsResource } from './resources/access-lists.js';
import { bills, contracts, entitlements, paywalls, transactions } from './resources/commerce.js';
import type {
  BillsResource,
  ContractsResource,
  EntitlementsResource,
  PaywallsResource,
  TransactionsResource,
} from './resources/commerce.js';
import { domains } from './resources/domains.js';
import type { DomainsResource } from './resources/domains.js';
import { products } from './resources/products.js';
import type { ProductsResource } from './resources/products.js';
import { publishers } from './resources/publishers.js';
import type { PublishersResource } from './resources/publishers.js';
import { users } from './resources/users.js';
import type { UsersResource } from './resources/users.js';
import { withRetries } from './retry.js';
import { shareTokens, tokenKey } from './shared-token.js';
import { createTokenSource } from './token.js';
import type { LoadToken, TokenRecord, TokenSource } from './token.js';
import { requestToken } from './token-request.js';

const clientName = 'sesamy-kit-server/0.1.0';

/**
 * Calls Sesamy's Management API with client credentials. Create one and reuse it: it holds the access token, which is
 * fetched with the first call. Every call rejects with {@link ManagementError} only.
 *
 * @throws ManagementError `invalid_configuration` for missing or malformed options, and in a browser.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4
 */
export class ManagementClient implements ManagementApi {
  readonly publishers: PublishersResource = publishers(this);
  readonly users: UsersResource = users(this);
  readonly products: ProductsResource = products(this);
  readonly entitlements: EntitlementsResource = entitlements(this);
  readonly contracts: ContractsResource = contracts(this);
  readonly bills: BillsResource = bills(this);
  readonly transactions: TransactionsResource = transactions(this);
  readonly paywalls: PaywallsResource = paywalls(this);
  readonly accessLists: AccessListsResource = accessLists(this);
  readonly domains: DomainsResource = domains(this);

  readonly #options: ResolvedOptions;
  readonly #tokens: TokenSource;
  readonly #gate: RateGate;

  constructor(options: ManagementClientOptions = {}) {
    const resolved = resolveOptions(options);
    this.#options = resolved;
    this.#tokens = createTokenSource(tokenLoader(resolved));
    this.#gate = createRateGate(resolved.maxConcurrency, resolved.maxRetryDelayMs);
  }

  async get<T = unknown>(path: string, options?: GetOptions): Promise<T> {
    return this.#call<T>({ ...options, method: 'GET', path });
  }

  async getAll<T = unknown>(path: string, options?: GetOptions): Promise<T[]> {
    const pages: T[][] = [];
    for await (const { items } of this.pages<T>(path, options)) pages.push(items);
    return pages.flat();
  }

  async *pages<T = unknown>(
    path: string,
    options?: GetOptions,
  ): AsyncGenerator<Page<T>, void, void> {
    let query: Query | undefined = firstQuery(options?.query);
    let before: string | undefined;
    while (query) {
      const response = await this.#send({ ...options, method: 'GET', path, query });
      const page = readPage(response.body, query);
      if (!page) throw noList(path, response.status);
      const content = contentOf(page.items);
      // The same page again: the server does not page this list and has returned all of it.
      if (content !== undefined && content === before) return;
      before = content;
      const items = asDocumented<T[]>(page.items);
      yield page.total === undefined ? { items } : { items, total: page.total };
      query = page.next;
    }
  }

  async post<T = unknown>(path: string, body?: unknown, options?: GetOptions): Promise<T> {
    return this.#call<T>({ ...options, method: 'POST', path, body });
  }

  async put<T = unknown>(path: string, body?: unknown, options?: GetOptions): Promise<T> {
    return this.#call<T>({ ...options, method: 'PUT', path, body });
  }

  async patch<T = unknown>(path: string, body?: unknown, options?: GetOptions): Promise<T> {
    return this.#call<T>({ ...options, method: 'PATCH', path, body });
  }

  async delete<T = void>(path: string, options?: GetOptions): Promise<T> {
    return this.#call<T>({ ...options, method: 'DELETE', path });
  }

  /** An access token for other requests, from the same cache. Until it expires, treat it like the secret. */
  async getAccessToken(options?: Pick<CallOptions, 'signal'>): Promise<string> {
    return this.#tokens.get(signalOf(options?.signal));
  }

  async #call<T>(call: Call): Promise<T> {
    const { body } = await this.#send(call);
    return asDocumented<T>(unwrap(body));
  }

  async #send(call: Call): Promise<ExchangeResponse> {
    const prepared = prepareCall(this.#options.apiUrl, call, this.#options.timeoutMs);
    return abortable(this.#sendRenewing(prepared), prepared.signal);
  }

  /** A 401 means that nothing was done, so one retry with a fresh token is safe for every method. */
  async #sendRenewing(call: PreparedCall): Promise<ExchangeResponse> {
    const { hooks, maxRetries, maxRetryDelayMs, clientSecret } = this.#options;
    const policy = { maxRetries: call.mayRepeat ? maxRetries : 0, maxRetryDelayMs };
    let attempt = 0;
    const eventOf = (): RequestEvent =>
      requestEvent('api', { ...call, secrets: [clientSecret] }, attempt);
    const onRetry = (error: ManagementError, delayMs: number): void =>
      notify(hooks.onRetry, { ...eventOf(), delayMs, error });
    const sendWith = (accessToken: string): Promise<ExchangeResponse> =>
      withRetries(
        policy,
        () => {
          attempt += 1;
          return this.#exchange(call, accessToken, eventOf);
        },
        { signal: call.signal, onRetry },
      );

    const accessToken = await this.#tokens.get(call.signal);
    try {
      return await sendWith(accessToken);
    } catch (error) {
      if (!isManagementError(error) || error.code !== 'unauthorized') throw error;
      this.#tokens.drop(accessToken);
      const renewed = await this.#tokens.get(call.signal);
      onRetry(error, 0);
      return sendWith(renewed);
    }
  }

  async #exchange(
    call: PreparedCall,
    accessToken: string,
    eventOf: () => RequestEvent,
  ): Promise<ExchangeResponse> {
    const { audience, clientSecret, fetch, hooks } = this.#options;
    const request = {
      ...call,
      headers: {
        ...call.headers,
        accept: 'application/json',
        authorization: `Bearer ${accessToken}`,
        'x-sesamy-client': clientName,
      },
      secrets: [clientSecret, accessToken],
    };
    const send = async (): Promise<ExchangeResponse> => {
      const response = await exchange(fetch, request);
      if (response.status < 400) return response;
      throw apiError(response, audience, request.secrets);
    };
    return this.#gate.pass(async () => {
      try {
        return await observed(hooks, eventOf, request.secrets, send);
      } catch (error) {
        if (isManagementError(error) && error.code === 'rate_limited') {
          this.#gate.close(error.retryAfterSeconds ?? 1);
        }
        throw error;
      }
    }, call.signal);
  }
}

/** The content of a page, for comparison; `undefined` if it is nested too deeply. */
function contentOf(items: readonly unknown[]): string | undefined {
  try {
    return JSON.stringify(items);
  } catch {
    return undefined;
  }
}

function tokenLoader(options: ResolvedOptions): LoadToken {
  const request = (): Promise<TokenRecord> => requestToken(options);
  const { cache, tokenUrl, clientId, audience, scope } = options;
  return cache
    ? shareTokens(cache, tokenKey([tokenUrl, clientId, audience, scope]), request)
    : request;
}

function noList(path: string, status: number): ManagementError {
  const message = `The response at ${redactPath(path, [])} is no list. Use get() for a single object.`;
  return new ManagementError(message, { code: 'unexpected_response', status });
}
