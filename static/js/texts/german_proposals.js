/** German for the masks that the model proposes. */

/** By the English words. */
export const GERMAN_PROPOSALS = Object.freeze({
  Proposals: 'Vorschläge',
  'The model looks for all objects of this image. You accept what is right.':
    'Das Modell sucht alle Objekte dieses Bildes. Sie nehmen an, was richtig ist.',
  Propose: 'Vorschlagen',
  Search: 'Suche',
  'Predicted IoU at least': 'Vorhergesagte IoU ab',
  'Stability at least': 'Stabilität ab',
  'Accept this {count}': 'Diesen {count} annehmen',
  'Accept these {count}': 'Diese {count} annehmen',
  'the proposals were not accepted': 'die Vorschläge wurden nicht angenommen',
  'Forget all': 'Alle vergessen',
  'Predicted IoU and stability': 'Vorhergesagte IoU und Stabilität',
  'Accept proposal {number}': 'Vorschlag {number} annehmen',
  'Reject proposal {number}': 'Vorschlag {number} ablehnen',
  'The model found nothing here. Click the objects instead.':
    'Das Modell hat hier nichts gefunden. Klicken Sie die Objekte an.',
  'All proposals that are this sure are decided. Move the thresholds to the left for {count} that is less sure.':
    'Über alle so sicheren Vorschläge ist entschieden. {count} weniger sicherer kommt, wenn Sie die Schwellen nach links schieben.',
  'All proposals that are this sure are decided. Move the thresholds to the left for {count} that are less sure.':
    'Über alle so sicheren Vorschläge ist entschieden. {count} weniger sichere kommen, wenn Sie die Schwellen nach links schieben.',
  'The model looks for objects: {percent} %': 'Das Modell sucht Objekte: {percent} %',
  '{shown} of {open}': '{shown} von {open}',
  'All images of the project': 'Alle Bilder des Projekts',
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
  'File with the boxes of a detector': 'Datei mit den Rahmen eines Detektors',
  'A COCO file: images and annotations with bbox, or a list of results':
    'Eine COCO-Datei: images und annotations mit bbox, oder eine Liste von Ergebnissen',
  'Make masks of a detector’s boxes': 'Aus Rahmen eines Detektors Masken machen',
  'no boxes were taken in': 'es wurden keine Rahmen übernommen',
  '{count} box becomes a mask to review, in {images}': '{count} Rahmen wird eine Maske zum Prüfen, in {images}',
  '{count} boxes become masks to review, in {images}': '{count} Rahmen werden Masken zum Prüfen, in {images}',
  '{count} image was left out: {name}: {reason}': '{count} Bild wurde ausgelassen: {name}: {reason}',
  '{count} images were left out; {name}: {reason}': '{count} Bilder wurden ausgelassen; {name}: {reason}',
  '{count} entry is no box of its image': '{count} Eintrag ist kein Rahmen seines Bildes',
  '{count} entries are no boxes of their images': '{count} Einträge sind keine Rahmen ihrer Bilder',
  '{count} image': '{count} Bild',
  '{count} images': '{count} Bilder',
  'Review all images': 'Alle Bilder prüfen',
  'Review the proposals of all images': 'Die Vorschläge aller Bilder prüfen',
  'Image {place} of {total} to review': 'Bild {place} von {total} zu prüfen',
  'Leave for later': 'Für später lassen',
  'Back to {name}': 'Zurück zu {name}',
  'End the review': 'Prüfung beenden',
  'all proposals of this review are decided': 'über alle Vorschläge dieser Prüfung ist entschieden',
  'images that were left for later are listed when you review again':
    'Bilder, die für später blieben, kommen bei der nächsten Prüfung',
  'no image has proposals to decide about': 'kein Bild hat Vorschläge, über die zu entscheiden ist',
  'propose for all images first, or move the thresholds to the left':
    'lassen Sie zuerst für alle Bilder vorschlagen, oder schieben Sie die Schwellen nach links',
  'the proposals of the project could not be listed': 'die Vorschläge des Projekts konnten nicht aufgelistet werden',
  'what you decided about proposals was not kept': 'was Sie über Vorschläge entschieden haben, wurde nicht behalten',
  'Restore {count} rejected': '{count} abgelehnte zurückholen',
});
