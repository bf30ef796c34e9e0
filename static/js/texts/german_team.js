/** German for signing in, people and review. */

/** By the English words. */
export const GERMAN_TEAM = Object.freeze({
  'Sign in': 'Anmelden',
  'Signing in': 'Anmeldung läuft',
  'Sign in again': 'Neu anmelden',
  'Your session has ended. What you made here waits and is saved afterwards.':
    'Ihre Sitzung ist abgelaufen. Was Sie hier gemacht haben, wartet und wird danach gesichert.',
  'Sign out': 'Abmelden',
  Password: 'Passwort',
  'Change password': 'Passwort ändern',
  'Present password': 'Jetziges Passwort',
  'New password': 'Neues Passwort',
  'At least 10 characters. Everywhere else you are signed out.':
    'Mindestens 10 Zeichen. Überall sonst werden Sie abgemeldet.',
  'At least 10 characters': 'Mindestens 10 Zeichen',

  'who is signed in could not be read': 'wer angemeldet ist, ließ sich nicht lesen',
  'you are still signed in': 'Sie sind noch angemeldet',
  'your role does not allow this': 'Ihre Rolle erlaubt das nicht',
  'an owner can give you another one': 'die Leitung kann Ihnen eine andere geben',

  'Account of {name}': 'Konto von {name}',
  People: 'Personen',
  Role: 'Rolle',
  'Role of {name}': 'Rolle von {name}',
  Owner: 'Leitung',
  Reviewer: 'Prüfung',
  Annotator: 'Annotation',
  Reader: 'Nur lesen',
  disabled: 'gesperrt',
  Disable: 'Sperren',
  Enable: 'Entsperren',
  'Set password': 'Passwort setzen',
  'New password of {name}': 'Neues Passwort für {name}',
  Set: 'Setzen',
  Add: 'Hinzufügen',
  'Add somebody': 'Person hinzufügen',
  'First password': 'Erstes Passwort',
  'Readers see and export everything. Annotators make masks too, reviewers accept and reject them, owners add photographs, classes and people.':
    'Wer nur liest, sieht und exportiert alles. Annotation macht dazu Masken, Prüfung nimmt sie an oder weist sie zurück, Leitung fügt Fotos, Klassen und Personen hinzu.',

  Accepted: 'Angenommen',
  Rejected: 'Zurückgewiesen',
  'Changed since the review': 'Seit der Prüfung geändert',
  'Not reviewed': 'Nicht geprüft',
  'Review of this image': 'Prüfung dieses Bildes',
  'Review of this object': 'Prüfung dieses Objekts',
  'by {name}': 'von {name}',
  Accept: 'Annehmen',
  Reject: 'Zurückweisen',
  'Take back': 'Zurücknehmen',
  'the verdict was not kept': 'das Urteil wurde nicht gesichert',
  'reviews could not be read': 'die Prüfungen ließen sich nicht lesen',
  'the photographs were not assigned': 'die Fotos wurden nicht zugewiesen',
  'it was accepted': 'es wurde angenommen',
  'it was rejected, with your comment': 'es wurde zurückgewiesen, mit Ihrem Kommentar',
  'the object must be saved before it is reviewed': 'das Objekt muss gesichert sein, bevor es geprüft wird',
  'wait a moment, then try again': 'warten Sie einen Moment und versuchen Sie es noch einmal',
  'no open image is left for you': 'für Sie ist kein offenes Bild mehr da',
  'the gallery has those of the others': 'die Galerie zeigt die der anderen',
  'What is wrong with this object?': 'Was stimmt an diesem Objekt nicht?',
  'What is wrong with this image?': 'Was stimmt an diesem Bild nicht?',
  'Review: accept the object or image': 'Prüfung: Objekt oder Bild annehmen',
  'Review: reject the object or image': 'Prüfung: Objekt oder Bild zurückweisen',
  'Objects rejected': 'Objekte zurückgewiesen',
  Mine: 'Meine',
  'Assign to': 'Zuweisen an',
  'Assign the selected photographs to': 'Ausgewählte Fotos zuweisen an',
  'Assigned to {name}': 'Zugewiesen an {name}',
  Nobody: 'Niemand',
  'Also on this image: {names}': 'Auch auf diesem Bild: {names}',

  'Name and password do not belong together.': 'Name und Passwort gehören nicht zusammen.',
  'Too many wrong passwords were tried for this name. Wait 15 minutes, then try again.':
    'Für diesen Namen gab es zu viele falsche Passwörter. In 15 Minuten geht es wieder.',
  'The present password is another one.': 'Das jetzige Passwort ist ein anderes.',
  'A password has 10 to 200 characters. A few words that nobody would guess together are good.':
    'Ein Passwort hat 10 bis 200 Zeichen. Gut sind einige Wörter, die zusammen niemand errät.',
  'Somebody has this name already. A disabled person can be enabled again.':
    'Diesen Namen gibt es schon. Gesperrte Personen lassen sich entsperren.',
  'One owner who can sign in must remain. Make somebody else an owner first.':
    'Eine Person mit Leitung muss bleiben. Geben Sie zuerst jemand anderem die Leitung.',
  'The server does not answer. Nothing is lost; try again.':
    'Der Server antwortet nicht. Nichts ist verloren; versuchen Sie es noch einmal.',
});
