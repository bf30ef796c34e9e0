/**
 * Steps of the undo history in the form that is stored: each says how it differs from the one before. Objects are named
 * by the step that brought them in, logits by the step that first had them, so that nothing is stored twice.
 */

/** @import {Candidate, DocumentContent, Draft, KeptObject, LogitsGrid, Outline} from './state_types.js' */

/** @typedef {string} Ref `step.index`, of an object or of logits; empty logits have none */
/** @typedef {Omit<KeptObject, 'logits'> & {logits: {side: number, ref: Ref} | null}} StoredObject */
/** @typedef {Omit<Candidate, 'logits'> & {logits: Ref | null}} StoredCandidate */
/** @typedef {Omit<Draft, 'candidates' | 'previousLogits' | 'baseLogits'> & {candidates: StoredCandidate[], previousLogits: Ref | null, baseLogits: Ref | null}} StoredDraft */

/**
 * @typedef {object} StoredStep
 * @property {number} head how many objects are the first ones of the step before
 * @property {number} tail how many are the last ones of the step before
 * @property {Ref[]} middle the objects between these
 * @property {StoredObject[]} objects the ones that this step brings in
 * @property {number} larges how many logits it brings in
 * @property {StoredDraft | null} draft the open object
 * @property {Outline | null} outline the open outline
 */

/** Which objects and logits have been stored, and under which name. */
export class StepCodec {
  /** @type {WeakMap<KeptObject, Ref>} */
  #objectRefs = new WeakMap();
  /** @type {WeakMap<Float32Array, Ref>} */
  #logitRefs = new WeakMap();
  /** @type {Map<Ref, WeakRef<KeptObject>>} */
  #objects = new Map();
  /** @type {Map<Ref, WeakRef<Float32Array>>} */
  #logits = new Map();

