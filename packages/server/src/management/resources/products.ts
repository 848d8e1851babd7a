import type { CallOptions, ManagementApi } from '../api.js';
import { pathOf } from '../path.js';
import { listResource } from './list.js';
import type { ListResource } from './list.js';

/** A product. */
export interface Product {
  sku: string;
  title: string;
  productType: string;
  cover: string;
  language: string;
  publisherContentId?: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
}

/** One delivery of a product. */
export interface Fulfillment {
  sku: string;
  title: string;
  status: string;
  /** ISO 8601. */
  deliversAt?: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601. */
  updatedAt: string;
}

/** Filters for products. */
export type ProductQuery = { limit?: number; offset?: number; search?: string };

/** The properties of a product. */
export type ProductChange = Partial<Omit<Product, 'createdAt' | 'updatedAt'>>;

/** The products of the publisher. */
export interface ProductsResource extends ListResource<Product, ProductQuery> {
  get(sku: string, options?: CallOptions): Promise<Product>;
  create(product: ProductChange & Pick<Product, 'title'>, options?: CallOptions): Promise<Product>;
  update(sku: string, change: ProductChange, options?: CallOptions): Promise<Product>;
  fulfillments(sku: string, options?: CallOptions): Promise<Fulfillment[]>;
}

/** `/products` and its subresources. */
export function products(api: ManagementApi): ProductsResource {
  return {
    ...listResource<Product, ProductQuery>(api, '/products'),
    get: async (sku, options) => api.get(pathOf`/products/${sku}`, options),
    create: (product, options) => api.post('/products', product, options),
    update: async (sku, change, options) => api.patch(pathOf`/products/${sku}`, change, options),
    fulfillments: async (sku, options) =>
      api.getAll(pathOf`/products/${sku}/fulfillments`, options),
  };
}
