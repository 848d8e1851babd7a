import type { CallOptions, ManagementApi } from '../api.js';
import { pathOf } from '../path.js';
import { listResource } from './list.js';
import type { ListResource } from './list.js';

/** Where an entitlement comes from: a list of another system, or a contract. */
export type EntitlementOrigin =
  | { type: 'EXTERNAL'; id: string; listId: string; name: string }
  | { type: 'PAYMENTS'; contractId: string };

/** A user's right to a product. */
export interface Entitlement {
  id: string;
  sku: string;
  title: string;
  type:
    | 'article'
    | 'audiobook'
    | 'ebook'
    | 'bundle'
    | 'podcast'
    | 'pass'
    | 'publication'
    | 'physical_issue';
  hasAccess: boolean;
  purchaseOption?: string;
  cover?: string;
  url?: string;
  presentationUrl?: string;
  publisherContentId?: string;
  origin?: EntitlementOrigin;
  /** ISO 8601, as all instants here. */
  createdAt: string;
  updatedAt: string;
  expiresAt?: string;
}

/** An agreement to pay, once or repeatedly. */
export interface Contract {
  id: string;
  name: string;
  userId: string;
  status: string;
  isActive: boolean;
  price: number;
  currency: string;
  items: {
    sku: string;
    name: string;
    purchaseOptionId?: string;
    purchaseOptionName?: string;
    cover?: string;
  }[];
  contractDuration?: 'RECURRING' | 'RENEWABLE' | 'PERPETUAL';
  recurringInterval?: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
  recurringTime?: number;
  issuesRemaining?: number;
  manageUrl?: string;
  nextBillAt: string | null;
  nextPrice: number | null;
  willCancelAt: string | null;
  appliedDiscounts: { id: string; code: string; name: string; description: string }[];
  createdAt: string;
  updatedAt: string;
  expiresAt?: string;
}

/** The states of a bill. */
export type BillStatus =
  | 'DRAFT'
  | 'PENDING'
  | 'PAID'
  | 'RETRYING'
  | 'OVERDUE'
  | 'CANCELED'
  | 'EXPIRED'
  | 'DELETED'
  | 'VOIDED';

/** A charge to a user. */
export interface Bill {
  id: string;
  contractId?: string;
  items: { sku: string; title: string; purchaseOptionId?: string }[];
  price: number;
  currency?: string;
  receiptUrl: string;
  paymentProvider: string;
  paymentMethod: string;
  status: BillStatus;
  createdAt: string;
  updatedAt: string;
}

/** A payment or refund. */
export interface Transaction {
  id: string;
  amount: number;
  currency?: string;
  contractId: string;
  billId: string;
  userId: string;
  isRefund: boolean;
  createdAt: string;
  updatedAt: string;
}

/** A wall in front of content; responses have further properties. */
export interface Paywall {
  id: string;
  vendorId: string;
  currency: string;
  version: number;
  [property: string]: unknown;
}

export type EntitlementQuery = { userId?: string; type?: string; sku?: string };
export type ContractQuery = { limit?: number; offset?: number; userId?: string; status?: string };
export type BillQuery = {
  q?: string;
  limit?: number;
  from?: number;
  status?: BillStatus;
  contractId?: string;
};
export type TransactionQuery = {
  limit?: number;
  offset?: number;
  userId?: string;
  type?: string;
  status?: string;
};

/** Users' rights. */
export type EntitlementsResource = ListResource<Entitlement, EntitlementQuery>;
/** Payments and refunds. */
export type TransactionsResource = ListResource<Transaction, TransactionQuery>;
/** Needs the scope `paywalls:read`. */
export type PaywallsResource = ListResource<Paywall, Record<string, never>>;
/** Agreements to pay. */
export interface ContractsResource extends ListResource<Contract, ContractQuery> {
  get(contractId: string, options?: CallOptions): Promise<Contract>;
}
/** Charges to users. */
export interface BillsResource extends ListResource<Bill, BillQuery> {
  get(billId: string, options?: CallOptions): Promise<Bill>;
}

/** `/entitlements`. */
export function entitlements(api: ManagementApi): EntitlementsResource {
  return listResource(api, '/entitlements');
}

/** `/contracts`. */
export function contracts(api: ManagementApi): ContractsResource {
  return {
    ...listResource<Contract, ContractQuery>(api, '/contracts'),
    get: async (contractId, options) => api.get(pathOf`/contracts/${contractId}`, options),
  };
}

/** `/bills`, which is paged by `limit` and `from`, unlike the rest. */
export function bills(api: ManagementApi): BillsResource {
  const resource = listResource<Bill, BillQuery>(api, '/bills');
  return {
    ...resource,
    listAll: (query, options) => resource.listAll({ from: 0, ...query }, options),
    pages: (query, options) => resource.pages({ from: 0, ...query }, options),
    get: async (billId, options) => api.get(pathOf`/bills/${billId}`, options),
  };
}

/** `/transactions`. */
export function transactions(api: ManagementApi): TransactionsResource {
  return listResource(api, '/transactions');
}

/** `/paywalls`. */
export function paywalls(api: ManagementApi): PaywallsResource {
  return listResource(api, '/paywalls');
}
