// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { putCategory } from '../../../static/js/state/actions/category_actions.js';
import { setConflict } from '../../../static/js/state/actions/conflict_actions.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { ConflictList } from '../../../static/js/ui/conflict_list.js';
import { makeCategory, makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('conflict list', () => {
  it('shows nothing while all agree', () => {
    expect(show(ConflictList).root.textContent).toBe('');
  });

  it('shows both versions and passes the choice on', async () => {
    const app = makeApp();
    app.store.apply(loadObjects(1, [makeObject('a', { area: 1234 })]));
    app.store.apply(setConflict('a', { imageId: 1, theirs: makeObject('a', { categoryId: 2, area: 99 }) }));
    const { text, root } = show(ConflictList, { app });
    expect(text()).toContain('cat was changed elsewhere');
    const [mine, theirs] = root.querySelectorAll('button');
    expect(mine.textContent).toMatch(/cat.*1,234 px.*Keep mine/s);
    expect(theirs.textContent).toMatch(/dog.*99 px.*Take theirs/s);
    mine.click();
    expect(app.commands.resolveConflict).toHaveBeenCalledExactlyOnceWith('a', 'mine');
    theirs.click();
    expect(app.commands.resolveConflict).toHaveBeenLastCalledWith('a', 'theirs');
  });

  it('cuts the name of a class that is too long for the sentence, and shows the whole as a tooltip', () => {
    const app = makeApp();
    const name = 'a name that goes on and on, as names of classes do';
    app.store.apply(putCategory(makeCategory(1, name)));
    app.store.apply(loadObjects(1, [makeObject('a')]));
    app.store.apply(setConflict('a', { imageId: 1, theirs: makeObject('a') }));
    const { text, find } = show(ConflictList, { app });
    expect(text()).toContain('a name that goes on and on,… was changed elsewhere');
    expect(find('p span').title).toBe(name);
    expect(find('.version .name').title).toBe(name);
  });

  it('says which side has deleted it', () => {
    const app = makeApp();
    app.store.apply(setConflict('a', { imageId: 1, theirs: makeObject('a') }));
    expect(show(ConflictList, { app }).root.querySelector('button')?.textContent).toContain('deleted');
    app.store.apply(loadObjects(1, [makeObject('b')]));
    app.store.apply(setConflict('a', null));
    app.store.apply(setConflict('b', { imageId: 1, theirs: null }));
    expect(show(ConflictList, { app }).text()).toContain('cat was deleted elsewhere');
  });
});
