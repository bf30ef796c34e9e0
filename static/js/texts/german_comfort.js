/** German for keys, settings and the palette. */

/** By the English words. */
export const GERMAN_COMFORT = Object.freeze({
  Settings: 'Einstellungen',
  Theme: 'Farben',
  Dark: 'Dunkel',
  Light: 'Hell',
  'As the system': 'Wie das System',
  Language: 'Sprache',
  Keys: 'Tasten',
  'Show and change the keys': 'Tasten zeigen und ändern',
  'Search the keys': 'Tasten suchen',
  'Change keys': 'Tasten ändern',
  'Keys as delivered': 'Tasten wie geliefert',
  Ready: 'Fertig',
  'Key of {name}': 'Taste für {name}',
  'Press a key': 'Taste drücken',
  'Press, then press the new key; Backspace takes it away':
    'Drücken, dann die neue Taste drücken; die Rücktaste nimmt sie weg',
  'Search all actions': 'Alle Befehle suchen',
  Actions: 'Befehle',
  'What do you want to do?': 'Was möchten Sie tun?',
  'No action has these letters.': 'Kein Befehl hat diese Buchstaben.',
  'Width of the panels': 'Breite der Seitenleiste',
  'Classes and objects': 'Klassen und Objekte',

  Mouse: 'Maus',
  Pan: 'Verschieben',
  'Click on the object': 'Klick auf das Objekt',
  'Click on the background': 'Klick auf den Hintergrund',
  'Move a click': 'Klick verschieben',
  'Remove a click': 'Klick entfernen',
  'Refine a kept object': 'Behaltenes Objekt verfeinern',
  'Next reading': 'Nächste Deutung',
  'Zoom at the pointer': 'Am Zeiger vergrößern',
});
