/** Makes the objects of the page and connects them. The only file, with its two neighbours, that knows every room. */

/** @import {Contours, Rle} from './types.js' */
/** @import {ImageId, ImageRecord} from './state/state_types.js' */
/** @import {KeyBinding} from './input/key_map.js' */
/** @import {SessionCommands} from './services/session_commands.js' */

import { computed, signal } from '@preact/signals';
import { createAnnotationsApi } from './api/annotations_api.js';
import { createCategoriesApi } from './api/categories_api.js';
import { createDecodeApi } from './api/decode_api.js';
import { createEmbeddingsApi } from './api/embeddings_api.js';
import { createExchangeApi } from './api/exchange_api.js';
import { createImagesApi } from './api/images_api.js';
import { createLearningApi } from './api/learning_api.js';
import { createProposalsApi } from './api/proposals_api.js';
import { createProjectsApi } from './api/projects_api.js';
import { keyName, withKeys } from './input/key_map.js';
import { listenToKeyboard } from './input/keyboard_shortcuts.js';
import { listenForPhotos } from './input/photo_drop.js';
import { connectFileDialog, fileField, guardPage, saveFile, savePlot, watchHands } from './page_actions.js';
import { followAddress, startPlace } from './page_address.js';
import { createPageDecoder } from './page_decoder.js';
import { createPageDoctor } from './page_doctor.js';
import { followSettings, rememberChoices } from './page_settings.js';
import { openMemory } from './page_memory.js';
import { createTeam } from './page_team.js';
import { PhotoStage } from './photo_stage.js';
import { createFrameScheduler } from './render/frame_scheduler.js';
import { buildPyramid } from './render/image_pyramid.js';
import { AnnotationSaver } from './services/annotation_saver.js';
import { createCategoryBook } from './services/category_book.js';
import { createConnectionWatch } from './services/connection_watch.js';
import { createContourCache } from './services/contour_cache.js';
import { createDecodeTimes } from './services/decode_times.js';
import { createDraftKeeping } from './services/draft_keeping.js';
import { drawingCommands } from './services/drawing_commands.js';
import { EffortBook } from './services/effort_book.js';
import { createEmbeddingStore } from './services/embedding_store.js';
import { createCloseUps } from './services/close_up.js';
import { createEmbeddingWatch } from './services/embedding_watch.js';
import { createExchange } from './services/exchange.js';
import { createExactMasks } from './services/exact_masks.js';
import { ImageLibrary } from './services/image_library.js';
import { HistoryKeeping } from './services/history_keeping.js';
import { createIdleWatch } from './services/idle_watch.js';
import { createImageMarking } from './services/image_marking.js';
import { previewHover } from './services/hover_preview.js';
import { createModelReading } from './services/model_reading.js';
import { createModelWatch } from './services/model_watch.js';
import { createLeftWork } from './services/left_work.js';
import { createMaskMaking } from './services/mask_making.js';
import { createObjectEditing } from './services/object_editing.js';
import { createObjectLoading } from './services/object_loading.js';
import { createObjectOpening } from './services/object_opening.js';
import { readFlags } from './services/page_flags.js';
import { watchOverlaps } from './services/overlap_watch.js';
import { createOutlineEditing } from './services/outline_editing.js';
import { createPixelLoading } from './services/pixel_loading.js';
import { createProblemReport } from './services/problem_report.js';
import { ProjectBook } from './services/project_book.js';
import { createProposalBook } from './services/proposal_book.js';
import { createProposalDecisions } from './services/proposal_decisions.js';
import { createProposalReview } from './services/proposal_review.js';
import { answerPrompts } from './services/prompt_decoding.js';
import { createSessionCommands, runBinding } from './services/session_commands.js';
import { createShapeEditing } from './services/shape_editing.js';
import { createToolCommands } from './services/tool_commands.js';
import { createTourGuide } from './services/tour_guide.js';
import { createViewControl } from './services/view_control.js';
import { markPixelsReady } from './state/actions/image_actions.js';
import { setDropActive } from './state/actions/view_actions.js';
import { currentImage, openDraft, shownCandidate } from './state/selectors.js';
import { createSessionState } from './state/session_state.js';
import { createSessionStore } from './state/session_store.js';
import { createToolDriver } from './tools/tool_driver.js';
import { createToolRegistry } from './tools/tool_registry.js';
import { showWorkbench } from './ui/workbench.js';
import { text } from './texts/texts.js';

