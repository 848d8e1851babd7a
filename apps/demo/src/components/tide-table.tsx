import type { ReactNode } from 'react';
import { Link } from 'react-router';

const tides = [
  { harbour: 'Marram', first: '04:12', second: '16:38', metres: '3.1' },
  { harbour: 'Hope Roads', first: '05:47', second: '18:09', metres: '4.6' },
  { harbour: 'Port Ansell', first: '06:20', second: '18:44', metres: '2.8' },
  { harbour: 'Stannick', first: '07:03', second: '19:31', metres: '5.2' },
];

/** The almanac beside the lead: high water at the paper's own harbours. */
export function TideTable(): ReactNode {
  return (
    <aside className="almanac" aria-labelledby="almanac-title">
      <h2 id="almanac-title" className="almanac-title">
        High water
      </h2>
      <p className="almanac-day">First day of the quarter</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Harbour</th>
            <th scope="col">Morning</th>
            <th scope="col">Evening</th>
            <th scope="col">
              <abbr title="metres">m</abbr>
            </th>
          </tr>
        </thead>
        <tbody>
          {tides.map(({ harbour, first, second, metres }) => (
            <tr key={harbour}>
              <th scope="row">{harbour}</th>
              <td>{first}</td>
              <td>{second}</td>
              <td>{metres}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="almanac-note">
        The table is for the moon. See <Link to="/stories/wind-over-tide">Wind over tide</Link>.
      </p>
    </aside>
  );
}
