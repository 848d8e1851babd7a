/** A form's media type. */
export const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';

/** A POST of a form, as text: `Request` and `URLSearchParams` may be incompatible in test environments. */
export function formRequest(url: string | URL, params: Readonly<Record<string, string>>): Request {
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': FORM_TYPE },
    body: new URLSearchParams(params).toString(),
  });
}
