/**
 * The SVG path of a curve, drawn as short straight pieces.
 *
 * @param from - First x.
 * @param to - Last x, included.
 * @param step - Distance between two points.
 * @param y - The curve.
 */
export function curve(from: number, to: number, step: number, y: (x: number) => number): string {
  const points: string[] = [];
  for (let x = from; x <= to; x += step) points.push(`${x.toFixed(1)},${y(x).toFixed(1)}`);
  return `M${points.join('L')}`;
}
