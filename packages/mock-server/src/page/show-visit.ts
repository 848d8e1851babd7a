/** The mock that a page visits. */
export interface VisitedMock {
  readonly issuer: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Shows the mock's response to a visit in the place of this page; a redirect to another address leaves the page. */
export async function showVisit(request: Request, mock: VisitedMock): Promise<void> {
  const response = await mock.fetch(request);
  const target = response.headers.get('location');
  if (target === null) return showPage(await response.text(), mock);
  if (target.startsWith(mock.issuer)) return showVisit(new Request(target), mock);
  location.replace(target);
}

async function showPage(html: string, mock: VisitedMock): Promise<void> {
  const page = new DOMParser().parseFromString(html, 'text/html');
  await Promise.all([...page.images].map((image) => inlineImage(image, mock)));
  // Runs the scripts of the page, as a navigation would.
  document.open();
  document.write(`<!doctype html>${page.documentElement.outerHTML}`);
  document.close();
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const action = form.getAttribute('action') ?? '';
    if (!action.startsWith(mock.issuer)) return;
    event.preventDefault();
    void showVisit(new Request(action, { method: 'POST', body: fieldsOf(form, event) }), mock);
  });
}

function fieldsOf(form: HTMLFormElement, { submitter }: SubmitEvent): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value === 'string') fields.append(name, value);
  }
  return fields;
}

/** The host has no images of the mock. */
async function inlineImage(image: HTMLImageElement, { issuer, fetch }: VisitedMock): Promise<void> {
  if (!image.src.startsWith(issuer)) return;
  const response = await fetch(image.src);
  image.src = URL.createObjectURL(await response.blob());
}
