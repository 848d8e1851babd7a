import type { ManagementRecord, ManagementRecords } from './records.js';

const CREATED = '2024-01-15T09:30:00.000Z';
const RENEWED = '2024-02-15T09:30:00.000Z';
const times = { createdAt: CREATED, updatedAt: CREATED };

/** The records that every server starts with: what a small publisher has after a month. */
export function seedRecords(vendorId: string): ManagementRecords {
  return {
    publishers: publishers(vendorId),
    products: PRODUCTS,
    fulfillments: FULFILLMENTS,
    entitlements: ENTITLEMENTS,
    contracts: [CONTRACT],
    bills: [bill('bill_1', 'PAID', CREATED), bill('bill_2', 'OVERDUE', RENEWED)],
    transactions: [TRANSACTION],
    paywalls: [paywall(vendorId)],
    domains: [],
    'access-lists': [ACCESS_LIST],
    grants: [GRANT],
  };
}

function publishers(vendorId: string): ManagementRecord[] {
  return [
    { id: vendorId, name: 'The Daily Sample', logo: 'https://assets.example.com/daily-sample.svg' },
    { id: 'evening-sample', name: 'The Evening Sample' },
  ];
}

const PRODUCTS: readonly ManagementRecord[] = [
  {
    sku: 'sid:digital',
    title: 'Digital subscription',
    productType: 'pass',
    cover: 'https://assets.example.com/digital.jpg',
    language: 'en',
    ...times,
  },
  {
    sku: 'sid:weekend',
    title: 'Weekend edition',
    productType: 'physical_issue',
    cover: 'https://assets.example.com/weekend.jpg',
    language: 'en',
    publisherContentId: 'weekend-2024',
    ...times,
  },
];

const FULFILLMENTS: readonly ManagementRecord[] = [
  {
    sku: 'sid:weekend',
    title: 'Weekend edition',
    status: 'DELIVERED',
    deliversAt: RENEWED,
    ...times,
  },
];

const ENTITLEMENTS: readonly ManagementRecord[] = [
  {
    id: 'ent_1',
    userId: 'email|ada',
    sku: 'sid:digital',
    title: 'Digital subscription',
    type: 'pass',
    hasAccess: true,
    origin: { type: 'PAYMENTS', contractId: 'con_1' },
    ...times,
  },
];

const CONTRACT: ManagementRecord = {
  id: 'con_1',
  name: 'Digital subscription',
  userId: 'email|ada',
  price: 99,
  currency: 'SEK',
  status: 'ACTIVE',
  isActive: true,
  contractDuration: 'RECURRING',
  recurringInterval: 'MONTH',
  recurringTime: 1,
  nextBillAt: '2024-03-15T09:30:00.000Z',
  nextPrice: 99,
  willCancelAt: null,
  items: [{ sku: 'sid:digital', name: 'Digital subscription' }],
  appliedDiscounts: [],
  ...times,
};

const TRANSACTION: ManagementRecord = {
  id: 'txn_1',
  amount: 99,
  currency: 'SEK',
  contractId: 'con_1',
  billId: 'bill_1',
  userId: 'email|ada',
  isRefund: false,
  type: 'PAYMENT',
  status: 'SETTLED',
  ...times,
};

const ACCESS_LIST: ManagementRecord = {
  id: 'src_partners',
  name: 'Partner readers',
  description: 'Readers with access through a partner',
  type: 'MANUAL',
  status: 'ACTIVE',
};

const GRANT: ManagementRecord = {
  id: 'grant_1',
  source: 'src_partners',
  email: 'grace@example.com',
  sku: 'sid:digital',
  poId: 'po_partner',
  status: 'ACTIVE',
};

function bill(id: string, status: string, at: string): ManagementRecord {
  return {
    id,
    contractId: 'con_1',
    items: [{ sku: 'sid:digital', title: 'Digital subscription' }],
    price: 99,
    currency: 'SEK',
    receiptUrl: `https://account.example.com/receipts/${id}`,
    paymentProvider: 'STRIPE',
    paymentMethod: 'CARD',
    status,
    createdAt: at,
    updatedAt: at,
  };
}

function paywall(vendorId: string): ManagementRecord {
  return {
    id: 'pw_front',
    vendorId,
    currency: 'SEK',
    version: 2,
    headline: 'Log in to read on',
    showLoginButton: true,
    settings: {
      template: 'BOXES',
      useDefaultLogo: true,
      useDefaultCurrency: true,
      useDefaultColor: true,
    },
    subscriptions: [],
    features: [],
    footerPaymentMethods: ['visa', 'mastercard'],
  };
}
