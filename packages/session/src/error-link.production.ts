/** Messages stay as they are: links are for development. */
export const withLink = null;
