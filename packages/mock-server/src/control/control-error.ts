/** A control operation was used in a way that cannot work; the message says what to change. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}
