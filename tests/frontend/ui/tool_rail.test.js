// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { ToolRail } from '../../../static/js/ui/tool_rail.js';
import { show } from './ui_bench.js';

describe('tool rail', () => {
  it('shows the tool in hand and takes another one', async () => {
    const { app, named, click } = show(ToolRail);
    expect(named('Click').getAttribute('aria-pressed')).toBe('true');
    await click('Box');
    expect(app.commands.chooseTool).toHaveBeenCalledWith('box');
  });

  it('zooms, shows masks and opens the help', async () => {
    const { app, click } = show(ToolRail);
    for (const name of ['Zoom in', 'Zoom out', 'Fit the image', 'Show masks', 'Keys']) await click(name);
    for (const command of /** @type {const} */ (['zoomIn', 'zoomOut', 'zoomFit', 'toggleMasks', 'showHelp'])) {
      expect(app.commands[command]).toHaveBeenCalledOnce();
    }
  });
});
