// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setProjects } from '../../../static/js/state/actions/project_actions.js';
import { ProjectsScreen } from '../../../static/js/ui/projects_screen.js';
import { makeProject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('projects screen', () => {
  it('has a card for each project', () => {
    const app = makeApp();
    app.store.apply(setProjects([makeProject(1), makeProject(2, { name: 'cats' })]));
    const { root } = show(ProjectsScreen, { app });
    expect([...root.querySelectorAll('h3')].map((title) => title.textContent)).toEqual(['project 1', 'cats']);
  });

  it('takes the file of a project', async () => {
    const { app, named, drawn } = show(ProjectsScreen);
    const input = named('File of a project');
    const file = new File(['x'], 'cats.zip');
    Object.defineProperty(input, 'files', { value: [file] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await drawn();
    expect(app.commands.addSavedProject).toHaveBeenCalledExactlyOnceWith(file);
  });

  it('makes a project, and keeps a name that was refused in the field', async () => {
    const { app, named, click, drawn } = show(ProjectsScreen);
    const refuse = /** @type {ReturnType<typeof import("vitest").vi.fn>} */ (app.commands.createProject);
    refuse.mockResolvedValueOnce(false);
    await click('New project');
    const field = named('Name of the new project');
    Object.assign(field, { value: 'x'.repeat(1000) });
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await drawn();
    expect(app.commands.createProject).toHaveBeenCalledExactlyOnceWith('x'.repeat(1000));
    expect(/** @type {HTMLInputElement} */ (named('Name of the new project')).value).toHaveLength(1000);
  });
});
