// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setOthers } from '../../../static/js/state/actions/team_actions.js';
import { PeopleHere } from '../../../static/js/ui/people_here.js';
import { makeApp, show } from './ui_bench.js';

describe('people here', () => {
  it('names the others, and nobody when there is nobody', () => {
    const app = makeApp();
    expect(show(PeopleHere, { app }).text()).toBe('');
    app.store.apply(setOthers(['Ben', 'Cleo']));
    const { text, find } = show(PeopleHere, { app });
    expect(text()).toBe('Ben, Cleo');
    expect(find('[role=status]').title).toBe('Also on this image: Ben, Cleo');
  });
});
