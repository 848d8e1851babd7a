import type { Profile, ProfilePatch } from '@sesamy-kit/react';

/** The values of the form, all text, '' for missing ones. */
export interface ProfileValues {
  readonly firstName: string;
  readonly lastName: string;
  readonly nickname: string;
  readonly mobilePhone: string;
  readonly street: string;
  readonly zip: string;
  readonly city: string;
  readonly country: string;
}

/** The name of one field of the form. */
export type FieldName = keyof ProfileValues;

/** The error of each field. */
export type FieldErrors = Partial<Record<FieldName, string>>;

const addressFields = ['street', 'zip', 'city', 'country'] as const;
const personalFields = ['firstName', 'lastName', 'nickname', 'mobilePhone'] as const;
const maxLength = 60;

/** Whether a name, such as one from a server's error, is a field of the form. */
export function isFieldName(name: string): name is FieldName {
  return [...personalFields, ...addressFields].some((field) => field === name);
}

/** The profile as the form shows it. */
export function valuesOf(profile: Profile): ProfileValues {
  const { street = '', zip = '', city = '', country = '' } = profile.deliveryAddress ?? {};
  const { firstName = '', lastName = '', nickname = '', mobilePhone = '' } = profile;
  return { firstName, lastName, nickname, mobilePhone, street, zip, city, country };
}

/** The values of a submitted form, trimmed. */
export function readValues(form: FormData): ProfileValues {
  const read = (name: FieldName): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    firstName: read('firstName'),
    lastName: read('lastName'),
    nickname: read('nickname'),
    mobilePhone: read('mobilePhone'),
    street: read('street'),
    zip: read('zip'),
    city: read('city'),
    country: read('country'),
  };
}

/** The errors that the user has to fix before a request is sent. */
export function validate(values: ProfileValues): FieldErrors {
  const errors: FieldErrors = {};
  for (const field of [...personalFields, ...addressFields]) {
    if (values[field].length > maxLength) {
      errors[field] = `Sixty letters at most; this has ${String(values[field].length)}.`;
    }
  }
  if (values.firstName === '') errors.firstName = 'We need something to write on the envelope.';
  if (values.mobilePhone !== '' && !/^\+?[\d\s()-]{6,20}$/u.test(values.mobilePhone)) {
    errors.mobilePhone = 'Digits and spaces, with the country code first: +46 70 123 45 67.';
  }
  const hasAddress = addressFields.some((field) => values[field] !== '');
  if (hasAddress && values.city === '') errors.city = 'The post needs a town.';
  return errors;
}

/** The changes as the API expects them; null if there are none. */
export function patchOf(before: ProfileValues, after: ProfileValues): ProfilePatch | null {
  const changed = personalFields.filter((field) => before[field] !== after[field]);
  const isMoved = addressFields.some((field) => before[field] !== after[field]);
  if (changed.length === 0 && !isMoved) return null;
  const personal = Object.fromEntries(changed.map((field) => [field, after[field]]));
  const { street, zip, city, country } = after;
  return isMoved ? { ...personal, deliveryAddress: { street, zip, city, country } } : personal;
}
