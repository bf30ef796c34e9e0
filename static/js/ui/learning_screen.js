/** Learning from the work: what there is to learn from, the run, and the models that came of it. */

/** @import {LearningJson, LessonsJson} from '../learning_types.js' */

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { currentProject } from '../state/image_states.js';
import { numeral, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { isGoingOn, LearningRun } from './learning_run.js';
import { ModelList } from './model_list.js';

/** Pause between questions while a run goes on, in milliseconds. */
const PAUSE = 1000;

/**
 * The screen.
 *
 * @returns {unknown} its elements
 */
export function LearningScreen() {
  const { commands } = useApp();
  const project = useSession(currentProject);
  const id = project?.id ?? null;
  const [read, setRead] = useState(/** @type {LearningJson | null} */ (null));
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let stays = true;
    if (id === null) return undefined;
    void commands.readLearning(id).then((found) => {
      if (!stays) return;
      if (found) setRead(found);
      if (!found || isGoingOn(found.tuning)) setTimeout(() => stays && setAsked(asked + 1), PAUSE);
    });
    return () => {
      stays = false;
    };
  }, [id, asked, commands]);
  const askAgain = () => setAsked(asked + 1);
  return html`<main class="screen learning" aria-busy=${read === null}>
    <header class="screen-head"><h2>${text('Learning from {name}', { name: project?.name ?? '' })}</h2></header>
    ${
      read &&
      id !== null &&
      html`<p class="fine lead">
          ${text(
            'The decoder can learn from the masks that you have accepted. Photographs that are kept apart show whether it needs fewer clicks. The model that came with the program always stays.',
          )}
        </p>
        <div class="columns">
          <${Lessons} lessons=${read.lessons} />
          <${LearningRun}
            projectId=${id}
            tuning=${read.tuning}
            isEnough=${read.lessons.is_enough}
            onChange=${askAgain}
          />
        </div>
        <${ModelList} list=${read.models} onChange=${askAgain} />`
    }
  </main>`;
}

/** @param {{lessons: LessonsJson}} props what there is to learn from */
function Lessons({ lessons }) {
  const categories = useSession((state) => state.categories);
  const images = lessons.image_count + lessons.held_out_image_count;
  const masks = lessons.mask_count + lessons.held_out_mask_count;
  const most = Math.max(1, ...lessons.by_category.map(({ mask_count: count }) => count));
  return html`<section class="sheet" aria-label=${text('What it learns from')}>
    <h3>${text('What it learns from')}</h3>
    <dl class="counts">
      <div>
        <dt>${text('Photographs to learn from')}</dt>
        <dd>${numeral(lessons.image_count)}</dd>
      </div>
      <div>
        <dt>${text('Masks on them')}</dt>
        <dd>${numeral(lessons.mask_count)}</dd>
      </div>
      <div>
        <dt>${text('Photographs kept apart')}</dt>
        <dd>${numeral(lessons.held_out_image_count)}</dd>
      </div>
      <div>
        <dt>${text('Masks on those')}</dt>
        <dd>${numeral(lessons.held_out_mask_count)}</dd>
      </div>
    </dl>
    ${
      lessons.by_category.length > 0 &&
      html`<ul class="class-counts" aria-label=${text('Masks of each class')}>
        ${lessons.by_category.map(({ category_id: number, mask_count: count }) => {
          const category = categories.find((one) => one.id === number);
          return html`<li key=${number}>
            <span class="class-name">${category?.name ?? text('deleted class')}</span>
            <span class="class-bar" aria-hidden="true">
              <span style=${{ width: `${(100 * count) / most}%`, background: category?.color }}></span>
            </span>
            <span class="class-count">${numeral(count)}</span>
          </li>`;
        })}
      </ul>`
    }
    ${
      lessons.left_out > 0 &&
      html`<p class="fine">
        ${text('{count} masks are left out: crowds, and specks of a few pixels.', { count: lessons.left_out })}
      </p>`
    }
    ${
      !lessons.is_enough &&
      html`<p class="warning">
        ${text(
          'This is too little. It takes {images} photographs with {masks} accepted masks; there are {hasImages} with {hasMasks}.',
          { images: lessons.least_images, masks: lessons.least_masks, hasImages: images, hasMasks: masks },
        )}
      </p>`
    }
  </section>`;
}
