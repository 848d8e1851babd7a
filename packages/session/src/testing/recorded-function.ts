/** A call's outcome; a promise counts as returned. */
export type CallResult<Result> =
  | { readonly type: 'return'; readonly value: Result }
  | { readonly type: 'throw'; readonly value: unknown };

/** What the promise that a call returned has come to. */
export type SettledResult<Value> =
  | { readonly type: 'incomplete'; readonly value: undefined }
  | { readonly type: 'fulfilled'; readonly value: Value }
  | { readonly type: 'rejected'; readonly value: unknown };

/** The calls of a recorded function, oldest first, in the form that Vitest's and Jest's matchers read. */
export interface CallRecord<Args extends readonly unknown[], Result> {
  readonly calls: readonly Args[];
  readonly lastCall: Args | undefined;
  readonly results: readonly CallResult<Result>[];
  readonly settledResults: readonly SettledResult<Awaited<Result>>[];
  /** The position of each call among all calls of the session. */
  readonly invocationCallOrder: readonly number[];
}

/** The part of `vi.fn()` and `jest.fn()` that a recorded function has. Its functions can be chained. */
export interface Recording<Args extends readonly unknown[], Result> {
  readonly mock: CallRecord<Args, Result>;
  /** By this, the matchers of Vitest and Jest recognize a function whose calls they can read. */
  readonly _isMockFunction: true;
  readonly getMockName: () => string;
  /** Forgets the calls. */
  readonly mockClear: () => this;
  /** Forgets the calls and replaced implementations. */
  readonly mockReset: () => this;
  /** The same as `mockReset`. */
  readonly mockRestore: () => this;
  /** Replaces the implementation. Calls are recorded as before. */
  readonly mockImplementation: (implementation: (...args: Args) => Result) => this;
  /** Replaces the implementation for one call. Several apply one after the other. */
  readonly mockImplementationOnce: (implementation: (...args: Args) => Result) => this;
}

/** The part of `vi.fn()` and `jest.fn()` that a recorded function has if it returns a promise. */
export interface AsyncRecording<Args extends readonly unknown[], Value> extends Recording<
  Args,
  Promise<Value>
> {
  readonly mockResolvedValue: (value: Value) => this;
  readonly mockResolvedValueOnce: (value: Value) => this;
  readonly mockRejectedValue: (error: unknown) => this;
  readonly mockRejectedValueOnce: (error: unknown) => this;
}

/** A function whose calls are recorded for `expect(…).toHaveBeenCalledWith(…)`, in Vitest and in Jest. */
export type RecordedFunction<Fn> = Fn extends (...args: infer Args) => Promise<infer Value>
  ? Fn & AsyncRecording<Args, Value>
  : Fn extends (...args: infer Args) => infer Result
    ? Fn & Recording<Args, Result>
    : never;

/** Records the calls of several functions in one order. */
export interface Recorder {
  readonly record: <Args extends readonly unknown[], Result>(
    name: string,
    implementation: (...args: Args) => Result,
  ) => ((...args: Args) => Result) & Recording<Args, Result>;
  readonly recordAsync: <Args extends readonly unknown[], Value>(
    name: string,
    implementation: (...args: Args) => Promise<Value>,
  ) => ((...args: Args) => Promise<Value>) & AsyncRecording<Args, Value>;
}

/** Creates a recorder without calls. */
export function createRecorder(): Recorder {
  let callCount = 0;

  const record: Recorder['record'] = <Args extends readonly unknown[], Result>(
    name: string,
    own: (...args: Args) => Result,
  ) => {
    const calls: Args[] = [];
    const results: CallResult<Result>[] = [];
    const settledResults: SettledResult<Awaited<Result>>[] = [];
    const invocationCallOrder: number[] = [];
    const onceOnly: ((...args: Args) => Result)[] = [];
    let implementation = own;

    function settle(index: number, result: Result): void {
      settledResults[index] = { type: 'incomplete', value: undefined };
      if (!(result instanceof Promise)) return;
      const entry = settledResults[index];
      const keep = (settled: SettledResult<Awaited<Result>>): void => {
        // Not into a record that was cleared meanwhile.
        if (settledResults[index] === entry) settledResults[index] = settled;
      };
      result.then(
        (value: Awaited<Result>) => keep({ type: 'fulfilled', value }),
        (error: unknown) => keep({ type: 'rejected', value: error }),
      );
    }

    function recorded(...args: Args): Result {
      calls.push(args);
      invocationCallOrder.push((callCount += 1));
      const index = results.length;
      try {
        const result = (onceOnly.shift() ?? implementation)(...args);
        results[index] = { type: 'return', value: result };
        settle(index, result);
        return result;
      } catch (error) {
        results[index] = { type: 'throw', value: error };
        settledResults[index] = { type: 'rejected', value: error };
        throw error;
      }
    }

    function forgetCalls(): void {
      for (const list of [calls, results, settledResults, invocationCallOrder]) list.length = 0;
    }

    function mockReset(): typeof mocked {
      forgetCalls();
      onceOnly.length = 0;
      implementation = own;
      return mocked;
    }

    const mocked: typeof recorded & Recording<Args, Result> = Object.assign(recorded, {
      mock: {
        calls,
        results,
        settledResults,
        invocationCallOrder,
        get lastCall() {
          return calls.at(-1);
        },
      },
      _isMockFunction: true as const,
      getMockName: () => name,
      mockClear() {
        forgetCalls();
        return mocked;
      },
      mockReset,
      mockRestore: mockReset,
      mockImplementation(given: (...args: Args) => Result) {
        implementation = given;
        return mocked;
      },
      mockImplementationOnce(given: (...args: Args) => Result) {
        onceOnly.push(given);
        return mocked;
      },
    });
    return mocked;
  };

  return {
    record,
    recordAsync<Args extends readonly unknown[], Value>(
      name: string,
      own: (...args: Args) => Promise<Value>,
    ) {
      const recorded = record(name, own);
      const resolving = (value: Value) => async () => value;
      const rejecting = (error: unknown) => async (): Promise<Value> => {
        throw error;
      };
      const mocked: typeof recorded & AsyncRecording<Args, Value> = Object.assign(recorded, {
        mockResolvedValue: (value: Value) => mocked.mockImplementation(resolving(value)),
        mockResolvedValueOnce: (value: Value) => mocked.mockImplementationOnce(resolving(value)),
        mockRejectedValue: (error: unknown) => mocked.mockImplementation(rejecting(error)),
        mockRejectedValueOnce: (error: unknown) => mocked.mockImplementationOnce(rejecting(error)),
      });
      return mocked;
    },
  };
}
