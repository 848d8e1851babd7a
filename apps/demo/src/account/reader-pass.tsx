import type { Profile } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { Avatar } from '../components/avatar.js';
import { readerName } from '../components/reader-name.js';
import { countryName } from './countries.js';

/** Props of {@link ReaderPass}. */
export interface ReaderPassProps {
  readonly profile: Profile;
}

const monthAndYear = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' });

/** The reader's pass: the profile at a glance. Shows an edit optimistically, before the server has responded. */
export function ReaderPass({ profile }: ReaderPassProps): ReactNode {
  const name = readerName(profile);
  return (
    <section className="pass" aria-label="Your reader’s pass">
      <p className="pass-kind">Reader’s pass</p>
      <div className="pass-who">
        <Avatar className="pass-picture" name={name} picture={profile.picture} />
        <div>
          <p className="pass-name">{name}</p>
          {profile.email === undefined ? null : <p className="pass-email">{profile.email}</p>}
        </div>
      </div>
      <dl className="pass-facts">
        <div>
          <dt>Aboard since</dt>
          <dd>{monthAndYear.format(new Date(profile.createdAt))}</dd>
        </div>
        <div>
          <dt>We call you</dt>
          <dd>{textOr(profile.nickname, 'by your name')}</dd>
        </div>
        <div>
          <dt>Paper goes to</dt>
          <dd>
            <DeliveryLines profile={profile} />
          </dd>
        </div>
      </dl>
    </section>
  );
}

function DeliveryLines({ profile }: ReaderPassProps): ReactNode {
  const { street, zip, city, country } = profile.deliveryAddress ?? {};
  const lines = [street, joined(zip, city), countryName(country)].filter((line) => line !== '');
  if (!lines.some((line) => line !== undefined)) return 'nowhere yet';
  return lines.map((line) =>
    line === undefined ? null : (
      <span className="pass-line" key={line}>
        {line}
      </span>
    ),
  );
}

function joined(...parts: readonly (string | undefined)[]): string | undefined {
  const text = parts.filter((part) => part !== undefined && part !== '').join(' ');
  return text === '' ? undefined : text;
}

function textOr(text: string | undefined, fallback: string): string {
  return text === undefined || text.trim() === '' ? fallback : text;
}
