/** Runs inside the page: does what a hand does and measures until the frame that shows it. */

const page = globalThis.maskwright;

globalThis.benchWorkbench = {
  painted: () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done();
        channel.port2.postMessage(null);
      });
    }),

  area: () => document.querySelector('.canvases'),

  send(type, { x, y }, change = {}) {
    const options = { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', bubbles: true, ...change };
    this.area().setPointerCapture = () => {};
    this.area().dispatchEvent(new PointerEvent(type, options));
  },

  place({ x, y }) {
    const { scale, offsetX, offsetY } = page.store.get().viewport;
    const { left, top } = this.area().getBoundingClientRect();
    return { x: left + offsetX + x * scale, y: top + offsetY + y * scale };
  },

  content() {
    const { documents, currentImageId } = page.store.get();
    return documents[currentImageId]?.content;
  },

  async open(id, count) {
    const start = performance.now();
    page.commands.openImage(id);
    const ready = () => page.store.get().pixelsReady && this.content()?.objects.length === count;
    while (!ready()) await this.painted();
    await this.painted();
    return performance.now() - start;
  },

  async pan(frames) {
    const at = this.place({ x: 2000, y: 1500 });
    this.send('pointerdown', at, { button: 1, buttons: 4 });
    const start = performance.now();
    for (let frame = 0; frame < frames; frame += 1) {
      const swing = { x: at.x + 160 * Math.sin(frame / 15), y: at.y + 90 * Math.sin(frame / 11) };
      this.send('pointermove', swing, { button: -1, buttons: 4 });
      await this.painted();
    }
    const seconds = (performance.now() - start) / 1000;
    this.send('pointerup', at, { button: 1 });
    return frames / seconds;
  },

  async select(clicks) {
    page.commands.chooseTool('select');
    const { objects } = this.content();
    const times = [];
    for (let click = 0; click < clicks; click += 1) {
      const [x, y, width, height] = objects[(click * 397) % objects.length].bbox;
      const at = this.place({ x: x + width / 2, y: y + height / 2 });
      const start = performance.now();
      this.send('pointerdown', at, { button: 0, buttons: 1 });
      this.send('pointerup', at, { button: 0 });
      await this.painted();
      times.push(performance.now() - start);
      if (page.store.get().selectedKeys.length !== 1) throw new Error('a click must select one object');
    }
    return times;
  },

  async brush(size, moves) {
    page.commands.selectObjects([]);
    page.commands.chooseTool('brush');
    page.commands.setBrushSize(size);
    const times = [];
    this.send('pointerdown', this.place({ x: 400, y: 1500 }), { button: 0, buttons: 1 });
    for (let move = 0; move < moves; move += 1) {
      const at = this.place({ x: 400 + (3000 * move) / moves, y: 1500 + 700 * Math.sin(move / 12) });
      const start = performance.now();
      this.send('pointermove', at, { button: -1, buttons: 1 });
      await this.painted();
      times.push(performance.now() - start);
    }
    const start = performance.now();
    this.send('pointerup', this.place({ x: 3400, y: 1500 }), { button: 0 });
    await this.painted();
    times.push(performance.now() - start);
    page.commands.discard();
    return times;
  },
};
