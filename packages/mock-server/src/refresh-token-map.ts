/** One refresh token. `id` is its public half; the whole token is never shown. */
export interface RefreshToken {
  readonly id: string;
  readonly token: string;
  readonly familyId: string;
  readonly parentId: string | null;
  readonly issuedAt: number;
  /** When a rotating token was first used. */
  spentAt: number | null;
  uses: { readonly at: number; readonly outcome: 'accepted' | 'accepted in leeway' | 'refused' }[];
}

/** Refresh tokens by id, with an index by family: a login is looked up without a walk through all tokens. */
export class RefreshTokenMap extends Map<string, RefreshToken> {
  readonly #byFamily = new Map<string, Set<RefreshToken>>();

  constructor(entries: Iterable<readonly [string, RefreshToken]> = []) {
    // Map's own constructor would call `set` before the index exists.
    super();
    for (const [id, token] of entries) this.set(id, token);
  }

  /** The tokens of a family, oldest first. */
  ofFamily(familyId: string): RefreshToken[] {
    return [...(this.#byFamily.get(familyId) ?? [])];
  }

  override set(id: string, token: RefreshToken): this {
    this.#unindex(id);
    const family = this.#byFamily.get(token.familyId);
    if (family) family.add(token);
    else this.#byFamily.set(token.familyId, new Set([token]));
    return super.set(id, token);
  }

  override delete(id: string): boolean {
    this.#unindex(id);
    return super.delete(id);
  }

  override clear(): void {
    this.#byFamily.clear();
    super.clear();
  }

  #unindex(id: string): void {
    const token = this.get(id);
    if (!token) return;
    const family = this.#byFamily.get(token.familyId);
    family?.delete(token);
    if (family?.size === 0) this.#byFamily.delete(token.familyId);
  }
}
