import type { ReactNode } from 'react';
import { usePanel } from '../panel-context.js';

/** The options of the session, with every default filled in. */
export function ConfigurationTab(): ReactNode {
  const options = usePanel().model.session.inspection?.configuration ?? [];
  if (options.length === 0) return <p className="empty">This session does not show its options.</p>;
  return (
    <div className="scroller">
      <table>
        <caption className="hidden">
          The options of the session, with every default filled in
        </caption>
        <thead>
          <tr>
            <th scope="col">Option</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {options.map(({ name, value, isDefault }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="wide code">{value}</td>
              <td>{isDefault ? 'default' : <span className="tag plain">the app</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
