/** Numbers about the objects of each class on the open image. */

import { html } from 'htm/preact';
import { classNumbers } from '../state/object_details.js';
import { currentImage, keptObjects } from '../state/selectors.js';
import { numeral, text } from '../texts/texts.js';
import { useSession } from './app_context.js';
import { ClassSwatch } from './class_swatch.js';

/**
 * The table.
 *
 * @returns {unknown} its elements
 */
export function ClassStatistics() {
  const objects = useSession(keptObjects);
  const categories = useSession((state) => state.categories);
  const image = useSession(currentImage);
  const rows = image ? classNumbers(objects, categories, image.width * image.height) : [];
  return html`<div class="table-frame">
    <table>
      <thead>
        <tr>
          <th scope="col">${text('Class')}</th>
          <th scope="col">${text('Objects')}</th>
          <th scope="col">${text('Mean area (px)')}</th>
          <th scope="col">${text('Part of the image (%)')}</th>
          <th scope="col">${text('Mean predicted IoU')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ category, count, area, share, iou }) =>
            html`<tr key=${category.id}>
              <th scope="row"><${ClassSwatch} category=${category} />${category.name}</th>
              <td>${numeral(count)}</td>
              <td>${numeral(area)}</td>
              <td>${numeral(100 * share, 1)}</td>
              <td>${iou === null ? '–' : numeral(iou, 2)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