  /**
   * Write a step.
   *
   * @param {number} number of the step
   * @param {DocumentContent} content what it shows
   * @param {readonly KeptObject[]} before the objects of the step before
   * @param {StoredStep | null} [earlier] the same step as it was stored before; what it brought in stays named
   * @returns {{step: StoredStep, large: [Ref, Float32Array][]}} the step, and the logits that it brings in
   */
  encode(number, content, before, earlier = null) {
    /** @type {[Ref, Float32Array][]} */
    const large = [];
    let larges = earlier?.larges ?? 0;
    /** @type {(values: Float32Array | null) => Ref | null} */
    const logits = (values) => {
      if (!values || values.length === 0) return null;
      const known = this.#logitRefs.get(values);
      if (known && stepOf(known) <= number && this.#logits.get(known)?.deref() === values) return known;
      const ref = `${number}.${larges}`;
      larges += 1;
      large.push([ref, values]);
      this.name(ref, values);
      return ref;
    };
    const objects = [...(earlier?.objects ?? [])];
    /** @type {(object: KeptObject) => Ref} */
    const objectRef = (object) => {
      const known = this.#objectRefs.get(object);
      if (known && stepOf(known) <= number && this.#objects.get(known)?.deref() === object) return known;
      const ref = `${number}.${objects.length}`;
      const values = logits(object.logits?.values ?? null);
      objects.push({
        ...object,
        logits: object.logits && values !== null ? { side: object.logits.side, ref: values } : null,
      });
      this.nameObject(ref, object);
      return ref;
    };
    const { head, tail } = shared(before, content.objects);
    const middle = content.objects.slice(head, content.objects.length - tail).map(objectRef);
    const draft = content.draft && {
      ...content.draft,
      candidates: content.draft.candidates.map((one) => ({ ...one, logits: logits(one.logits) })),
      previousLogits: logits(content.draft.previousLogits),
      baseLogits: logits(content.draft.baseLogits),
    };
    const step = { head, tail, middle, objects, larges, draft, outline: content.outline ?? null };
    return { step, large };
  }

  /**
   * Forget what steps have brought in, because they are gone.
   *
   * @param {number} from the first of them
   */
  drop(from) {
    for (const refs of [this.#objects, this.#logits]) {
      for (const ref of refs.keys()) if (stepOf(ref) >= from) refs.delete(ref);
    }
  }

  /**
   * Name the logits that a step needs to be shown again.
   *
   * @param {StoredStep} step the step
   * @returns {Ref[]} those that are not in memory
   */
  missing({ draft, objects }) {
    const refs = [
      ...(draft?.candidates.map((one) => one.logits) ?? []),
      ...[draft?.previousLogits, draft?.baseLogits],
      ...objects.map((object) => object.logits?.ref),
    ];
    /** @type {(ref: Ref | null | undefined) => ref is Ref} */
    const isMissing = (ref) => typeof ref === 'string' && !this.#logits.get(ref)?.deref();
    return [...new Set(refs)].filter(isMissing);
  }

  /**
   * Show a stored step again.
   *
   * @param {StoredStep} step the step
   * @param {readonly KeptObject[]} objects its objects
   * @param {ReadonlyMap<Ref, unknown>} read the logits that were missing
   * @returns {DocumentContent} the step as it was
   */
  decode({ draft, outline }, objects, read) {
    const values = (/** @type {Ref | null} */ ref) => (ref === null ? null : this.#valuesOf(ref, read));
    return {
      objects,
      draft: draft && {
        ...draft,
        candidates: draft.candidates.map((one) => ({ ...one, logits: values(one.logits) ?? new Float32Array(0) })),
        previousLogits: values(draft.previousLogits),
        baseLogits: values(draft.baseLogits),
      },
      ...(outline ? { outline } : {}),
    };
  }

  /**
   * Find an object by its name, in memory or as it was stored.
   *
   * @param {Ref} ref its name
   * @param {StoredObject} stored as the step that brought it in has it
   * @param {ReadonlyMap<Ref, unknown>} read logits that were read
   * @returns {KeptObject} always the same one for a name; its logits stay on the server where they were not read
   */
  object(ref, stored, read) {
    const known = this.#objects.get(ref)?.deref();
    if (known) return known;
    const values = stored.logits && this.#valuesOf(stored.logits.ref, read);
    /** @type {LogitsGrid | null} */
    const logits = stored.logits && values && { side: stored.logits.side, values };
    const object = { ...stored, logits };
    this.nameObject(ref, object);
    return object;
  }

  /**
   * Say which object has a name.
   *
   * @param {Ref} ref the name
   * @param {KeptObject} object the object
   */
  nameObject(ref, object) {
    this.#objectRefs.set(object, ref);
    this.#objects.set(ref, new WeakRef(object));
  }

  /**
   * Say which logits have a name.
   *
   * @param {Ref} ref the name
   * @param {Float32Array} values the logits
   */
  name(ref, values) {
    this.#logitRefs.set(values, ref);
    this.#logits.set(ref, new WeakRef(values));
  }

  /** @type {(ref: Ref, read: ReadonlyMap<Ref, unknown>) => Float32Array | null} */
  #valuesOf(ref, read) {
    const known = this.#logits.get(ref)?.deref();
    if (known) return known;
    const values = read.get(ref);
    if (!(values instanceof Float32Array)) return null;
    this.name(ref, values);
    return values;
  }
}

/**
 * Follow the objects from step to step.
 *
 * @param {readonly StoredStep[]} steps from the first one
 * @returns {Ref[][]} the names of the objects of each step
 */
export function objectsOfSteps(steps) {
  /** @type {Ref[]} */
  let before = [];
  return steps.map(({ head, tail, middle }) => {
    before = [...before.slice(0, head), ...middle, ...before.slice(before.length - tail)];
    return before;
  });
}

/**
 * Find a stored object.
 *
 * @param {readonly StoredStep[]} steps from the first one
 * @param {Ref} ref its name
 * @returns {StoredObject} the object
 */
export function storedObject(steps, ref) {
  const [number, index] = ref.split('.').map(Number);
  return steps[number].objects[index];
}

/** @type {(ref: Ref) => number} */
const stepOf = (ref) => parseInt(ref, 10);

/** @type {(a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>) => {head: number, tail: number}} */
function shared(a, b) {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return { head, tail };
}
