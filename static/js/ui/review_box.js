/** What a reviewer said about an image or an object, and the buttons to say it. */

/** @import {Review, ReviewTarget} from '../team_types.js' */

import { html } from 'htm/preact';
import { may, reviewKey, reviewOf } from '../state/team.js';
import { phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button } from './controls.js';
import { Icon } from './icons.js';

/**
 * The box; nothing without accounts, and nothing for somebody who may not review while nothing was said.
 *
 * @param {{target: ReviewTarget}} props what it is about
 * @returns {unknown} its elements
 */
export function ReviewBox({ target }) {
  const user = useSession((state) => state.team.user);
  const reviews = useSession((state) => may(state, 'review'));
  const review = useSession((state) => reviewOf(state, target), [reviewKey(target)]);
  if (!user || (!review && !reviews)) return null;
  const isObject = target.objectKey !== null;
  return html`<div
    class="review"
    role="group"
    aria-label=${isObject ? text('Review of this object') : text('Review of this image')}
  >
    ${review ? html`<${VerdictTag} review=${review} />` : html`<span class="nothing-said">${text('Not reviewed')}</span>`}
    ${review?.comment && html`<p class="comment">${review.comment}</p>`}
    ${review && html`<p class="by">${text('by {name}', { name: review.author })}</p>`}
    ${reviews && html`<${VerdictButtons} target=${target} review=${review} />`}
  </div>`;
}

/**
 * What a reviewer can still say, or take back.
 *
 * @param {{target: ReviewTarget, review: Review | null}} props what it is about, and what was said of it
 * @returns {unknown} its elements
 */
function VerdictButtons({ target, review }) {
  const { commands } = useApp();
  const standing = review?.is_outdated ? null : review?.verdict;
  return html`<div class="verdict-buttons">
    ${review && html`<${Button} onClick=${() => commands.withdrawReview(review.id)}>${text('Take back')}<//>`}
    ${standing !== 'rejected' && html`<${Button} onClick=${() => commands.rejectReview(target)}>${text('Reject')}<//>`}
    ${
      standing !== 'accepted' &&
      html`<${Button} icon="check" onClick=${() => commands.acceptReview(target)}>${text('Accept')}<//>`
    }
  </div>`;
}

/**
 * A verdict as icon and word.
 *
 * @param {{review: Review}} props the verdict
 * @returns {unknown} its elements
 */
export function VerdictTag({ review }) {
  const look = lookOf(review);
  return html`<span class=${`verdict ${look}`}
    ><${Icon} name=${ICONS[look]} size=${14} />${text(VERDICTS[look])}</span
  >`;
}

/**
 * The verdict about an object, in its row.
 *
 * @param {{target: ReviewTarget}} props the object
 * @returns {unknown} its elements; none without a verdict
 */
export function VerdictMark({ target }) {
  const review = useSession((state) => reviewOf(state, target), [reviewKey(target)]);
  if (!review) return null;
  const look = lookOf(review);
  const words = review.comment ? `${text(VERDICTS[look])}: ${review.comment}` : text(VERDICTS[look]);
  return html`<span class=${`verdict ${look}`} role="img" aria-label=${words} title=${words}
    ><${Icon} name=${ICONS[look]} size=${14}
  /></span>`;
}

/** @type {Readonly<Record<'accepted' | 'rejected' | 'changed', string>>} */
const VERDICTS = Object.freeze({
  accepted: phrase('Accepted'),
  rejected: phrase('Rejected'),
  changed: phrase('Changed since the review'),
});

/** @type {Readonly<Record<keyof typeof VERDICTS, import('./icons.js').IconName>>} */
const ICONS = Object.freeze({ accepted: 'check', rejected: 'warning', changed: 'pencil' });

/** @type {(review: Review) => keyof typeof VERDICTS} */
function lookOf({ verdict, is_outdated: isOutdated }) {
  if (isOutdated) return 'changed';
  return verdict === 'rejected' ? 'rejected' : 'accepted';
}
