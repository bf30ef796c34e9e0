/** German for the masks that the model proposes. */

/** By the English words. */
export const GERMAN_PROPOSALS = Object.freeze({
  Proposals: 'Vorschläge',
  'The model looks for all objects of this image. You accept what is right.':
    'Das Modell sucht alle Objekte dieses Bildes. Sie nehmen an, was richtig ist.',
  Propose: 'Vorschlagen',
  Search: 'Suche',
  'Predicted IoU at least': 'Vorhergesagte IoU mindestens',
  'Stability at least': 'Stabilität mindestens',
  'Forget all': 'Alle vergessen',
  'Predicted IoU and stability': 'Vorhergesagte IoU und Stabilität',
  'Accept proposal {number}': 'Vorschlag {number} annehmen',
  'Reject proposal {number}': 'Vorschlag {number} ablehnen',
  'The model found nothing here. Click the objects instead.':
    'Das Modell hat hier nichts gefunden. Klicken Sie die Objekte an.',
  'All proposals are decided.': 'Über alle Vorschläge ist entschieden.',
  'No proposal is this sure. Move the thresholds to the left.':
    'So sicher ist kein Vorschlag. Schieben Sie die Schwellen nach links.',
  'the project was not searched': 'das Projekt wurde nicht durchsucht',
  'Propose for all images': 'Für alle Bilder vorschlagen',
  '{done} of {total} images searched': '{done} von {total} Bildern durchsucht',
  Stop: 'Anhalten',
  '{count} image could not be searched.': '{count} Bild konnte nicht durchsucht werden.',
  '{count} images could not be searched.': '{count} Bilder konnten nicht durchsucht werden.',
  '{count} image is searched.': '{count} Bild ist durchsucht.',
  '{count} images are searched.': '{count} Bilder sind durchsucht.',
  'Restore {count} rejected': '{count} abgelehnte zurückholen',
});
