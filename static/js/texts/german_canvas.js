/** German for the canvas: overlaps, the look of photograph and masks, and the tools over them. */

/** By the English words. */
export const GERMAN_CANVAS = Object.freeze({
  'Accept, taking pixels of others': 'Annehmen und anderen Pixel nehmen',
  'Take pixels of other objects': 'Anderen Objekten Pixel nehmen',
  'Bring forward': 'Eins nach vorne',
  'Send backward': 'Eins nach hinten',
  'Bring to front': 'Ganz nach vorne',
  'Send to back': 'Ganz nach hinten',
  'To front': 'Nach vorne',
  'To back': 'Nach hinten',
  'Next overlap': 'Nächste Überlappung',
  'Give shared pixels to the first, or the upper': 'Gemeinsame Pixel dem ersten geben, oder dem oberen',
  'A pixel belongs to one object': 'Ein Pixel gehört einem Objekt',
  'Objects may overlap': 'Objekte dürfen überlappen',
  'A pixel may belong to': 'Ein Pixel gehört',
  'in {project}': 'in {project}',
  'Several objects': 'mehreren Objekten',
  'One object': 'einem Objekt',
  'Take pixels': 'Pixel nehmen',
  'New and changed masks take pixels of other objects (W); Shift+Enter does it once':
    'Neue und geänderte Masken nehmen anderen Objekten Pixel (W); Umschalt+Enter tut es einmal',
  'Show the next two objects that share pixels (Shift+W)':
    'Die nächsten zwei Objekte mit gemeinsamen Pixeln zeigen (Umschalt+W)',
  '{count} overlap': '{count} Überlappung',
  '{count} overlaps': '{count} Überlappungen',

  'no two objects share pixels': 'keine zwei Objekte haben gemeinsame Pixel',
  'the object that gets the shared pixels must be selected first':
    'zuerst muss das Objekt ausgewählt sein, das die gemeinsamen Pixel bekommt',
  'click it with the select tool (V)': 'klicken Sie es mit dem Auswahlwerkzeug (V) an',
  'a mask must have a pixel of its own, got one whose pixels all belong to other objects':
    'eine Maske muss ein eigenes Pixel haben, alle Pixel von dieser gehören anderen Objekten',
  'Shift+Enter takes them, and W lets every tool take them':
    'Umschalt+Enter nimmt sie, und mit W nimmt jedes Werkzeug sie',
  'overlaps are treated as before': 'mit Überlappungen wird wie zuvor umgegangen',
  'the steps back would not outlive this page': 'die Schritte zurück würden diese Seite nicht überdauern',
  'objects of this image were changed elsewhere since this browser showed it':
    'Objekte dieses Bildes wurden anderswo geändert, seit dieser Browser es gezeigt hat',
  'its earlier steps would undo that work, so they were dropped; the masks are all there':
    'seine früheren Schritte nähmen diese Arbeit zurück, darum sind sie verworfen; die Masken sind alle da',

  'Drag to measure: distance, width × height in image pixels': 'Ziehen misst: Abstand, Breite × Höhe in Bildpixeln',
  'Draw over the object; Alt or the right button for the background, Shift for a loop around it':
    'Über das Objekt zeichnen; Alt oder rechte Taste für den Hintergrund, Umschalt für eine Schleife darum',
  Scribble: 'Kritzeln',
  Measure: 'Messen',
  Display: 'Darstellung',
  'Display: light, opacity, grid': 'Darstellung: Licht, Deckkraft, Gitter',
  'Opacity of masks': 'Deckkraft der Masken',
  Brightness: 'Helligkeit',
  Contrast: 'Kontrast',
  Gamma: 'Gamma',
  'Outlines only': 'Nur Umrisse',
  Grid: 'Gitter',
  Minimap: 'Übersicht',
  'Fainter masks': 'Schwächere Masken',
  'Stronger masks': 'Stärkere Masken',
  'Display as usual': 'Übliche Darstellung',
  Reset: 'Zurücksetzen',
  Close: 'Schließen',
});
