/** Projects, the screen that is shown, and what the gallery shows. */

/** @import {Action, GalleryView, ImageId, ImageStateName, ProjectRecord, ScreenName} from '../state_types.js' */

import { createSessionState } from '../session_state.js';
import { openImage } from './image_actions.js';

/**
 * Show the list of projects.
 *
 * @param {readonly ProjectRecord[]} projects all of them
 * @returns {Action} an action on the list
 */
export function setProjects(projects) {
  return (state) => ({ ...state, projects });
}

/**
 * Add a project, or replace the one with the same id.
 *
 * @param {ProjectRecord} project as the server keeps it
 * @returns {Action} an action on the list
 */
export function putProject(project) {
  return (state) => {
    const known = state.projects.some((old) => old.id === project.id);
    const projects = known
      ? state.projects.map((old) => (old.id === project.id ? project : old))
      : [...state.projects, project].sort((a, b) => a.id - b.id);
    return { ...state, projects };
  };
}

/**
 * Take a project out of the list.
 *
 * @param {number} projectId the project
 * @returns {Action} an action on the list
 */
export function dropProject(projectId) {
  return (state) => ({ ...state, projects: state.projects.filter((project) => project.id !== projectId) });
}

/**
 * Enter a project: its images and classes are read next.
 *
 * @param {number} projectId the project
 * @returns {Action} does nothing inside it
 */
export function enterProject(projectId) {
  return (state) => {
    if (state.projectId === projectId) return state;
    const { gallery } = createSessionState();
    const left = openImage(null)(state);
    const empty = { images: [], imagesPhase: /** @type {const} */ ('loading'), categories: [], activeCategoryId: null };
    return { ...left, ...empty, projectId, gallery, projectProposals: null, proposalReview: null };
  };
}

/**
 * Fill the page with another screen.
 *
 * @param {ScreenName} screen the screen
 * @returns {Action} an action on the view
 */
export function showScreen(screen) {
  return (state) => (state.screen === screen ? state : { ...state, screen, dialog: null, dropActive: false });
}

/**
 * Change what the gallery shows.
 *
 * @param {Partial<GalleryView>} change the parts that change
 * @returns {Action} an action on the view
 */
export function changeGallery(change) {
  return (state) => ({ ...state, gallery: { ...state.gallery, ...change } });
}

/**
 * Say how far images are.
 *
 * @param {readonly ImageId[]} imageIds the images
 * @param {ImageStateName} name their new state
 * @returns {Action} an action on the list
 */
export function setImageState(imageIds, name) {
  return (state) => {
    const chosen = new Set(imageIds);
    const images = state.images.map((image) => (chosen.has(image.id) ? { ...image, state: name } : image));
    return { ...state, images };
  };
}
