const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** A time from now in words, in its two largest units: `in 59 min 12 s`. */
export function formatCountdown(ms: number): string {
  return ms <= 0 ? 'now' : `in ${formatDuration(ms)}`;
}

/** How far a clock is from this one, in words. */
export function formatLead(ms: number): string {
  if (Math.abs(ms) < 2_000) return 'on time';
  return `${formatDuration(Math.abs(ms))} ${ms > 0 ? 'ahead' : 'behind'}`;
}

function formatDuration(ms: number): string {
  let rest = Math.ceil(ms / 1000);
  const parts: string[] = [];
  for (const [seconds, name] of UNITS) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.slice(0, 2).join(' ');
}

/** The time of day, with milliseconds. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
