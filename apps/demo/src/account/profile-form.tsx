import { useUpdateProfile } from '@sesamy-kit/react';
import type { Profile } from '@sesamy-kit/react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';

import { countries } from './countries.js';
import { Field } from './field.js';
import type { FieldProps } from './field.js';
import { patchOf, readValues, validate, valuesOf } from './profile-fields.js';
import type { FieldErrors, FieldName } from './profile-fields.js';
import { SaveStatus } from './save-status.js';
import { serverFieldErrors } from './server-field-errors.js';

/** Props of {@link ProfileForm}. */
export interface ProfileFormProps {
  readonly profile: Profile;
}

const personal: readonly Omit<FieldProps, 'error'>[] = [
  { name: 'firstName', label: 'First name', autoComplete: 'given-name', isHalf: true },
  { name: 'lastName', label: 'Last name', autoComplete: 'family-name', isHalf: true },
  {
    name: 'nickname',
    label: 'What we call you',
    autoComplete: 'nickname',
    hint: 'Used at the top of letters. A short name will do.',
  },
  {
    name: 'mobilePhone',
    label: 'Telephone',
    autoComplete: 'tel',
    type: 'tel',
    hint: 'Only when the paper is late.',
  },
];

const address: readonly Omit<FieldProps, 'error'>[] = [
  { name: 'street', label: 'Street and number', autoComplete: 'address-line1' },
  { name: 'zip', label: 'Postcode', autoComplete: 'postal-code', isHalf: true },
  { name: 'city', label: 'Town', autoComplete: 'address-level2', isHalf: true },
  { name: 'country', label: 'Country', autoComplete: 'country', options: countries },
];

/** Changes the profile. Updates the pass beside it optimistically and rolls back if the server rejects. */
export function ProfileForm({ profile }: ProfileFormProps): ReactNode {
  const update = useUpdateProfile();
  const [initial] = useState(() => valuesOf(profile));
  const [mistakes, setMistakes] = useState<FieldErrors>({});
  const errors = { ...serverFieldErrors(update.error), ...mistakes };

  function save(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const values = readValues(new FormData(form));
    const found = validate(values);
    setMistakes(found);
    if (Object.keys(found).length > 0) {
      focusFirst(form, found);
      return;
    }
    const patch = patchOf(valuesOf(profile), values);
    if (patch === null) {
      update.reset();
      return;
    }
    update.mutate(patch, {
      onError: (error) => {
        focusFirst(form, serverFieldErrors(error));
      },
    });
  }

  const field = (props: Omit<FieldProps, 'error'>): ReactNode => (
    <Field
      key={props.name}
      {...props}
      defaultValue={initial[props.name]}
      error={errors[props.name]}
    />
  );

  return (
    <form className="form" onSubmit={save} noValidate aria-label="Your details">
      <fieldset>
        <legend>You</legend>
        {personal.map(field)}
      </fieldset>
      <fieldset>
        <legend>Where we post the paper</legend>
        {address.map(field)}
      </fieldset>
      <div className="form-end">
        <button type="submit" className="button" disabled={update.isPending}>
          {update.isPending && !update.isPaused ? 'Saving…' : 'Save changes'}
        </button>
        <SaveStatus update={update} hasMistakes={Object.keys(errors).length > 0} />
      </div>
    </form>
  );
}

function focusFirst(form: HTMLFormElement, errors: FieldErrors): void {
  const isWrong = (name: string): name is FieldName => name in errors;
  for (const element of form.elements) {
    if (element instanceof HTMLElement && isWrong(element.id)) {
      element.focus();
      return;
    }
  }
}
