/** The built page with its relative addresses below `base`, for an address that is deeper than the page's own. */
export function pageBelow(html: string, base: string): string {
  return html.replaceAll(/ (href|src)="\.\//g, (_, name: string) => ` ${name}="${base}`);
}
