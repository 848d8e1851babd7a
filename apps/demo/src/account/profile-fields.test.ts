import type { Profile } from '@sesamy-kit/react';
import { describe, expect, test } from 'vitest';
import { patchOf, readValues, validate, valuesOf, type ProfileValues } from './profile-fields.js';

const profile: Profile = {
  userId: 'email|ada',
  createdAt: '2024-01-15T09:30:00.000Z',
  updatedAt: '2024-01-15T09:30:00.000Z',
  firstName: 'Ada',
  deliveryAddress: { street: '12 St James’s Square', city: 'London' },
};
const values: ProfileValues = valuesOf(profile);

test('the form leaves fields empty that the profile lacks', () => {
  expect(values).toEqual({
    firstName: 'Ada',
    lastName: '',
    nickname: '',
    mobilePhone: '',
    street: '12 St James’s Square',
    zip: '',
    city: 'London',
    country: '',
  });
});

test('a submitted form is read with its values trimmed', () => {
  const form = new FormData();
  form.set('firstName', '  Augusta ');
  expect(readValues(form)).toEqual({
    ...Object.fromEntries(Object.keys(values).map((name) => [name, ''])),
    firstName: 'Augusta',
  });
});

describe('validate', () => {
  test.each([
    ['an empty first name', { firstName: '' }, 'firstName'],
    ['a name of more than sixty letters', { lastName: 'x'.repeat(61) }, 'lastName'],
    ['letters in a telephone number', { mobilePhone: 'call me' }, 'mobilePhone'],
    ['too short a telephone number', { mobilePhone: '123' }, 'mobilePhone'],
    ['an address without a town', { city: '' }, 'city'],
  ])('validate reports %s', (_what, changes, field) => {
    expect(Object.keys(validate({ ...values, ...changes }))).toEqual([field]);
  });

  test.each([
    ['the profile as it is', {}],
    ['a name of sixty letters', { lastName: 'x'.repeat(60) }],
    ['a telephone number with a country code', { mobilePhone: '+46 (0)70-123 45 67' }],
    ['no address at all', { street: '', zip: '', city: '', country: '' }],
  ])('validate accepts %s', (_what, changes) => {
    expect(validate({ ...values, ...changes })).toEqual({});
  });
});

describe('patchOf', () => {
  test('patchOf returns null if nothing has changed', () => {
    expect(patchOf(values, { ...values })).toBeNull();
  });

  test('patchOf returns only the changed personal fields', () => {
    expect(patchOf(values, { ...values, lastName: 'King' })).toEqual({ lastName: 'King' });
  });

  test('patchOf returns a cleared field as an empty string, so that the server clears it too', () => {
    expect(patchOf({ ...values, nickname: 'ada' }, values)).toEqual({ nickname: '' });
  });

  test('patchOf returns the whole address if a part of it has changed', () => {
    expect(patchOf(values, { ...values, zip: 'SW1Y 4JH' })).toEqual({
      deliveryAddress: {
        street: '12 St James’s Square',
        zip: 'SW1Y 4JH',
        city: 'London',
        country: '',
      },
    });
  });
});
