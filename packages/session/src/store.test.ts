import { expect, test, vi } from 'vitest';
import { createStore } from './store.js';

test('a store starts with its initial value', () => {
  expect(createStore(1).get()).toBe(1);
});

test('listeners are notified of a change and read the new value', () => {
  const store = createStore(1);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.set(2);
  store.set(3);
  expect(heard).toEqual([2, 3]);
});

test('setting the same reference notifies no listener', () => {
  const value = {};
  const store = createStore<unknown>(value);
  const listener = vi.fn<() => void>();
  store.subscribe(listener);
  store.set(value);
  expect(listener).not.toHaveBeenCalled();
  store.set({});
  expect(listener).toHaveBeenCalledOnce();
  store.set(Number.NaN);
  store.set(Number.NaN);
  expect(listener).toHaveBeenCalledTimes(2);
});

test('a removed listener is not notified, and may unsubscribe twice', () => {
  const store = createStore(1);
  const listener = vi.fn<() => void>();
  const stay = vi.fn<() => void>();
  const unsubscribe = store.subscribe(listener);
  store.subscribe(stay);
  unsubscribe();
  unsubscribe();
  store.set(2);
  expect(listener).not.toHaveBeenCalled();
  expect(stay).toHaveBeenCalledOnce();
});

test('one function may subscribe twice and unsubscribe once', () => {
  const store = createStore(1);
  const listener = vi.fn<() => void>();
  const unsubscribe = store.subscribe(listener);
  store.subscribe(listener);
  store.set(2);
  expect(listener).toHaveBeenCalledTimes(2);
  unsubscribe();
  store.set(3);
  expect(listener).toHaveBeenCalledTimes(3);
});

test('a listener that unsubscribes while notified does not affect the others', () => {
  const store = createStore(1);
  const heard: string[] = [];
  const unsubscribe = store.subscribe(() => {
    heard.push('first');
    unsubscribe();
  });
  store.subscribe(() => heard.push('second'));
  store.set(2);
  store.set(3);
  expect(heard).toEqual(['first', 'second', 'second']);
});

test('a listener added during a notification is not notified of it', () => {
  const store = createStore(1);
  const late = vi.fn<() => void>();
  store.subscribe(() => store.subscribe(late));
  store.set(2);
  expect(late).not.toHaveBeenCalled();
});

test('a listener that sets the value again leaves all listeners with the last value', () => {
  const store = createStore(1);
  const heard: number[] = [];
  store.subscribe(() => store.set(3));
  store.subscribe(() => heard.push(store.get()));
  store.set(2);
  expect(store.get()).toBe(3);
  expect(heard.at(-1)).toBe(3);
});

test('a listener that throws is reported, and affects neither the setter nor other listeners', () => {
  const store = createStore(1);
  const failure = new Error('of the app');
  const reported = vi.fn<(error: unknown) => void>();
  vi.stubGlobal('reportError', reported);
  const heard = vi.fn<() => void>();
  store.subscribe(() => {
    throw failure;
  });
  store.subscribe(heard);
  store.set(2);
  vi.unstubAllGlobals();
  expect(store.get()).toBe(2);
  expect(heard).toHaveBeenCalledOnce();
  expect(reported).toHaveBeenCalledExactlyOnceWith(failure);
});
