import type { Address, ProfileFields } from '../users.js';
import { ApiRefusal } from './errors.js';

type Check = (value: unknown) => string | null;

const isText: Check = (value) =>
  typeof value === 'string' && value.length <= 500
    ? null
    : 'must be a string of at most 500 characters';

const isTags: Check = (value) =>
  Array.isArray(value) && value.length <= 100 && value.every((each) => isText(each) === null)
    ? null
    : 'must be an array of strings';

const ADDRESS_FIELDS: readonly (keyof Address)[] = [
  'country',
  'zip',
  'city',
  'street',
  'co',
  'firstName',
  'lastName',
];

const isAddress: Check = (value) => {
  if (!isObject(value)) return 'must be an address object';
  for (const [name, part] of Object.entries(value)) {
    if (!ADDRESS_FIELDS.some((known) => known === name))
      return `has no field "${name.slice(0, 50)}"`;
    if (isText(part) !== null) return `${name} ${isText(part)}`;
  }
  return null;
};

const isMetadata: Check = (value) =>
  isObject(value) &&
  Object.values(value).every((each) => typeof each === 'string' || typeof each === 'number')
    ? null
    : 'must map names to strings or numbers';

const FIELDS: Readonly<Record<string, Check>> = {
  firstName: isText,
  lastName: isText,
  name: isText,
  nickname: isText,
  picture: isText,
  locale: isText,
  mobilePhone: isText,
  workPhone: isText,
  homePhone: isText,
  company: isText,
  tags: isTags,
  user_metadata: isMetadata,
  billingAddress: isAddress,
  deliveryAddress: isAddress,
};

/** The changes of a PATCH body. @throws ApiRefusal `validation_error`, naming the field */
export function parseProfilePatch(body: string): ProfileFields & { name?: string } {
  const patch = parseObject(body);
  for (const [field, value] of Object.entries(patch)) {
    const check = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
    if (!check) throw invalid(field.slice(0, 50), 'cannot be changed here');
    const reason = check(value);
    if (reason !== null) throw invalid(field, reason);
  }
  return patch;
}

function parseObject(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ApiRefusal('validation_error', 'The body is not JSON.');
  }
  if (isObject(value)) return value;
  throw new ApiRefusal('validation_error', 'The body must be a JSON object.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(field: string, reason: string): ApiRefusal {
  return new ApiRefusal('validation_error', `The field ${field} ${reason}.`, { field, reason });
}
