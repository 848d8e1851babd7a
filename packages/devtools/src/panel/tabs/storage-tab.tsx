import type { ReactNode } from 'react';
import { useStoredEntries } from '../use-stored-entries.js';

/** Where what is stored: names, never values. */
export function StorageTab(): ReactNode {
  const [entries, update] = useStoredEntries();
  return (
    <>
      <div className="tools">
        <span className="quiet">Names only. Values stay where they are.</span>
        <button type="button" onClick={update}>
          Update
        </button>
      </div>
      {entries?.length === 0 && <p className="empty">Nothing of this session is stored.</p>}
      {entries !== null && entries.length > 0 && (
        <div className="scroller">
          <table>
            <caption className="hidden">What is stored, by name</caption>
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">Name</th>
                <th scope="col">What for</th>
                <th scope="col">Secret</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ name, where, purpose, isSecret }) => (
                <tr key={`${where} ${name}`}>
                  <td>{where}</td>
                  <td className="wide code">{name}</td>
                  <td className="wide">{purpose}</td>
                  <td>{isSecret ? <span className="tag bad">yes</span> : 'no'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
