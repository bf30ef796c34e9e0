/** Who is signed in, and who else there is. */

/** @import {Action} from '../state_types.js' */
/** @import {AssignmentJson, LeftWorkCount, Review, ReviewTarget, SessionJson, TeamworkJson, User} from '../../team_types.js' */

import { reviewKey, targetOf } from '../team.js';

/**
 * Say who is signed in.
 *
 * @param {SessionJson} session as the server tells it
 * @returns {Action} an action on the team; a role without drawing puts the drawing tools away
 */
export function setSession({ user, permissions }) {
  return (state) => ({
    ...state,
    team: { ...state.team, user, permissions },
    tool: permissions.includes('annotate') ? state.tool : 'select',
  });
}

/**
 * Show everybody who may sign in.
 *
 * @param {readonly User[]} users all of them
 * @returns {Action} an action on the team
 */
export function setUsers(users) {
  return (state) => ({ ...state, team: { ...state.team, users } });
}

/**
 * Add somebody, or replace who has the same id.
 *
 * @param {User} user as the server keeps them
 * @returns {Action} an action on the team
 */
export function putUser(user) {
  return (state) => {
    const { users } = state.team;
    const known = users.some(({ id }) => id === user.id);
    const next = known ? users.map((old) => (old.id === user.id ? user : old)) : [...users, user];
    return { ...state, team: { ...state.team, users: next } };
  };
}

/**
 * Show what reviewers said in the loaded project, and who shall work on what.
 *
 * @param {TeamworkJson} teamwork as the server tells it
 * @returns {Action} an action on the team
 */
export function setTeamwork({ reviews, assignments }) {
  return (state) => {
    const byTarget = Object.fromEntries(reviews.map((review) => [reviewKey(targetOf(review)), review]));
    return setAssignments(assignments)({ ...state, team: { ...state.team, reviews: byTarget } });
  };
}

/**
 * Show who shall work on what.
 *
 * @param {readonly AssignmentJson[]} assignments of the loaded project
 * @returns {Action} an action on the team
 */
export function setAssignments(assignments) {
  return (state) => {
    const byImage = Object.fromEntries(assignments.map(({ image_id: image, user_id: user }) => [image, user]));
    return { ...state, team: { ...state.team, assignments: byImage } };
  };
}

/**
 * Show a new verdict in place of the one before about the same thing.
 *
 * @param {Review} review as the server keeps it; one that was withdrawn leaves none
 * @returns {Action} an action on the team
 */
export function putReview(review) {
  return (state) => {
    const { [reviewKey(targetOf(review))]: _, ...others } = state.team.reviews;
    const reviews = review.verdict === 'withdrawn' ? others : { ...others, [reviewKey(targetOf(review))]: review };
    return { ...state, team: { ...state.team, reviews } };
  };
}

/**
 * Say who else is on the open image.
 *
 * @param {readonly string[]} others their names
 * @returns {Action} an action on the team; the same names change nothing
 */
export function setOthers(others) {
  return (state) =>
    others.join() === state.team.others.join() ? state : { ...state, team: { ...state.team, others } };
}

/**
 * Say what others left behind in this browser.
 *
 * @param {readonly LeftWorkCount[]} leftWork by person
 * @returns {Action} an action on the team; opens the dialog while there is something, and closes it when all is gone
 */
export function setLeftWork(leftWork) {
  return (state) => {
    const rest = state.dialog === 'leftWork' ? null : state.dialog;
    return { ...state, team: { ...state.team, leftWork }, dialog: leftWork.length > 0 ? 'leftWork' : rest };
  };
}

/**
 * Say what shall be rejected, once a comment was given.
 *
 * @param {ReviewTarget | null} rejecting the image or the object
 * @returns {Action} opens the dialog, or closes it
 */
export function setRejecting(rejecting) {
  return (state) => ({ ...state, team: { ...state.team, rejecting }, dialog: rejecting ? 'reject' : null });
}
