/** A map of at most so many: beyond them, what was set longest ago goes. Who sets again what they have found keeps what is used. */
export class Recent<Key, Value> extends Map<Key, Value> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.#most) {
      const { value: oldest } = this.keys().next();
      this.delete(oldest as Key);
    }
    return this;
  }
}
