/**
 * What the server's codes mean, for languages other than its own. In English its own words are shown: they say what was
 * got, too. Codes that people see often stand here; for the others the English words are better than none.
 */

import { language, phrase, text } from './texts.js';

const AGAIN = phrase('try again; nothing half-done was kept');
const RELOAD = phrase('reload the page; it may have been deleted meanwhile');

/** @type {Readonly<Record<string, readonly [message: string, hint: string]>>} message and hint by code */
const WORDS = Object.freeze({
  permission_missing: [phrase('your role does not allow this'), phrase('ask an owner of the server for it')],
  sign_in_required: [
    phrase('you are not signed in any more'),
    phrase('sign in again; unsaved work waits in this page'),
  ],
  signed_in_as_another: [
    phrase('somebody else has signed in in this browser'),
    phrase('sign in again; unsaved work waits in this page'),
  ],
  token_required: [
    phrase('the server wants its token, and this page has none or another one'),
    phrase('open the address that the server has printed when it started'),
  ],
  image_not_found: [phrase('there is no such image'), RELOAD],
  annotation_not_found: [phrase('there is no such object'), RELOAD],
  category_not_found: [phrase('there is no such class'), RELOAD],
  category_unknown: [phrase('the class of an object is not there any more'), phrase('choose another class for it')],
  project_not_found: [phrase('there is no such project'), RELOAD],
  category_exists: [phrase('another class of the project has this name'), phrase('choose another name')],
  category_in_use: [
    phrase('objects have this class'),
    phrase('give them another class first, or delete them; objects of other images count too'),
  ],
  category_last: [phrase('a project has at least one class'), phrase('add another one first')],
  project_exists: [phrase('another project has this name'), phrase('choose another name')],
  project_last: [phrase('one project must remain'), phrase('make another one first')],
  field_too_long: [phrase('a text is too long'), phrase('shorten it')],
  field_invalid: [phrase('a value is missing, or of the wrong kind'), phrase('correct it and try again')],
  comment_missing: [phrase('a rejection must say why'), phrase('write a sentence')],
  not_an_image: [phrase('the file is no image of a kind that can be read'), phrase('save it as JPEG, PNG or TIFF')],
  image_damaged: [phrase('the image is damaged or cut off'), phrase('copy or save it once more')],
  image_too_large: [phrase('the image has too many pixels'), phrase('scale it down or cut it into tiles')],
  image_range_unknown: [phrase('the image has values beyond 0 to 1'), phrase('save it with 8 or 16 bits')],
  upload_too_large: [phrase('the file is larger than the server takes'), phrase('make it smaller')],
  file_empty: [phrase('the file is empty'), phrase('copy or save it once more')],
  folder_not_found: [phrase('the server has no such folder'), phrase('check the path; it is one of the server')],
  folder_unreadable: [phrase('the server may not read the folder'), phrase('give it the right to')],
  file_unreadable: [phrase('the server may not read the file'), phrase('give it the right to')],
  path_outside_root: [phrase('the path leads out of the folder for images'), phrase('choose a folder inside of it')],
  archive_damaged: [phrase('the archive is damaged, cut off or locked'), phrase('copy or make it once more')],
  archive_unusable: [phrase('the archive is made in a way that is not unpacked'), phrase('pack the files once more')],
  archive_unknown: [
    phrase('the archive holds none of the formats that can be imported'),
    phrase('the documents list them'),
  ],
  json_damaged: [phrase('the file is no whole JSON object'), phrase('check that it is complete')],
  not_coco: [phrase('the file has neither images nor annotations'), phrase('choose the file with the annotations')],
  mask_empty: [phrase('the mask has no pixel'), phrase('click once more on the object, or discard it')],
  job_not_found: [phrase('the server does not remember this export or import'), phrase('start it again')],
  export_gone: [phrase('the file of the export is gone'), phrase('export again')],
  export_too_many: [
    phrase('there are more objects or classes than the format can number'),
    phrase('choose COCO, or fewer images'),
  ],
  encoding_failed: [phrase('the image could not be made ready for clicks'), phrase('try again')],
  proposing_failed: [phrase('the search for masks failed'), phrase('try again')],
  sign_in_failed: [
    phrase('name and password are not those of a user who may sign in'),
    phrase('try again; an owner can set a new password'),
  ],
  password_wrong: [
    phrase('the present password is another one'),
    phrase('type it again; an owner can set a new password'),
  ],
  password_length: [
    phrase('a password has 10 to 200 characters'),
    phrase('a few words that nobody would guess together are good'),
  ],
  too_many_sign_ins: [phrase('too many wrong passwords were typed for this name'), phrase('wait some minutes')],
  user_exists: [
    phrase('another user has this name'),
    phrase('choose another name; who is disabled can be enabled again'),
  ],
  user_not_found: [phrase('there is no such user'), RELOAD],
  owner_last: [phrase('one owner who can sign in must remain'), phrase('make somebody else an owner first')],
  assignment_impossible: [
    phrase('an image or a user is not there any more; nothing was assigned'),
    phrase('reload the page and choose again'),
  ],
  cross_site_request: [
    phrase('the change came from a page of another address'),
    phrase('open the page at the address that the server has printed'),
  ],
  version_not_found: [phrase('the object has no such version'), phrase('choose one of its history')],
  model_not_found: [phrase('there is no such model'), RELOAD],
  model_unusable: [
    phrase('the model cannot be used: its file is missing, damaged or made from another one'),
    phrase('choose another model'),
  ],
  tuning_running: [phrase('another run is teaching the model'), phrase('wait for its end, or cancel it')],
  tuning_not_interrupted: [phrase('no run was interrupted that could go on'), phrase('start a new one')],
  tuning_too_little: [
    phrase('there are too few accepted masks to learn from'),
    phrase('accept more masks, then start again'),
  ],
  tuning_failed: [phrase('teaching the model failed'), phrase('the log of the server says more')],
  proposing_runs: [phrase('the model is looking for masks on this image'), phrase('wait for its end, or cancel it')],
  proposal_not_found: [phrase('the proposal is not there any more'), phrase('look for masks again')],
  boxes_missing: [phrase('the file has no boxes'), phrase('choose the COCO file that the detector wrote')],
  boxes_match_nothing: [
    phrase('no box of the file lies in an image of this project'),
    phrase('add the photographs first, under the names that the file gives them'),
  ],
  backup_unusable: [
    phrase('the file is no whole backup of a project'),
    phrase('choose a file that a project was saved as'),
  ],
  import_not_ready: [phrase('the file was not looked through to its end yet'), phrase('wait for it, then confirm')],
  export_not_ready: [phrase('the export is not done yet'), phrase('wait for its end')],
  original_missing: [
    phrase('the file of the image is missing in the data folder'),
    phrase('run the command doctor on the server'),
  ],
  file_missing: [phrase('no file came'), phrase('choose a file')],
  database_busy: [phrase('another program holds the database'), AGAIN],
  database_unavailable: [phrase('the database does not answer'), AGAIN],
  store_read_only: [phrase('the data folder cannot be written any more'), phrase('give the server the right to')],
  disk_full: [phrase('the disk of the server is full'), phrase('make room there; unsaved work waits in this page')],
  internal_error: [phrase('the server failed in a way that nobody expected'), phrase('its log says more')],
});

/** Codes whose hint speaks to who writes programs; people are told otherwise in every language. */
const HINTS_OF_PROGRAMMERS = new Set(['field_invalid']);

/**
 * Say in the language of the page what the server said.
 *
 * @template {{code?: string, message: string, hint?: string}} T
 * @param {T} said code, message and hint
 * @returns {T} the same in English, but for hints to programmers, and where the code is not known
 */
export function inOwnWords(said) {
  const words = WORDS[said.code ?? ''];
  if (!words) return said;
  if (language.value !== 'en') return { ...said, message: text(words[0]), hint: text(words[1]) };
  return HINTS_OF_PROGRAMMERS.has(said.code ?? '') ? { ...said, hint: words[1] } : said;
}
