import { useSession, useSessionQueryKey } from '@sesamy-kit/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { array, string } from 'valibot';

/** The reader's notes, which the backend keeps. */
export function Notes() {
  const { fetchJson } = useSession();
  const queryClient = useQueryClient();
  // Starts with the user: the notes of one reader are never shown to the next.
  const queryKey = [...useSessionQueryKey(), 'notes'];
  const { data: notes = [], isError } = useQuery({
    queryKey,
    queryFn: () => fetchJson('/api/notes', { schema: array(string()) }),
  });
  const { mutate } = useMutation({
    mutationFn: (text: string) =>
      fetchJson('/api/notes', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  if (isError) return <p role="alert">Your notes could not be loaded.</p>;
  return (
    <>
      <h1>Notes</h1>
      <form
        action={(form) => {
          const text = form.get('text');
          if (typeof text === 'string') mutate(text);
        }}
      >
        <label>
          Note <input name="text" required />
        </label>{' '}
        <button>Add</button>
      </form>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}
