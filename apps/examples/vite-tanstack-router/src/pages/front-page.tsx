export function FrontPage() {
  return (
    <>
      <h1>The Harbour Post</h1>
      <p>This page is public. The story and the account are for signed-in readers.</p>
    </>
  );
}
