import type { ReactNode } from 'react';

/** A ledger with its strap buckled. */
export function ShutLedger(): ReactNode {
  return (
    <svg className="shut-ledger" viewBox="0 0 72 88" aria-hidden="true">
      <path className="ledger-pages" d="M12 80V12q0-6 6-6h46v76H18q-6 0-6-6" />
      <path className="ledger-cover" d="M8 74V12q0-8 8-8h44v68H16q-8 0-8 8 0 4 4 4" />
      <path className="ledger-spine" d="M18 4v68" />
      <path className="ledger-label" d="M28 16h22v14H28zM33 23h12" />
      <path className="ledger-strap" d="M8 46h52v9H8z" />
      <circle className="ledger-buckle" cx="47" cy="50.5" r="6.5" />
    </svg>
  );
}
