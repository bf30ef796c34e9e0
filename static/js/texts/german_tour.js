/** German for the tour. */

/** By the English words. */
export const GERMAN_TOUR = Object.freeze({
  Tour: 'Rundgang',
  'Take the tour': 'Rundgang machen',
  'Nothing at hand?': 'Nichts zur Hand?',
  'Try it with a sample photograph': 'Mit einem Beispielfoto ausprobieren',
  'the tour did not start': 'der Rundgang begann nicht',
  'Step {number} of {count}': 'Schritt {number} von {count}',
  'End the tour': 'Beenden',
  'Skip this step': 'Schritt überspringen',
  'Point at the spoon': 'Zeigen Sie auf den Löffel',
  'The dashed outline shows the mask that a click would give. Move about and watch it follow.':
    'Der gestrichelte Umriss zeigt die Maske, die ein Klick ergäbe. Bewegen Sie den Zeiger, sie folgt.',
  'Without a mouse: the arrow keys move a crosshair.': 'Ohne Maus: Die Pfeiltasten bewegen ein Fadenkreuz.',
  'Click the spoon': 'Klicken Sie den Löffel an',
  'One click on the object is often enough. Tab goes through what it may mean: whole, part, sub-part.':
    'Oft genügt ein Klick auf das Objekt. Tab wechselt, was er meint: Ganzes, Teil, Teil des Teils.',
  'Without a mouse: Space clicks at the crosshair.': 'Ohne Maus: Die Leertaste klickt am Fadenkreuz.',
  'Click beside it with the right button': 'Klicken Sie mit der rechten Taste daneben',
  'A click on the background takes away what does not belong to the object.':
    'Ein Klick auf den Hintergrund nimmt weg, was nicht zum Objekt gehört.',
  'Without a mouse: Shift+Space at the crosshair.': 'Ohne Maus: Umschalt+Leertaste am Fadenkreuz.',
  'Drag a box around the spoon': 'Ziehen Sie einen Rahmen um den Löffel',
  'A box says where the object ends. Boxes and clicks work together.':
    'Ein Rahmen sagt, wo das Objekt endet. Rahmen und Klicks wirken zusammen.',
  'Without a mouse: R, then Space at two corners.': 'Ohne Maus: R, dann die Leertaste an zwei Ecken.',
  'Press Enter to accept': 'Enter nimmt an',
  'The mask is kept with its class and saved at once. Ctrl+Z takes back any step.':
    'Die Maske wird mit ihrer Klasse behalten und sofort gesichert. Strg+Z nimmt jeden Schritt zurück.',
  'The number keys choose another class first.': 'Die Zifferntasten wählen vorher eine andere Klasse.',
  'The button at the top right writes all masks of the project, and reads the file back before you get it.':
    'Der Knopf oben rechts schreibt alle Masken des Projekts und liest die Datei zurück, bevor Sie sie bekommen.',
  'The key is Ctrl+E.': 'Die Taste ist Strg+E.',
  'That is the whole way': 'Das ist der ganze Weg',
  'Drop your own photographs anywhere on this page. The tour waits under the keys, which ? shows.':
    'Legen Sie Ihre eigenen Fotos irgendwo auf dieser Seite ab. Der Rundgang steht bei den Tasten, die ? zeigt.',
});
