import { describe, expect, it, vi } from 'vitest';
import { learningCommands } from '../../../static/js/services/learning_commands.js';

function makeCommands() {
  const learning = {
    read: vi.fn(async () => /** @type {never} */ ({ read: true })),
    start: vi.fn(async () => {}),
    resume: vi.fn(async () => {}),
    cancel: vi.fn(async () => {}),
    use: vi.fn(async () => /** @type {never} */ ({})),
  };
  const parts = { learning, checkModel: vi.fn(async () => true), report: vi.fn() };
  return { ...parts, commands: learningCommands(parts) };
}

describe('learning commands', () => {
  it('ask the server and say that it was done', async () => {
    const { learning, report, commands } = makeCommands();
    expect(await commands.readLearning(3)).toEqual({ read: true });
    expect(await commands.startTuning(3, 5)).toBe(true);
    expect(await commands.resumeTuning()).toBe(true);
    expect(await commands.cancelTuning()).toBe(true);
    expect(learning.start).toHaveBeenCalledExactlyOnceWith(3, 5);
    expect(report).not.toHaveBeenCalled();
  });

  it('go on with the chosen model at once', async () => {
    const { learning, checkModel, commands } = makeCommands();
    await commands.useModel('abc');
    expect(learning.use).toHaveBeenCalledExactlyOnceWith('abc');
    expect(checkModel).toHaveBeenCalledOnce();
  });

  it('tell of what failed', async () => {
    const { learning, checkModel, report, commands } = makeCommands();
    const problem = new Error('too little');
    for (const call of Object.values(learning)) call.mockRejectedValue(problem);
    expect(await commands.readLearning(3)).toBeNull();
    expect(await commands.startTuning(3, 5)).toBe(false);
    expect(await commands.useModel('abc')).toBe(false);
    expect(checkModel).not.toHaveBeenCalled();
    expect(report.mock.calls.map(([, doing]) => doing)).toEqual([
      'what was learnt could not be read',
      'nothing is learnt',
      'the model was not switched',
    ]);
  });
});
