import { expect, it, vi } from 'vitest';
import { openMemory } from '../../static/js/page_memory.js';
import { MemoryKeyRange, memoryDatabase } from './api/memory_database.js';

it('opens both memories, and says what is missing where the browser refuses', async () => {
  vi.stubGlobal('IDBKeyRange', MemoryKeyRange);
  const report = vi.fn();
  const opened = await openMemory({ locks: undefined, databases: memoryDatabase(), who: () => null }, report);
  expect(opened.work?.isSafe()).toBe(true);
  expect(await opened.histories?.find(1)).toBeNull();
  expect(report).not.toHaveBeenCalled();
  const refuses = /** @type {IDBFactory} */ (
    /** @type {unknown} */ ({
      open() {
        throw new Error('storage is off');
      },
    })
  );
  expect(await openMemory({ locks: undefined, databases: refuses, who: () => null }, report)).toEqual({
    work: null,
    histories: null,
  });
  expect(report.mock.calls.map(([, loss]) => loss)).toEqual([
    'unsaved work would not outlive this page',
    'the steps back would not outlive this page',
  ]);
  vi.unstubAllGlobals();
});
