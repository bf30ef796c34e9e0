// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { ModelList } from '../../../static/js/ui/model_list.js';
import { models } from './learning_builders.js';
import { show } from './ui_bench.js';

/** @param {Partial<ReturnType<typeof models>>} [change] what differs */
function showList(change = {}) {
  const onChange = vi.fn();
  const shown = show(ModelList, { props: { list: { ...models(), ...change }, onChange } });
  const use = /** @type {ReturnType<typeof vi.fn>} */ (shown.app.commands.useModel);
  use.mockResolvedValue(true);
  return { onChange, use, ...shown };
}

describe('model list', () => {
  it('shows where each model came from, which one answers, and why one cannot', () => {
    const rows = [...showList().root.querySelectorAll('tbody tr')].map((row) => row.textContent?.replace(/\s+/g, ' '));
    expect(rows[0]).toContain('came with the program');
    expect(rows[0]).toContain('answers');
    expect(rows[1]).toContain('200 masks on 40 photographs of cells');
    expect(rows[1]).toContain('63.25');
    expect(rows[2]).toContain('Its weights are gone');
  });

  it('switches with one click and goes back with another', async () => {
    const { root, use, onChange, click, drawn } = showList();
    const button = /** @type {HTMLButtonElement} */ (root.querySelector('tbody tr:nth-child(2) button'));
    button.click();
    await drawn();
    await click('Go back');
    expect(use.mock.calls).toEqual([['one'], ['one']]);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('offers no way back where there is none', () => {
    expect(showList({ previous: null }).text()).not.toContain('Go back');
    expect(showList({ previous: 'two' }).text()).not.toContain('Go back');
  });
});
