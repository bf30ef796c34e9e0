// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { putCategory } from '../../../static/js/state/actions/category_actions.js';
import { addNotice, showDialog } from '../../../static/js/state/actions/view_actions.js';
import { ClassSettings } from '../../../static/js/ui/class_settings.js';
import { makeCategory } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('class settings', () => {
  it('keep the choices of a question when the one above it goes', async () => {
    const app = makeApp();
    app.store.apply(showDialog('classSettings', 1));
    const { named, click, drawn } = show(ClassSettings, { app });
    for (const [number, choices] of ['red', 'large'].entries()) {
      await click('Add attribute');
      expect(document.activeElement).toBe(named(`Name of attribute ${number + 1}`));
      Object.assign(named(`Name of attribute ${number + 1}`), { value: `q${number}` }).dispatchEvent(
        new Event('input'),
      );
      Object.assign(named(`Kind of attribute ${number + 1}`), { value: 'choice' }).dispatchEvent(new Event('change'));
      await drawn();
      Object.assign(named(`Choices of attribute ${number + 1}`), { value: choices }).dispatchEvent(new Event('input'));
      await drawn();
    }
    await click('Remove attribute 1');
    expect(/** @type {HTMLInputElement} */ (named('Choices of attribute 1')).value).toBe('large');
  });

  it('add questions, and keep them in the form when the server refuses', async () => {
    const app = makeApp();
    app.store.apply(showDialog('classSettings', 1));
    const refuse = /** @type {import('vitest').Mock} */ (app.commands.updateCategory);
    refuse.mockResolvedValueOnce(false);
    const { root, named, text, click, drawn } = show(ClassSettings, { app });
    await click('Add attribute');
    Object.assign(named('Name of attribute 1'), { value: 'colour' }).dispatchEvent(new Event('input'));
    Object.assign(named('Kind of attribute 1'), { value: 'choice' }).dispatchEvent(new Event('change'));
    await drawn();
    Object.assign(named('Choices of attribute 1'), { value: ' red, ,blue ' }).dispatchEvent(new Event('input'));
    await drawn();
    app.store.apply(addNotice({ tone: 'error', message: 'choices must differ', hint: 'change one' }));
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(refuse).toHaveBeenCalledWith(1, {
      attributes: [{ name: 'colour', kind: 'choice', choices: ['red', 'blue'] }],
    });
    expect(text()).toContain('Choices must differ');
    expect(app.commands.showDialog).not.toHaveBeenCalled();
    await click('Remove attribute 1');
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(refuse).toHaveBeenLastCalledWith(1, { attributes: [] });
    expect(app.commands.showDialog).toHaveBeenCalledWith(null);
  });

  it('change the pattern, which is seen in the colour of the class, and leave it alone where nobody chose', async () => {
    const app = makeApp();
    app.store.apply(putCategory({ ...makeCategory(1, 'cat'), pattern: 'dots' }));
    app.store.apply(showDialog('classSettings', 1));
    const { root, find, drawn } = show(ClassSettings, { app });
    const chosen = () => root.querySelector('input:checked')?.getAttribute('value');
    const save = async () => {
      root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await drawn();
    };
    expect(chosen()).toBe('dots');
    expect(root.querySelectorAll('.patterns .swatch')).toHaveLength(5);
    await save();
    expect(app.commands.updateCategory).toHaveBeenLastCalledWith(1, { attributes: [] });
    find('input[value="stripes_up"]').click();
    await drawn();
    expect(chosen()).toBe('stripes_up');
    await save();
    expect(app.commands.updateCategory).toHaveBeenLastCalledWith(1, { attributes: [], pattern: 'stripes_up' });
  });
});
