import { useProfile, useUpdateProfile } from '@sesamy-kit/react';

/** Shows the profile from Sesamy's API, and updates it optimistically. */
export function Account() {
  const { data: profile, isError } = useProfile();
  const { mutate } = useUpdateProfile();
  if (isError) return <p role="alert">Your profile could not be loaded.</p>;
  return (
    <>
      <h1>Account</h1>
      <form
        key={profile?.firstName}
        action={(form) => {
          const firstName = form.get('firstName');
          if (typeof firstName === 'string') mutate({ firstName });
        }}
      >
        <label>
          First name <input name="firstName" defaultValue={profile?.firstName} />
        </label>{' '}
        <button>Save</button>
      </form>
      <p>
        {profile?.firstName} {profile?.lastName}
      </p>
    </>
  );
}
