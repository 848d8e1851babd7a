export type { CallOptions, GetOptions, ManagementApi } from './api.js';
export { ManagementClient } from './client.js';
export { isManagementError, ManagementError } from './errors.js';
export type {
  FailureCause,
  ManagementErrorCode,
  ManagementErrorInit,
  ValidationDetail,
} from './errors.js';
export type { ManagementHooks, RequestEvent, ResponseEvent, RetryEvent } from './hooks.js';
export type { ManagementClientOptions } from './options.js';
export type { Page, Query } from './pagination.js';
export type {
  AccessList,
  AccessListContent,
  AccessListsResource,
  Grant,
  GrantContent,
  GrantsResource,
} from './resources/access-lists.js';
export type {
  Bill,
  BillQuery,
  BillsResource,
  BillStatus,
  Contract,
  ContractQuery,
  ContractsResource,
  Entitlement,
  EntitlementOrigin,
  EntitlementQuery,
  EntitlementsResource,
  Paywall,
  PaywallsResource,
  Transaction,
  TransactionQuery,
  TransactionsResource,
} from './resources/commerce.js';
export type { Domain, DomainKey, DomainsResource } from './resources/domains.js';
export type { ListResource } from './resources/list.js';
export type {
  Fulfillment,
  Product,
  ProductChange,
  ProductQuery,
  ProductsResource,
} from './resources/products.js';
export type { NewPublisher, Publisher, PublishersResource } from './resources/publishers.js';
export type { User, UserChange, UserQuery, UsersResource } from './resources/users.js';
export type { TokenCache } from './shared-token.js';
