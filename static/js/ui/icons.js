/** One set of icons, drawn for this page on a grid of 24 with round 1.5 pixel strokes. */

import { html } from 'htm/preact';

/** Name to the paths of the icon. */
const PATHS = {
  select: 'M5.5 4.5l13.5 6-5.8 2.2L11 18.5z',
  point: 'M12 3.5v4M12 16.5v4M3.5 12h4M16.5 12h4M12 12v.01M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  box: 'M6.5 4.5v15M17.5 4.5v15M4.5 6.5h15M4.5 17.5h15',
  pan: 'M8 12.8V6.6a1.5 1.5 0 0 1 3 0V11V5a1.5 1.5 0 0 1 3 0v6V6.6a1.5 1.5 0 0 1 3 0V14.5a6 6 0 0 1-6 6h-.4a5 5 0 0 1-4.2-2.3l-2.3-3.7a1.45 1.45 0 0 1 2.3-1.7z',
  zoomIn: 'M4.5 10.5a6 6 0 1 0 12 0a6 6 0 1 0-12 0M15 15l4.5 4.5M10.5 8v5M8 10.5h5',
  zoomOut: 'M4.5 10.5a6 6 0 1 0 12 0a6 6 0 1 0-12 0M15 15l4.5 4.5M8 10.5h5',
  fit: 'M4.5 8.5V6A1.5 1.5 0 0 1 6 4.5h2.5M15.5 4.5H18A1.5 1.5 0 0 1 19.5 6v2.5M19.5 15.5V18a1.5 1.5 0 0 1-1.5 1.5h-2.5M8.5 19.5H6A1.5 1.5 0 0 1 4.5 18v-2.5',
  masks:
    'M12.5 4.5c4 0 7 2.7 7 6.5s-2.6 8.5-7 8.5-8-3.2-8-7.5 4-7.5 8-7.5zM9 14.8l5.8-5.8M8 11.8l3.3-3.3M12.6 15.6l3.2-3.2',
  eye: 'M2.8 12S6.2 5.8 12 5.8 21.2 12 21.2 12 17.8 18.2 12 18.2 2.8 12 2.8 12zM9.4 12a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0',
  eyeOff:
    'M4.5 4.5l15 15M9.8 6.1a8.6 8.6 0 0 1 2.2-.3c5.8 0 9.2 6.2 9.2 6.2a16 16 0 0 1-2.7 3.5M6.6 7.5A15.4 15.4 0 0 0 2.8 12S6.2 18.2 12 18.2a8.7 8.7 0 0 0 4.3-1.1',
  undo: 'M8.5 5.5l-4 4 4 4M4.5 9.5h9a5 5 0 0 1 0 10H10',
  redo: 'M15.5 5.5l4 4-4 4M19.5 9.5h-9a5 5 0 0 0 0 10H14',
  download: 'M12 4.5v10.5M7.5 10.8l4.5 4.4 4.5-4.4M5 19.5h14',
  plus: 'M12 5.5v13M5.5 12h13',
  trash: 'M4.5 7h15M9.5 7V4.8h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.5 10.8v5M13.5 10.8v5',
  pencil: 'M4.5 19.5l1-4.2L15.7 5.1l3.2 3.2L8.7 18.5zM13.5 7.3l3.2 3.2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  help: 'M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M9.7 9.7a2.4 2.4 0 1 1 3.5 2.1c-.8.5-1.2 1-1.2 1.9M12 16.6v.01',
  photo:
    'M6 4.5h12A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V6A1.5 1.5 0 0 1 6 4.5zM4.5 16l4-4 4.5 4.5 2.5-2.5 4 4M14.3 8.8a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0',
  folder:
    'M3.5 7.5A1.5 1.5 0 0 1 5 6h4.2l2 2.2H19a1.5 1.5 0 0 1 1.5 1.5v7.8a1.5 1.5 0 0 1-1.5 1.5H5a1.5 1.5 0 0 1-1.5-1.5z',
  left: 'M14.5 6.5L9 12l5.5 5.5',
  right: 'M9.5 6.5L15 12l-5.5 5.5',
  down: 'M6.5 9.5L12 15l5.5-5.5',
  up: 'M6.5 14.5L12 9l5.5 5.5',
  warning: 'M12 4.8l8.3 14.4H3.7zM12 10.3v4M12 16.8v.01',
  grid: 'M5 5h5.5v5.5H5zM13.5 5H19v5.5h-5.5zM5 13.5h5.5V19H5zM13.5 13.5H19V19h-5.5z',
  chart: 'M4.5 19.5h15M7 16v-4.5M12 16V6.5M17 16v-7',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
  search: 'M4.5 10.5a6 6 0 1 0 12 0a6 6 0 1 0-12 0M15 15l4.5 4.5',
  list: 'M9 6.5h10.5M9 12h10.5M9 17.5h10.5M4.8 6.5v.01M4.8 12v.01M4.8 17.5v.01',
  next: 'M6 6.5l5.5 5.5L6 17.5M12.5 6.5L18 12l-5.5 5.5',
  retry: 'M19 12a7 7 0 1 1-2.1-5M19.2 4.2v3.6h-3.6',
};

/** @typedef {keyof typeof PATHS} IconName */

/**
 * Draw an icon. It is hidden from readers: the control around it has the name.
 *
 * @param {{name: IconName, size?: number}} props which icon, and its side in CSS pixels
 * @returns {unknown} its elements
 */
export function Icon({ name, size = 20 }) {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} />
  </svg>`;
}
