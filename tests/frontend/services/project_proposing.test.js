/** @import {BoxFileJson} from '../../../static/js/proposal_types.js' */

import { describe, expect, it, vi } from 'vitest';
import { boxNotice, createProjectProposing } from '../../../static/js/services/project_proposing.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { enterProject } from '../../../static/js/state/actions/project_actions.js';
import { showProposals } from '../../../static/js/state/actions/proposal_actions.js';
import { storeWithImages } from '../session_builders.js';

/** @type {(done: number, waiting: number, failed?: number) => import('../../../static/js/proposal_types.js').ProjectProposalsJson} */
const progress = (done, waiting, failed = 0) => ({ total: 3, done, waiting, failed, failures: [] });

/** @type {(change?: Partial<BoxFileJson>) => BoxFileJson} */
const came = (change) => ({ image_ids: [1, 2], boxes: 7, damaged: 0, left_out_count: 0, left_out: [], ...change });

function makeService() {
  const store = storeWithImages();
  store.apply(enterProject(7));
  const api = {
    requestAll: vi.fn(async () => progress(0, 3)),
    stateOfAll: vi.fn(async () => progress(3, 0)),
    cancelAll: vi.fn(async () => {}),
    requestBoxes: vi.fn(async () => came()),
  };
  const followOpen = vi.fn();
  const report = vi.fn();
  const wait = vi.fn(async () => {});
  return {
    store,
    api,
    followOpen,
    report,
    wait,
    service: createProjectProposing({ store, api, followOpen, report, wait }),
  };
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

  it('brings the boxes of a file, forgets earlier masks and follows the open image', async () => {
    const { store, api, followOpen, service } = makeService();
    const file = new File(['[]'], 'boxes.json');
    store.apply(openImage(1));
    store.apply(showProposals(2, { phase: 'ready', share: 1, modelId: 'm', items: [], rejected: {}, accepted: {} }));
    await service.bringBoxes(file);
    expect(api.requestBoxes).toHaveBeenCalledWith(7, file);
    expect(store.get().proposals).toEqual({});
    expect(followOpen).toHaveBeenCalledOnce();
    expect(store.get().notices[0].message).toBe('7 boxes become masks to review, in 2 images');
    expect(store.get().projectProposals).toEqual(progress(3, 0));
  });

  it('reports a file that cannot be used', async () => {
    const { api, followOpen, report, service } = makeService();
    const problem = new Error('no boxes');
    api.requestBoxes.mockRejectedValueOnce(problem);
    await service.bringBoxes(new File(['{}'], 'boxes.json'));
    expect(report).toHaveBeenCalledWith(problem, 'no boxes were taken in');
    expect(followOpen).not.toHaveBeenCalled();
  });

  it('says what was left out of a file', () => {
    const left_out = [{ file_name: 'a.jpg', reason: 'the image of this name in the project has another size' }];
    expect(boxNotice(came({ boxes: 1, image_ids: [1], damaged: 2, left_out_count: 1, left_out }))).toEqual({
      tone: 'info',
      message: '1 box becomes a mask to review, in 1 image',
      hint:
        '1 image was left out: a.jpg: the image of this name in the project has another size; ' +
        '2 entries are no boxes of their images',
    });
  });
});
