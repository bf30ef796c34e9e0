// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { changeGallery } from '../../../static/js/state/actions/project_actions.js';
import { putReview, setAssignments, setSession } from '../../../static/js/state/actions/team_actions.js';
import { GalleryFilters } from '../../../static/js/ui/gallery_filters.js';
import { makeReview, makeSession } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const props = { counts: { new: 1, in_work: 2, done: 3, reviewed: 0, skipped: 0 }, total: 6 };

describe('gallery filters', () => {
  it('count, add and take away states', async () => {
    const app = makeApp();
    app.store.apply(changeGallery({ states: ['new'] }));
    const { root, text } = show(GalleryFilters, { app, props });
    expect(text()).toContain('All 6 New 1 In work 2 Done 3');
    const [all, fresh, inWork] = [...root.querySelectorAll('button')];
    inWork.click();
    fresh.click();
    all.click();
    expect(
      /** @type {ReturnType<typeof import('vitest').vi.fn>} */ (app.commands.changeGallery).mock.calls.flat(),
    ).toEqual([{ states: ['new', 'in_work'] }, { states: [] }, { states: [] }]);
  });

  it('search and sort', () => {
    const { app, named } = show(GalleryFilters, { props });
    Object.assign(named('Search by file name'), { value: 'cat' }).dispatchEvent(new Event('input'));
    Object.assign(named('Order'), { value: 'name' }).dispatchEvent(new Event('change'));
    expect(app.commands.changeGallery).toHaveBeenCalledWith({ search: 'cat' });
    expect(app.commands.changeGallery).toHaveBeenCalledWith({ sort: 'name' });
  });

  it('find the own and the rejected photographs, only with accounts', async () => {
    const app = makeApp();
    expect(show(GalleryFilters, { app, props }).text()).not.toContain('Mine');
    app.store.apply(setSession(makeSession('annotator')));
    app.store.apply(setAssignments([{ image_id: 1, user_id: 1 }]));
    app.store.apply(putReview(makeReview()));
    const { text, click } = show(GalleryFilters, { app, props });
    expect(text()).toContain('Mine 1 Rejected 1');
    await click('Mine1');
    await click('Rejected1');
    expect(app.commands.changeGallery).toHaveBeenCalledWith({ mine: true });
    expect(app.commands.changeGallery).toHaveBeenCalledWith({ rejected: true });
  });
});
