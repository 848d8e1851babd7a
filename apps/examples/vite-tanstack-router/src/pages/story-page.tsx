export interface StoryPageProps {
  readonly name: string | undefined;
  readonly slug: string;
  readonly from: string | undefined;
}

export function StoryPage({ name, slug, from = 'an address' }: StoryPageProps) {
  return (
    <>
      <h1>Story {slug}</h1>
      <p>
        For {name}, who came by {from}.
      </p>
    </>
  );
}
