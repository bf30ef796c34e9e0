/** A list of 32-bit integers that grows, for results whose length is not known before. */
export class IntList {
  #values;
  #length = 0;

  /** @param {number} [capacity] - Integers before it grows for the first time. */
  constructor(capacity = 1024) {
    this.#values = new Int32Array(capacity);
  }

  /**
   * How many integers the list holds.
   *
   * @returns {number} The count.
   */
  get length() {
    return this.#length;
  }

  /**
   * Add one integer at the end.
   *
   * @param {number} value - Stored as a 32-bit integer.
   */
  push(value) {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /**
   * Replace the integer at the end.
   *
   * @param {number} value - Stored as a 32-bit integer; the list must not be empty.
   */
  setLast(value) {
    this.#values[this.#length - 1] = value;
  }

  /**
   * Copy the integers out.
   *
   * @returns {Int32Array} Exactly as long as the list.
   */
  toArray() {
    return this.#values.slice(0, this.#length);
  }
}
