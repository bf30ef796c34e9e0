/** What the masks of a project cost: numbers, plots over time and by class. */

/** @import {CostJson, StatisticsJson} from '../types.js' */
/** @import {CostMeans} from '../state/cost.js' */

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { statisticsFileUrl } from '../api/projects_api.js';
import { meansOf } from '../state/cost.js';
import { currentProject } from '../state/image_states.js';
import { language, numeral, phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { BarPlot } from './bar_plot.js';
import { Icon } from './icons.js';

/** @type {readonly {key: keyof CostMeans, title: string}[]} */
const MEASURES = [
  { key: 'seconds', title: phrase('Seconds per mask') },
  { key: 'clicks', title: phrase('Clicks per mask') },
  { key: 'perImage', title: phrase('Masks per image') },
];

/**
 * The screen.
 *
 * @returns {unknown} its elements
 */
export function StatisticsScreen() {
  const { commands } = useApp();
  const project = useSession(currentProject);
  const id = project?.id ?? null;
  const [read, setRead] = useState(/** @type {StatisticsJson | null} */ (null));
  useEffect(() => {
    let stays = true;
    if (id === null) return undefined;
    void commands.readStatistics(id).then((found) => stays && setRead(found));
    return () => {
      stays = false;
    };
  }, [id, commands]);
  return html`<main class="screen statistics" aria-busy=${read === null}>
    <header class="screen-head">
      <h2>${text('Statistics of {name}', { name: project?.name ?? '' })}</h2>
      <span class="spacer"></span>
      ${
        id !== null &&
        html`<a class="button" href=${statisticsFileUrl(id)} download>
          <${Icon} name="download" size=${16} /><span>${text('All masks as CSV')}</span>
        </a>`
      }
    </header>
    ${read && html`<${Numbers} total=${read.total} /><${Plots} read=${read} />`}
  </main>`;
}

/** @param {{total: CostJson}} props sums over all masks */
function Numbers({ total }) {
  const means = meansOf(total);
  /** @type {[string, string][]} */
  const numbers = [
    [text('Masks'), numeral(total.object_count)],
    [text('Seconds per mask'), shown(means.seconds)],
    [text('Clicks per mask'), shown(means.clicks)],
    [text('Undos per mask'), shown(means.undos)],
    [text('Hand edits per mask'), shown(means.handEdits)],
    [text('Masks per image'), shown(means.perImage)],
  ];
  const unmeasured = total.object_count - total.measured_count;
  return html`<dl class="numbers">
      ${numbers.map(
        ([label, value]) =>
          html`<div key=${label}>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    <p class="fine">
      ${text('Working time leaves out pauses: after ten seconds without a hand on the page the clock stops.')}
      ${unmeasured > 0 && text(' {count} masks were made without measuring and count only as masks.', { count: unmeasured })}
    </p>`;
}

/** @param {{read: StatisticsJson}} props the sums */
function Plots({ read }) {
  const categories = useSession((state) => state.categories);
  const byDay = read.by_day.map((cost) => ({ label: shortDay(cost.day), means: meansOf(cost) }));
  const byClass = read.by_category.map((cost) => {
    const category = categories.find(({ id }) => id === cost.category_id);
    return { label: category?.name ?? text('deleted class'), color: category?.color, means: meansOf(cost) };
  });
  return html`<section class="plots" aria-label=${text('Over time')}>
      <h3>${text('Over time')}</h3>
      ${MEASURES.map(
        ({ key, title }) =>
          html`<${BarPlot}
            key=${key}
            title=${text(title)}
            fileName=${`${key}_by_day`}
            bars=${byDay.map(({ label, means }) => ({ label, value: means[key] }))}
          />`,
      )}
    </section>
    <section class="plots" aria-label=${text('By class')}>
      <h3>${text('By class')}</h3>
      ${MEASURES.map(
        ({ key, title }) =>
          html`<${BarPlot}
            key=${key}
            title=${text(title)}
            fileName=${`${key}_by_class`}
            bars=${byClass.map(({ label, color, means }) => ({ label, color, value: means[key] }))}
          />`,
      )}
    </section>`;
}

/** @type {(value: number | null) => string} */
const shown = (value) => (value === null ? '–' : numeral(value, 1));

/** @type {(day: string) => string} */
function shortDay(day) {
  const date = new Date(`${day}T12:00:00Z`);
  return date.toLocaleDateString(language.value, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
