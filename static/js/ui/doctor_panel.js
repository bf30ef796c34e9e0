/** The doctor: how well this browser can run the decoder, and what to do where it could be better. */

/** @import {DoctorRow} from '../types.js' */

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { Button } from './controls.js';
import { Icon } from './icons.js';

/** Numbers are read anew so often while the panel is open, in milliseconds. */
const REFRESH = 1000;

/**
 * The panel, inside its dialog.
 *
 * @returns {unknown} its elements
 */
export function DoctorPanel() {
  const { doctor } = useApp();
  const [rows, setRows] = useState(/** @type {readonly DoctorRow[]} */ ([]));
  const [measuring, setMeasuring] = useState(false);
  const [said, setSaid] = useState('');
  useEffect(() => {
    let isOpen = true;
    const look = () => doctor.examine().then((found) => isOpen && setRows(found));
    void look();
    const timer = setInterval(look, REFRESH);
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [doctor, measuring]);
  const measure = async () => {
    setMeasuring(true);
    setSaid('');
    const done = await doctor.measure();
    setMeasuring(false);
    setSaid(done ? text('Measured') : text('Open an image that can be clicked on, then measure again.'));
  };
  const copy = async () => {
    await doctor.copy(rows);
    setSaid(text('Copied'));
  };
  return html`<div class="doctor">
    <dl>${rows.map((row) => html`<${Finding} key=${row.name} row=${row} />`)}</dl>
    <footer>
      <span role="status">${said}</span>
      <${Button} onClick=${copy}>${text('Copy report')}<//>
      <${Button} icon="retry" disabled=${measuring} onClick=${measure}>
        ${measuring ? text('Measuring') : text('Measure again')}
      <//>
    </footer>
  </div>`;
}

/** @param {{row: DoctorRow}} props one finding */
function Finding({ row: { name, value, good, advice } }) {
  return html`<div class=${good ? 'finding' : 'finding poor'}>
    <dt>${name}</dt>
    <dd>
      ${!good && html`<${Icon} name="warning" size=${14} />`}
      <span>${value}</span>
      ${advice && html`<p>${advice}</p>`}
    </dd>
  </div>`;
}
