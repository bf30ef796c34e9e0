/** German for notices: what went wrong, what is safe, what to do. */

/** By the English words. */
export const GERMAN_NOTICES = Object.freeze({
  'unsaved work would not outlive this page': 'Ungesichertes würde diese Seite nicht überleben',
  'unsaved work of an earlier visit could not be read':
    'Ungesichertes eines früheren Besuchs konnte nicht gelesen werden',
  'unsaved work was kept': 'Ungesichertes wurde behalten',
  'sent again now': 'wird jetzt erneut gesendet',
  'one change from an earlier visit had not reached the server':
    'eine Änderung eines früheren Besuchs hatte den Server nicht erreicht',
  '{count} changes from an earlier visit had not reached the server':
    '{count} Änderungen eines früheren Besuchs hatten den Server nicht erreicht',
  'this object would not outlive the page': 'dieses Objekt würde die Seite nicht überleben',
  'an unfinished object waits to be shown': 'ein unfertiges Objekt wartet darauf, gezeigt zu werden',
  'the unfinished object on {name} is kept there': 'das unfertige Objekt auf {name} bleibt dort',
  'go back to accept or discard it': 'gehen Sie zurück, um es anzunehmen oder zu verwerfen',
  'an object was not saved': 'ein Objekt wurde nicht gesichert',

  'the browser has no room left: unsaved work and steps back would not outlive this page':
    'der Browser hat keinen Platz mehr: Ungesichertes und Schritte zurück würden diese Seite nicht überleben',
  'accepted objects still go to the server: keep this page open until it says "Saved", and free space on the disk':
    'angenommene Objekte gehen weiter zum Server: Lassen Sie die Seite offen, bis „Gesichert“ erscheint, und schaffen Sie Platz',
  'the server does not answer': 'der Server antwortet nicht',
  'check that it is running; unsaved work stays in this page and is sent again by itself':
    'prüfen Sie, ob er läuft; Ungesichertes bleibt auf dieser Seite und wird von selbst erneut gesendet',

  'this part of the image was not encoded by itself': 'dieser Teil des Bilds wurde nicht für sich kodiert',
  'nothing would be seen more sharply here': 'hier würde nichts schärfer gesehen',
  'zoom in on a part of a photograph that is larger than what the model sees':
    'vergrößern Sie einen Teil eines Fotos, das größer ist als das, was das Modell sieht',
  'the photograph itself is still being encoded': 'das Foto selbst wird noch kodiert',
  'the kept objects could not be read': 'die behaltenen Objekte konnten nicht gelesen werden',
  'could not show {name}': '{name} konnte nicht gezeigt werden',
  'the model of the server is not known': 'das Modell des Servers ist nicht bekannt',
  'the decoder did not start': 'der Decoder startete nicht',
  'clicks on {name} cannot be answered': 'Klicks auf {name} können nicht beantwortet werden',
  'the prompt was not answered': 'die Eingabe wurde nicht beantwortet',
  'previews were switched off': 'die Vorschau wurde abgeschaltet',
  'the mask does not follow the threshold': 'die Maske folgt der Schwelle nicht',
  'the object was not opened': 'das Objekt wurde nicht geöffnet',
  'the mask is still being computed': 'die Maske wird noch berechnet',
  'draw when it is shown': 'zeichnen Sie, wenn sie zu sehen ist',

  'the classes could not be listed': 'die Klassen konnten nicht gelesen werden',
  'the class {name} was not added': 'die Klasse {name} wurde nicht hinzugefügt',
  'the class was not changed': 'die Klasse wurde nicht geändert',
  'the class was not deleted': 'die Klasse wurde nicht gelöscht',

  'the images could not be listed': 'die Bilder konnten nicht gelesen werden',
  'the image could not be opened': 'das Bild konnte nicht geöffnet werden',
  'the image was not removed': 'das Bild wurde nicht entfernt',
  'the folder was not added': 'der Ordner wurde nicht hinzugefügt',
  'could not add {name}': '{name} konnte nicht hinzugefügt werden',
  'the pasted image': 'das eingefügte Bild',
  'the photograph {name} is in the list already': 'das Foto {name} ist schon in der Liste',
  'its name in the list is {name}': 'es heißt dort {name}',
  'one file was left out': 'eine Datei wurde ausgelassen',
  '{count} files were left out': '{count} Dateien wurden ausgelassen',
  'not taken: {names}': 'nicht genommen: {names}',
  ', and {count} more': ' und {count} weitere',
  'the state of an image was not saved': 'der Stand eines Bildes wurde nicht gesichert',
  'the state of images is sent again when the server is back':
    'der Stand der Bilder wird erneut gesendet, wenn der Server zurück ist',
  'every image of this project is done or skipped': 'jedes Bild dieses Projekts ist fertig oder übersprungen',
  'add photographs, or review what is there in the gallery':
    'fügen Sie Fotos hinzu oder prüfen Sie in der Galerie, was da ist',

  'the projects could not be listed': 'die Projekte konnten nicht gelesen werden',
  'the project was not made': 'das Projekt wurde nicht angelegt',
  'the project keeps its name': 'das Projekt behält seinen Namen',
  'the project was not deleted': 'das Projekt wurde nicht gelöscht',
  'the project did not come back': 'das Projekt kam nicht zurück',
  'the project {name} was restored': 'das Projekt {name} ist wiederhergestellt',
  'the other projects are as they were': 'die anderen Projekte sind, wie sie waren',
  'the project was not restored': 'das Projekt wurde nicht wiederhergestellt',
  'the project {name} was deleted': 'das Projekt {name} wurde gelöscht',
  'its photographs and masks are kept on the server': 'seine Fotos und Masken bleiben auf dem Server',
  Restore: 'Zurückholen',
  'the statistics could not be read': 'die Statistik konnte nicht gelesen werden',

  'no masks were proposed': 'es wurden keine Masken vorgeschlagen',
  'the search was not ended': 'die Suche wurde nicht beendet',
  'the proposal was not accepted': 'der Vorschlag wurde nicht angenommen',

  'an object must have at least one pixel, got an empty mask':
    'ein Objekt braucht mindestens ein Pixel, die Maske ist leer',
  'click once more on the object, or discard it': 'klicken Sie noch einmal auf das Objekt oder verwerfen Sie es',
  'an object must have a pixel on the image, got one that would lie beside it':
    'ein Objekt braucht ein Pixel auf dem Bild, dieses läge daneben',
  'it was left out': 'es wurde ausgelassen',
  'what lay beyond the border was cut off': 'was über den Rand ragte, wurde abgeschnitten',
  'Ctrl+Z takes it back': 'Strg+Z nimmt es zurück',
  'Ctrl+Z brings it back': 'Strg+Z bringt es zurück',
  'a locked object is not changed': 'ein gesperrtes Objekt wird nicht geändert',
  'unlock it first (Ctrl+L)': 'geben Sie es erst frei (Strg+L)',
  'two objects must be selected at least': 'mindestens zwei Objekte müssen ausgewählt sein',
  'hold Shift and click another one with the select tool (V)':
    'klicken Sie mit Umschalt ein weiteres an, mit dem Auswahlwerkzeug (V)',
  'nothing would be left of the object': 'vom Objekt bliebe nichts übrig',
  'nothing was changed': 'nichts wurde geändert',
  'nothing was left of the object': 'vom Objekt blieb nichts übrig',
  'nothing was left of {count} objects': 'von {count} Objekten blieb nichts übrig',
  'a selected object must have two parts or more to be split':
    'ein ausgewähltes Objekt braucht zwei Teile oder mehr, um getrennt zu werden',
  'draw a gap with the eraser (E) first': 'ziehen Sie zuerst mit dem Radierer (E) eine Lücke',
  'an outline must enclose the centre of a pixel at least':
    'ein Umriss muss mindestens die Mitte eines Pixels umschließen',
  'add a point, or press Esc to drop it': 'setzen Sie einen Punkt, oder Esc verwirft ihn',
  'there must be an object to take the outline of': 'es muss ein Objekt geben, dessen Umriss gemeint ist',
  'there must be an object to erase from, got none': 'es muss ein Objekt geben, von dem radiert wird, es ist keines da',
  'select one first (V)': 'wählen Sie zuerst eines aus (V)',
});
