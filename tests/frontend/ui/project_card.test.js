// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setProjects } from '../../../static/js/state/actions/project_actions.js';
import { ProjectCard } from '../../../static/js/ui/project_card.js';
import { makeProject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const COVER = { thumbnail_url: '/t/1', masked_thumbnail_url: '/m/1' };

describe('project card', () => {
  it('shows photographs, progress and the last change', () => {
    const counts = { new: 3, in_work: 1, done: 5, reviewed: 1, skipped: 0 };
    const project = makeProject(1, { cover: [COVER], image_counts: counts, object_count: 1, seconds_left: 600 });
    const { root, text } = show(ProjectCard, { props: { project } });
    expect(root.querySelector('img')?.getAttribute('src')).toBe('/m/1');
    expect(text()).toContain('6 of 10 done · about 10 min left');
    expect(text()).toContain('1 object · changed Jan 2, 2026');
  });

  it('leads to the file of the project', () => {
    const { root } = show(ProjectCard, { props: { project: makeProject(3) } });
    const link = root.querySelector('a[download]');
    expect(link?.getAttribute('aria-label')).toBe('Save project 3 as one file');
    expect(link?.getAttribute('href')).toBe('/api/projects/3/backup');
  });

  it('opens, renames and deletes, but keeps the last one', async () => {
    const app = makeApp();
    const project = makeProject(1);
    app.store.apply(setProjects([project, makeProject(2)]));
    const { named, click, drawn } = show(ProjectCard, { app, props: { project } });
    await click('Open the project project 1');
    await click('Delete the project project 1');
    await click('Rename project 1');
    const field = named('Project name');
    Object.assign(field, { value: 'cats' });
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await drawn();
    expect(app.commands.openProject).toHaveBeenCalledWith(1);
    expect(app.commands.removeProject).toHaveBeenCalledWith(1);
    expect(app.commands.renameProject).toHaveBeenCalledWith(1, 'cats');
    app.store.apply(setProjects([project]));
    await drawn();
    expect(named('Delete the project project 1').hasAttribute('disabled')).toBe(true);
  });
});
