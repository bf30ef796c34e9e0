/** German for what the model learns from the work. */

/** By the English words. */
export const GERMAN_LEARNING = Object.freeze({
  '{name} answers from now on': '{name} antwortet von jetzt an',
  Learning: 'Lernen',
  'Learning from the work': 'Aus der Arbeit lernen',
  'Learning from {name}': 'Lernen aus {name}',
  'The decoder can learn from the masks that you have accepted. Photographs that are kept apart show whether it needs fewer clicks. The model that came with the program always stays.':
    'Der Decoder kann aus den Masken lernen, die Sie angenommen haben. Beiseitegelegte Fotos zeigen, ob er weniger Klicks braucht. Das mitgelieferte Modell bleibt immer erhalten.',
  'What it learns from': 'Woraus er lernt',
  'Photographs to learn from': 'Fotos zum Lernen',
  'Masks on them': 'Masken darauf',
  'Photographs kept apart': 'Beiseitegelegte Fotos',
  'Masks on those': 'Masken auf diesen',
  'Masks of each class': 'Masken je Klasse',
  'deleted class': 'gelöschte Klasse',
  '{count} masks are left out: crowds, and specks of a few pixels.':
    '{count} Masken bleiben außen vor: Mengen und Flecken aus wenigen Pixeln.',
  'This is too little. It takes {images} photographs with {masks} accepted masks; there are {hasImages} with {hasMasks}.':
    'Das ist zu wenig. Nötig sind {images} Fotos mit {masks} angenommenen Masken; es sind {hasImages} mit {hasMasks}.',
  Run: 'Lauf',
  'Run on {name}': 'Lauf mit {name}',
  Starting: 'Wird gestartet',
  'Encoding photographs': 'Fotos werden kodiert',
  'Preparing the decoder for the browser': 'Der Decoder wird für den Browser vorbereitet',
  Minutes: 'Minuten',
  Learn: 'Lernen lassen',
  'It runs at low priority; you can go on working.': 'Läuft mit niedriger Priorität; Sie können weiterarbeiten.',
  'The run was interrupted. It can go on from where it was.':
    'Der Lauf wurde unterbrochen. Er kann da weitergehen, wo er war.',
  'Go on': 'Fortsetzen',
  'Forget it': 'Vergessen',
  'The last run was cancelled; nothing was kept.': 'Der letzte Lauf wurde abgebrochen; nichts wurde behalten.',
  'Nothing was better than the decoder as it is. More masks, or more minutes, may help.':
    'Nichts war besser als der Decoder, wie er ist. Mehr Masken oder mehr Minuten können helfen.',
  'Clicks to 90 % IoU on photographs kept apart: {before} before, {after} after.':
    'Klicks bis 90 % IoU auf beiseitegelegten Fotos: vorher {before}, nachher {after}.',
  'Clicks to 90 % IoU on photographs kept apart': 'Klicks bis 90 % IoU auf beiseitegelegten Fotos',
  before: 'vorher',
  Start: 'Beginn',
  Models: 'Modelle',
  Model: 'Modell',
  Made: 'Entstanden',
  'Learnt from': 'Gelernt aus',
  'Clicks before': 'Klicks vorher',
  'Clicks after': 'Klicks nachher',
  Choose: 'Wählen',
  'came with the program': 'mitgeliefert',
  '{masks} masks on {images} photographs of {name}': '{masks} Masken auf {images} Fotos von {name}',
  answers: 'antwortet',
  Use: 'Verwenden',
  'Go back': 'Zurück',
  'what was learnt could not be read': 'was gelernt wurde, ließ sich nicht lesen',
  'nothing is learnt': 'es wird nichts gelernt',
  'the run does not go on': 'der Lauf geht nicht weiter',
  'the run was not ended': 'der Lauf wurde nicht beendet',
  'the model was not switched': 'das Modell wurde nicht gewechselt',
});