const flags = readFlags(location.search, localStorage);
const effort = new EffortBook();
const store = createSessionStore(createSessionState(), (next, previous) => effort.complete(next, previous));
const report = createProblemReport(store);
const connection = createConnectionWatch({
  store,
  probe: () => http.get('/api/health'),
  onBack: () => {
    saver.retry();
    void marking.retry();
    if (store.get().projectId === null) void begin();
    void recallWork();
    const open = store.get().currentImageId;
    if (open !== null) loadObjects(open);
  },
});
const { http, ...team } = createTeam({ store, report, connection, saver: () => saver });
const annotations = createAnnotationsApi(http);
const images = createImagesApi(http);
const embeddings = createEmbeddingsApi(http);
const modelReading = createModelReading({ store, api: embeddings });

const idle = createIdleWatch();
const decoder = createPageDecoder({
  ...{ store, flags, modelReading, idle, api: createDecodeApi(http) },
  storage: localStorage,
});
const decoding = decoder.ladder;
const decodeTimes = createDecodeTimes();
const embeddingStore = createEmbeddingStore(embeddings.fetch);
/** @type {() => void} */
let endRecall = () => {};
/** @type {Promise<void>} what earlier pages had not sent is taken up */
const recalled = new Promise((done) => (endRecall = done));
const modelIdOf = async () => (await modelReading.about()).model_id;
const who = () => store.get().team.user;
const { work: memory, histories } = await openMemory({ locks: navigator.locks, databases: indexedDB, who }, report);
const pending = memory?.saves ?? null;
const leftWork = createLeftWork({ store, memory, histories, saveFile, report });

/** @type {(rle: Rle) => Promise<Contours>} */
const trace = (rle) => decoding.traceRle(rle);
const contours = createContourCache({
  trace,
  onTraced: createFrameScheduler(() => stage.refresh()).request,
  report,
});
const view = createViewControl(store);
const stage = new PhotoStage({
  store,
  view,
  driver: () => driver,
  contoursOf: contours.get,
  onStep,
  wish: flags.masks,
});
const saver = new AnnotationSaver({ store, api: annotations, pending, report });
const loading = createObjectLoading({ store, api: annotations, saver, pending, report });
const drafts =
  memory &&
  createDraftKeeping({
    store,
    drafts: memory.drafts,
    loadObjects: loading.load,
    modelId: modelIdOf,
    report,
  });
