/** Runs inside the page: does one random change as an annotator does, and tells what there is to lose. */

const page = globalThis.maskwright;

/** So many objects are enough; beyond that some are deleted. */
const MANY = 40;

globalThis.benchWork = {
  content() {
    const { documents, currentImageId } = page.store.get();
    return documents[currentImageId]?.content ?? { objects: [], draft: null };
  },

  work() {
    const { objects, draft } = this.content();
    const kept = objects.map(({ key, categoryId, rle, details }) => [
      key,
      JSON.stringify([categoryId, rle.counts, details.notes]),
    ]);
    // A draft without a change and one that repeats a kept object are nothing that could be lost.
    const open = draft && (draft.refines === null || draft.changed) ? [['draft', this.draftText(draft)]] : [];
    return Object.fromEntries([...kept, ...open]);
  },

  draftText: ({ points, box, refines, handEdits }) =>
    JSON.stringify([points.map(({ x, y, label }) => [x, y, label]), box, refines, handEdits.length]),

  send(type, { x, y }, change = {}) {
    const area = document.querySelector('.canvases');
    const { scale, offsetX, offsetY } = page.store.get().viewport;
    const { left, top } = area.getBoundingClientRect();
    area.setPointerCapture = () => {};
    const at = { clientX: left + offsetX + x * scale, clientY: top + offsetY + y * scale };
    area.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, pointerType: 'mouse', bubbles: true, ...change }));
  },

  drag(path) {
    this.send('pointerdown', path[0], { button: 0, buttons: 1 });
    for (const place of path) this.send('pointermove', place, { button: -1, buttons: 1 });
    this.send('pointerup', path.at(-1), { button: 0 });
  },

  async settled() {
    const answered = () => this.content().draft?.answered !== false;
    const end = performance.now() + 2000;
    while (!answered() && performance.now() < end) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done));
  },

  // One change; gives the work as the page shows it after that.
  async act(seed) {
    const random = (count) => {
      seed = (seed * 9301 + 0.49297) % 1;
      return Math.floor(seed * count);
    };
    const { commands } = page;
    const { objects, draft } = this.content();
    const object = objects[random(objects.length)];
    const spot = () => ({ x: 40 + random(560), y: 40 + random(400) });
    const stroke = (tool) => {
      const from = spot();
      commands.chooseTool(tool);
      commands.setBrushSize(10 + random(30));
      this.drag([from, { x: from.x + random(30), y: from.y + random(30) }]);
    };
    const changes = {
      draw: () => {
        commands.selectObjects([]);
        stroke('brush');
        commands.accept();
      },
      begin: () => {
        commands.selectObjects([]);
        stroke('brush');
      },
      click: () => {
        commands.chooseTool('point');
        const at = spot();
        this.send('pointerdown', at, { button: 0, buttons: 1 });
        this.send('pointerup', at, { button: 0 });
      },
      accept: () => commands.accept(),
      classify: () => object && commands.setObjectCategory(object.key, page.store.get().categories[random(2)].id),
      note: () => object && commands.changeDetails([object.key], { notes: `note ${random(1000)}` }),
      erase: () => {
        if (!object) return;
        if (draft) commands.accept();
        commands.selectObjects([object.key]);
        stroke('eraser');
      },
      undo: () => commands.undo(),
      redo: () => commands.redo(),
      remove: () => object && commands.deleteObject(object.key),
    };
    const names = Object.keys(changes);
    changes[objects.length > MANY ? 'remove' : names[random(names.length)]]();
    await this.settled();
    return this.work();
  },
};
