import { describe, expect, it, vi } from 'vitest';
import { createProjectProposing } from '../../../static/js/services/project_proposing.js';
import { enterProject } from '../../../static/js/state/actions/project_actions.js';
import { storeWithImages } from '../session_builders.js';

/** @type {(done: number, waiting: number, failed?: number) => import('../../../static/js/proposal_types.js').ProjectProposalsJson} */
const progress = (done, waiting, failed = 0) => ({ total: 3, done, waiting, failed, failures: [] });

function makeService() {
  const store = storeWithImages();
  store.apply(enterProject(7));
  const api = {
    requestAll: vi.fn(async () => progress(0, 3)),
    stateOfAll: vi.fn(async () => progress(3, 0)),
    cancelAll: vi.fn(async () => {}),
  };
  const report = vi.fn();
  const wait = vi.fn(async () => {});
  return { store, api, report, wait, service: createProjectProposing({ store, api, report, wait }) };
}

describe('proposing for the project', () => {
  it('watches the search until no image waits', async () => {
    const { store, api, wait, service } = makeService();
    api.stateOfAll.mockResolvedValueOnce(progress(1, 2));
    wait.mockImplementation(async () => expect(store.get().projectProposals?.waiting).toBeGreaterThan(0));
    await service.proposeAll();
    expect(api.requestAll).toHaveBeenCalledWith(7);
    expect(wait).toHaveBeenCalledTimes(2);
    expect(store.get().projectProposals).toEqual(progress(3, 0));
  });

  it('stops watching when it is ended', async () => {
    const { store, api, wait, service } = makeService();
    wait.mockImplementation(async () => service.cancelAll());
    await service.proposeAll();
    expect(api.cancelAll).toHaveBeenCalledWith(7);
    expect(wait).toHaveBeenCalledOnce();
    expect(store.get().projectProposals).toBeNull();
  });

  it('does not show one project in another', async () => {
    const { store, wait, service } = makeService();
    wait.mockImplementation(async () => void store.apply(enterProject(8)));
    await service.proposeAll();
    expect(store.get().projectProposals).toBeNull();
  });

  it('reports what fails, and can be tried again', async () => {
    const { store, api, report, service } = makeService();
    const problem = new Error('offline');
    api.requestAll.mockRejectedValueOnce(problem);
    await service.proposeAll();
    expect(report).toHaveBeenCalledWith(problem, 'the project was not searched');
    expect(store.get().projectProposals).toBeNull();
    api.cancelAll.mockRejectedValueOnce(problem);
    await service.cancelAll();
    expect(report).toHaveBeenLastCalledWith(problem, 'the search was not ended');
    await service.proposeAll();
    expect(store.get().projectProposals).toEqual(progress(3, 0));
  });
});
