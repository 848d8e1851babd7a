import { checkSetup, type Finding } from '@sesamy-kit/doctor';
import { useState, version, type ReactNode } from 'react';
import { usePanel } from '../panel-context.js';

const TONES: Readonly<Record<Finding['level'], string>> = {
  ok: 'good',
  info: 'plain',
  warning: 'busy',
  error: 'bad',
};

/** The worst first. */
const LEVELS: readonly Finding['level'][] = ['error', 'warning', 'info', 'ok'];

/** What the doctor finds on this page, when the developer starts it. */
export function SetupTab(): ReactNode {
  const { session } = usePanel().model;
  const [findings, setFindings] = useState<readonly Finding[] | 'checking' | null>(null);
  const isChecking = findings === 'checking';

  const check = (): void => {
    setFindings('checking');
    checkSetup(session.session, { versions: { 'react-version': version } }).then(
      setFindings,
      (error: unknown) => {
        setFindings(null);
        reportError(error);
      },
    );
  };

  return (
    <>
      <div className="tools">
        <span className="quiet">
          Sends requests without credentials to the issuer, the API and the server of this page.
        </span>
        <button type="button" onClick={check} disabled={isChecking}>
          Check set-up
        </button>
      </div>
      <output className={findings === null ? 'hidden' : 'empty'}>
        {isChecking ? 'Checking …' : findings !== null && summarize(findings)}
      </output>
      {findings !== null && findings !== 'checking' && <Findings findings={findings} />}
    </>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const sorted = LEVELS.flatMap((level) => findings.filter((found) => found.level === level));
  return (
    <div className="scroller">
      <table>
        <caption className="hidden">What the check of the set-up has found</caption>
        <thead>
          <tr>
            <th scope="col">Level</th>
            <th scope="col">Check</th>
            <th scope="col">Seen</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, level, seen, means, cure, link }) => (
            <tr key={`${id} ${seen}`}>
              <td>
                <span className={`tag ${TONES[level]}`}>{level}</span>
              </td>
              <th scope="row">
                <a href={link} target="_blank" rel="noreferrer">
                  {id}
                </a>
              </th>
              <td className="wide">
                {seen} {cure !== null && means}
              </td>
              <td className="wide">{cure}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function summarize(findings: readonly Finding[]): string {
  const count = (level: 'error' | 'warning'): string => {
    const found = findings.filter((each) => each.level === level).length;
    return `${found} ${level}${found === 1 ? '' : 's'}`;
  };
  return `${count('error')}, ${count('warning')}, ${findings.length} checks.`;
}