const steps = histories && new HistoryKeeping({ store, histories, modelId: modelIdOf, report });
const exactMasks = createExactMasks({
  store,
  makeExact: (logits, side, placement) => decoding.exactMask(logits, side, placement),
  report,
});
const opening = createObjectOpening({
  store,
  api: annotations,
  saver,
  contoursOf: contours.get,
  trace,
  model: modelReading.known,
  report,
});
const categories = createCategoryBook({ store, api: createCategoriesApi(http), report });
const pixels = createPixelLoading({
  fetchPixels: images.pixels,
  decode: async (blob) => buildPyramid(await createImageBitmap(blob)),
});
const watch = createEmbeddingWatch({
  store,
  api: embeddings,
  embeddings: embeddingStore,
  decoder: decoding,
  onExpected: pixels.expect,
  report,
});
const about = { store, idle, report };
const closeUps = createCloseUps({ ...about, api: embeddings, embeddings: embeddingStore, decoder: decoding });
const isSeen = () => document.visibilityState === 'visible';
const modelWatch = createModelWatch({ store, reading: modelReading, reload: reloadDecoder, isSeen, report });
const library = new ImageLibrary({ store, api: images, report, onOpen: openImage });
const projects = new ProjectBook({ store, api: createProjectsApi(http), images, categories, library, report });
const marking = createImageMarking({ store, api: images, report });
const exchange = createExchange({
  store,
  api: createExchangeApi(http),
  onImported: showImported,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
const chooseFiles = connectFileDialog(fileField(), (files) => void commands.addFiles(files));
const chooseClassList = connectFileDialog(fileField('class-list'), ([file]) => void commands.addClassList(file));

const newKey = () => crypto.randomUUID();
const proposalsApi = createProposalsApi(http);
const proposals = createProposalBook({ store, api: proposalsApi, contoursOf: contours.get, newKey, report });
const review = createProposalReview({
  ...{ store, api: proposalsApi, propose: proposals.propose, report },
  workOn: (imageId) => projects.goTo({ screen: 'work', projectId: null, imageId }),
});
const making = createMaskMaking({ store, model: modelReading.known, putContours: contours.put });
const objects = createObjectEditing({ store, making, newKey });
const editShape = createShapeEditing({ store, making });
const outlines = createOutlineEditing({ store, making, editShape });
const drawing = drawingCommands({ store, making, editShape, outlines });

const guide = createTourGuide({
  store,
  fetchSample: http.getBlob,
  addFiles: (files) => library.addFiles(files),
  workOn: (id) => projects.goToImage(id),
  loadObjects: loading.load,
  report,
});

/** @type {SessionCommands & typeof team.commands} */
const commands = team.complete(
  createSessionCommands({
    store,
    driver: () => driver,
    saver,
    categories,
    library,
    opening,
    projects,
    ...{ proposals, review, marking },
    ...{ exactMasks, closeUps },
    view,
    retryEmbedding: (id) => {
      const image = store.get().images.find((candidate) => candidate.id === id);
      if (image) void watch.follow(image);
    },
    objects,
    outlines,
    steps,
    newKey,
    tour: guide.commands,
    leftWork: leftWork.commands,
    exchange,
    ...{ learning: createLearningApi(http), checkModel: modelWatch.check, report },
    browser: { chooseFiles, chooseClassList, savePlot },
  }),
);
const tools = createToolRegistry(
  team.guard(createToolCommands({ store, view, opening, objects, drawing, proposals, refine: commands.refine })),
);
const driver = createToolDriver(tools, () => store.get().tool);

/** @param {1 | -1} step the next reading, or the one before */
function onStep(step) {
  commands.nextCandidate(step);
}

/** Load the decoder of the model that the server serves by now, and bring the open image back into it. */
async function reloadDecoder() {
  const open = currentImage(store.get());
  await decoding.renew().catch((problem) => report(problem, text('the decoder did not start')));
  if (open) await watch.follow(open);
}

/** Go to the place that the address names, or to where this browser was last. */
async function begin() {
  await projects.read();
  const place = startPlace(localStorage);
  const isThere = store.get().projects.some((project) => project.id === place.projectId);
  await projects.goTo(isThere || place.projectId === null ? place : { ...place, projectId: null, imageId: null });
}

/** @param {ImageId} imageId an image whose kept objects should be shown */
function loadObjects(imageId) {
  loading
    .load(imageId)
    // The steps of an earlier page start from what it had not sent yet.
    .then(() => recalled)
    .then(() => steps?.recall(imageId))
    .catch((problem) => report(problem, text('the kept objects could not be read')));
}

/** @returns {Promise<ImageId | null>} the image with the newest unfinished object that an earlier page left behind */
async function recallWork() {
  // Before it is known who is here, nobody's work is sent.
  if (!(await team.isKnown())) return null;
  try {
    await loading.recall();
    await leftWork.find();
    return (await drafts?.recall()) ?? null;
  } catch (problem) {
    report(problem, text('unsaved work of an earlier visit could not be read'));
    return null;
  }
}

/** @param {ImageRecord} image the image that is shown from now on */
function openImage(image) {
  view.fit();
  stage.show({ levels: [], size: image });
  pixels.load(image).then(
    (levels) => {
      if (store.get().currentImageId !== image.id) return;
      stage.show({ levels, size: image });
      store.apply(markPixelsReady(image.id));
    },
    (problem) => report(problem, text('could not show {name}', { name: image.file_name })),
  );
  loadObjects(image.id);
  void watch.follow(image);
}

/** Show masks that came in from a file. */
async function showImported() {
  loading.forget();
  await Promise.all([categories.read(), library.read()]);
  const open = store.get().currentImageId;
  if (open !== null) loadObjects(open);
}

function listen() {
  listenToKeyboard({
    run: (binding) => (store.get().screen === 'work' || binding.anywhere === true) && runBinding(commands, binding),
    keys: () => keys.value,
    holdPan: (held) => driver.holdPan(held),
  });
  listenForPhotos({
    onFiles: (files) => void commands.addFiles(files),
    onDrag: (active) => store.apply(setDropActive(active)),
  });
  watchHands((time) => {
    const { screen, currentImageId } = store.get();
    idle.note();
    effort.noteSign(screen === 'work' ? currentImageId : null, time);
  });
  window.addEventListener('online', () => saver.retry());
  window.addEventListener('offline', () => connection.note(false));
  window.addEventListener('blur', () => driver.interrupt());
}

const session = signal(store.get());
const keys = computed(() => withKeys(session.value.settings.keys));

function show() {
  store.subscribe((state) => {
    session.value = state;
    for (const candidate of openDraft(state)?.candidates ?? []) contours.put(candidate.rle, candidate.contours);
  });
  const root = document.querySelector('#workbench');
  if (!(root instanceof HTMLElement)) throw new Error('index.html must have an element #workbench, got none');
  showWorkbench(root, {
    session,
    commands,
    keys,
    run: (action) => runBinding(commands, /** @type {KeyBinding} */ (action)),
    keyName,
    mountStage: (element, canvases) => stage.mount(element, canvases),
    showThumb: (canvas, subject) => stage.showThumb(canvas, subject),
    toCanvas: (point) => stage.toCanvas(point),
    doctor: createPageDoctor({ store, decoder, stage, embeddings: embeddingStore, times: decodeTimes }),
  });
}

followSettings(store, localStorage);
show();
listen();
guardPage(store, () => memory?.isSafe() ?? false);
saver.start();
drafts?.start();
steps?.start();
exactMasks.start();
closeUps.start();
guide.start();
watchOverlaps({ store });
review.start();
createProposalDecisions({ store, api: proposalsApi, report }).start();
answerPrompts({ store, decoder: decoding, report, onTime: decodeTimes.add });
rememberChoices(store, localStorage);
previewHover({ store, decoder: decoding, report });
decoder.choice.start();
decoding.start().catch((problem) => report(problem, text('the decoder did not start')));
modelWatch.start();
await Promise.all([team.start(), begin()]);
followAddress(store, localStorage, (place) => void projects.goTo(place));
const leftOpen = await recallWork();
endRecall();
if (leftOpen !== null) await projects.goToImage(leftOpen);

/**
 * A handle for automation: tests and scripts read the session and run commands through it. `shownMask` gives the mask
 * on the screen as the RLE that Enter would keep, `shownLogits` the logits behind it.
 */
globalThis.maskwright = Object.freeze({
  store,
  decoder: decoding,
  commands,
  shownMask: () => shownCandidate(openDraft(store.get()))?.rle ?? null,
  shownLogits: () => shownCandidate(openDraft(store.get()))?.logits ?? null,
});
