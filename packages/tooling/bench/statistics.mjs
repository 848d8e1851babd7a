/**
 * @param {readonly number[]} values at least one
 * @param {number} part from 0 to 1; 0.5 for the median
 * @returns {number} interpolated between the two nearest values
 */
export function quantile(values, part) {
  const sorted = values.toSorted((one, other) => one - other);
  const position = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (below === undefined || above === undefined) throw new RangeError('There are no values.');
  return below + (above - below) * (position % 1);
}

/**
 * @param {readonly number[]} values
 * @returns {string} median and quartiles, such as `312 (301–330)`
 */
export function summarize(values) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => Math.round(quantile(values, part)));
  return `${middle} (${low}–${high})`;
}
