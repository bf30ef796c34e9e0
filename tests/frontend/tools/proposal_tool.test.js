import { describe, expect, it } from 'vitest';
import { createProposalTool } from '../../../static/js/tools/proposal_tool.js';
import { recordCommands, toolEvent } from './tool_bench.js';

/** @type {(calls: unknown[][]) => unknown[]} */
const names = (calls) => calls.map(([name]) => name);

describe('proposal tool', () => {
  it('lets the proposal under the pointer stand out', () => {
    const { calls, commands } = recordCommands();
    createProposalTool(commands).move(toolEvent(10, 20));
    expect(calls).toEqual([['hoverProposalAt', { x: 5, y: 10 }]]);
  });

  it('takes it with a click and rejects it with a right click', () => {
    const { calls, commands } = recordCommands({ objectAt: true });
    const tool = createProposalTool(commands);
    tool.press(toolEvent(10, 20));
    tool.release(toolEvent(10, 20));
    expect(names(calls)).toEqual(['hoverProposalAt', 'takeProposal']);
    tool.press(toolEvent(10, 20, { button: 2, buttons: 2 }));
    tool.release(toolEvent(10, 20, { button: 2, buttons: 0 }));
    expect(names(calls).slice(2)).toEqual(['hoverProposalAt', 'rejectProposal']);
  });

  it('does nothing beside all proposals', () => {
    const { calls, commands } = recordCommands();
    const tool = createProposalTool(commands);
    tool.press(toolEvent(10, 20));
    tool.release(toolEvent(10, 20));
    expect(names(calls)).toEqual(['hoverProposalAt']);
  });

  it('moves the view with a drag and takes nothing', () => {
    const { calls, commands } = recordCommands({ objectAt: true });
    const tool = createProposalTool(commands);
    tool.press(toolEvent(10, 20));
    tool.move(toolEvent(30, 20));
    tool.release(toolEvent(30, 20));
    expect(calls).toEqual([['panBy', 20, 0]]);
  });
});
