// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { EmptyState } from '../../../static/js/ui/empty_state.js';
import { show } from './ui_bench.js';

describe('empty state', () => {
  it('names the ways to begin', async () => {
    const { app, text, click } = show(EmptyState);
    expect(text()).toContain('Drop photographs anywhere');
    await click('Choose photographs');
    await click('Add a folder on the server');
    expect(app.commands.chooseFiles).toHaveBeenCalledOnce();
    expect(app.commands.showDialog).toHaveBeenCalledWith('folder');
    await click('Try it with a sample photograph');
    expect(app.commands.startTour).toHaveBeenCalledOnce();
  });
});
