import type { RegisteredUser } from '@sesamy-kit/react';
import { useLoaderData, useParams, useSearchParams } from 'react-router';

export function StoryPage() {
  const user = useLoaderData<RegisteredUser>();
  const { slug } = useParams();
  const [search] = useSearchParams();
  return (
    <>
      <h1>Story {slug}</h1>
      <p>
        For {user.given_name}, who came by {search.get('from') ?? 'an address'}.
      </p>
    </>
  );
}
