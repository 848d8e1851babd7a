import { expect, test, vi } from 'vitest';
import { createStore } from './store.js';

test('a store begins with its value', () => {
  expect(createStore(1).get()).toBe(1);
});

test('listeners hear of a change and read the new value', () => {
  const store = createStore(1);
  const heard: number[] = [];
  store.subscribe(() => heard.push(store.get()));
  store.set(2);
  store.set(3);
  expect(heard).toEqual([2, 3]);
});

test('an equal reference notifies nobody', () => {
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

test('whoever unsubscribes hears no more, and may do it twice', () => {
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

test('a listener that unsubscribes on hearing keeps nobody else from hearing', () => {
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

test('a listener that subscribes another does not make it hear of the past', () => {
  const store = createStore(1);
  const late = vi.fn<() => void>();
  store.subscribe(() => store.subscribe(late));
  store.set(2);
  expect(late).not.toHaveBeenCalled();
});

test('a listener that sets the value again leaves all with the last one', () => {
  const store = createStore(1);
  const heard: number[] = [];
  store.subscribe(() => store.set(3));
  store.subscribe(() => heard.push(store.get()));
  store.set(2);
  expect(store.get()).toBe(3);
  expect(heard.at(-1)).toBe(3);
});

test('a listener that throws is reported, and keeps neither the setter nor the other listeners from going on', () => {
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
