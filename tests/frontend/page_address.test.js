// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { followAddress, formatAddress, parseAddress, startPlace } from '../../static/js/page_address.js';
import { openImage } from '../../static/js/state/actions/image_actions.js';
import { showScreen } from '../../static/js/state/actions/project_actions.js';
import { storeWithImages } from './session_builders.js';

beforeEach(() => {
  localStorage.clear();
  window.history.replaceState(null, '', '#');
});

describe('page address', () => {
  it.each([
    ['#/projects', { screen: 'projects', projectId: null, imageId: null }],
    ['#/projects/3', { screen: 'gallery', projectId: 3, imageId: null }],
    ['#/projects/3/images', { screen: 'work', projectId: 3, imageId: null }],
    ['#/projects/3/images/17', { screen: 'work', projectId: 3, imageId: 17 }],
    ['#/projects/3/learning', { screen: 'learning', projectId: 3, imageId: null }],
    ['#/projects/3/statistics', { screen: 'statistics', projectId: 3, imageId: null }],
  ])('reads %s and writes it again', (hash, place) => {
    expect(parseAddress(hash)).toEqual(place);
    const { screen, projectId, imageId } = place;
    const state = { screen: /** @type {'work'} */ (screen), projectId: projectId ?? 9, currentImageId: imageId };
    expect(formatAddress(state)).toBe(hash);
  });

  it.each(['', '#', '#/projects/x', '#/projects/3/photos', `#/projects/${'9'.repeat(20)}`])(
    'takes %s for none',
    (hash) => {
      expect(parseAddress(hash)).toBeNull();
    },
  );

  it('follows the session, and the session follows it', () => {
    const store = storeWithImages();
    const goTo = vi.fn();
    followAddress(store, localStorage, goTo);
    expect(window.location.hash).toBe('#/projects/1/images/1');
    const steps = window.history.length;
    store.apply(openImage(2));
    expect(window.location.hash).toBe('#/projects/1/images/2');
    expect(window.history.length).toBe(steps);
    store.apply(showScreen('gallery'));
    expect(window.location.hash).toBe('#/projects/1');
    window.history.replaceState(null, '', '#/projects/1/images/3');
    window.dispatchEvent(new Event('popstate'));
    expect(goTo).toHaveBeenCalledExactlyOnceWith({ screen: 'work', projectId: 1, imageId: 3 });
  });

  it('begins where the address says, else where the browser was last, else at the oldest project', () => {
    expect(startPlace(localStorage)).toEqual({ screen: 'work', projectId: null, imageId: null });
    localStorage.setItem('maskwright.place', '#/projects/4');
    expect(startPlace(localStorage)).toMatchObject({ screen: 'gallery', projectId: 4 });
    window.history.replaceState(null, '', '#/projects/5/statistics');
    expect(startPlace(localStorage)).toMatchObject({ screen: 'statistics', projectId: 5 });
  });
});
