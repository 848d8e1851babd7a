import { useState } from 'react';
import type { ReactNode } from 'react';

/** Props of {@link Avatar}. */
export interface AvatarProps {
  readonly name: string;
  readonly picture: string | undefined;
  readonly className?: string;
}

/** A user's picture, or their initials where there is none. Decorative: the name stands beside it. */
export function Avatar({ name, picture, className }: AvatarProps): ReactNode {
  const [failedPicture, setFailedPicture] = useState<string>();
  const classes = className === undefined ? 'avatar' : `avatar ${className}`;
  if (picture === undefined || picture === '' || picture === failedPicture) {
    return (
      <span className={classes} aria-hidden="true">
        {initialsOf(name)}
      </span>
    );
  }
  return (
    <img
      className={classes}
      src={picture}
      alt=""
      referrerPolicy="no-referrer"
      onError={() => {
        setFailedPicture(picture);
      }}
    />
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => (word === undefined ? '' : [...word][0])).join('');
}
