export default function FrontPage() {
  return (
    <>
      <h1>The Harbour Post</h1>
      <p>The server has rendered this page: it is the same for every reader.</p>
    </>
  );
}
