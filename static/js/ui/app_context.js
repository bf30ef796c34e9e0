/** What every component can reach: the session, the commands, and the few things that only the page can draw. */

/** @import {ExportWishJson} from '../exchange_types.js' */
/** @import {LearningJson} from '../learning_types.js' */
/** @import {BoxXywh, CanvasPoint, Contours, DoctorRow, ImagePoint, Rle, StatisticsJson} from '../types.js' */
/** @import {Category, GalleryView, ImageStateName, ObjectDetails, SessionState, Settings} from '../state/state_types.js' */
/** @import {NewUserJson, ReviewTarget} from '../team_types.js' */
/** @import {UserChange} from '../api/users_api.js' */
/** @import {Refusal} from './refusal_view.js' */
/** @import {ReadonlySignal} from '@preact/signals' */

import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { computed } from '@preact/signals';

/**
 * @typedef {object} Commands
 * @property {() => unknown} accept
 * @property {() => unknown} acceptTaking
 * @property {() => unknown} toggleTakesPixels
 * @property {(policy: import('../state/state_types.js').OverlapPolicy) => unknown} setOverlapPolicy
 * @property {() => unknown} nextOverlap
 * @property {() => unknown} toggleLookPanel
 * @property {(change: Partial<import('../look_types.js').Look>) => unknown} changeLook
 * @property {(name: 'outlineOnly' | 'grid' | 'minimap') => unknown} toggleLook
 * @property {() => unknown} resetLook
 * @property {(point: ImagePoint) => unknown} centreView
 * @property {() => unknown} stepBack
 * @property {(operation: 'union' | 'subtract' | 'intersect') => unknown} combineSelected
 * @property {(move: import('../state/z_order.js').OrderMove) => unknown} orderSelected
 * @property {() => unknown} splitSelected
 * @property {(largest?: number) => unknown} fillHoles
 * @property {(largest?: number) => unknown} removeIslands
 * @property {() => unknown} editOutline
 * @property {(tolerance: number) => unknown} simplifyOutline
 * @property {(size: number) => unknown} setBrushSize
 * @property {() => unknown} discard
 * @property {() => unknown} undo
 * @property {() => unknown} redo
 * @property {(index: number) => unknown} chooseCandidate
 * @property {(name: import('../state/state_types.js').ReadingName | null) => unknown} chooseReading
 * @property {(threshold: number | null) => unknown} setThreshold
 * @property {() => unknown} toggleUncertainty
 * @property {(key: string) => unknown} refine
 * @property {(key: string) => unknown} deleteObject
 * @property {(key: string) => unknown} toggleObjectHidden
 * @property {(key: string | null) => unknown} hoverObject
 * @property {(id: number) => unknown} chooseCategory
 * @property {(name: string) => Promise<boolean>} createCategory
 * @property {() => unknown} chooseClassList
 * @property {() => unknown} toggleCloseUp
 * @property {(id: number, change: Partial<Category>) => Promise<boolean>} updateCategory
 * @property {(id: number) => unknown} showClassSettings
 * @property {(keys: ReadonlyArray<string>) => unknown} selectObjects
 * @property {(key: string) => unknown} toggleSelected
 * @property {() => unknown} deleteOpen
 * @property {(keys: ReadonlyArray<string>, change: Partial<ObjectDetails>) => unknown} changeDetails
 * @property {(keys: ReadonlyArray<string>, id: number) => unknown} setCategoryOf
 * @property {(id: number) => unknown} removeCategory
 * @property {() => unknown} retrySaves
 * @property {(personId: number) => unknown} downloadLeftWork
 * @property {(personId: number) => unknown} discardLeftWork
 * @property {(key: string, choice: 'mine' | 'theirs') => unknown} resolveConflict
 * @property {(tool: SessionState['tool']) => unknown} chooseTool
 * @property {(label: SessionState['pointLabel']) => unknown} choosePointLabel
 * @property {() => unknown} zoomIn
 * @property {() => unknown} zoomOut
 * @property {() => unknown} zoomActual
 * @property {() => unknown} zoomFit
 * @property {() => unknown} toggleMasks
 * @property {() => unknown} toggleHover
 * @property {() => unknown} toggleFilmstrip
 * @property {(id: number) => unknown} openImage
 * @property {(step: 1 | -1) => unknown} stepImage
 * @property {(files: readonly File[]) => unknown} addFiles
 * @property {(path: string) => Promise<boolean>} addFolder
 * @property {(id: number) => unknown} removeImage
 * @property {(id: number) => unknown} retryEmbedding
 * @property {(dialog: SessionState['dialog']) => unknown} showDialog
 * @property {() => unknown} startTour
 * @property {() => unknown} nextTourStep
 * @property {() => unknown} endTour
 * @property {() => unknown} showHelp
 * @property {() => unknown} showDoctor
 * @property {(id: number) => unknown} dismissNotice
 * @property {() => unknown} propose
 * @property {() => unknown} cancelProposals
 * @property {() => unknown} proposeAll
 * @property {(file: File) => Promise<unknown>} bringBoxes
 * @property {() => unknown} cancelAllProposals
 * @property {() => unknown} reviewProposals
 * @property {() => unknown} skipReviewed
 * @property {() => unknown} endReview
 * @property {(number?: number) => unknown} takeProposal
 * @property {() => unknown} takeAllProposals
 * @property {(number?: number) => unknown} rejectProposal
 * @property {() => unknown} restoreProposals
 * @property {(number: number | null) => unknown} hoverProposal
 * @property {(change: Partial<SessionState['proposalFilter']>) => unknown} setProposalFilter
 * @property {() => unknown} chooseFiles
 * @property {(change: Partial<Settings>) => unknown} changeSettings
 * @property {() => unknown} showSettings
 * @property {() => unknown} showPalette
 * @property {() => unknown} togglePanels
 * @property {() => unknown} showExport
 * @property {(wish: Omit<ExportWishJson, 'project_id'>) => unknown} startExport
 * @property {() => unknown} confirmImport
 * @property {() => unknown} showProjects
 * @property {() => unknown} showGallery
 * @property {() => unknown} showWorkbench
 * @property {() => unknown} showStatistics
 * @property {() => unknown} showLearning
 * @property {(id: number) => unknown} openProject
 * @property {(id: number) => unknown} workOn
 * @property {(name: string) => Promise<boolean>} createProject
 * @property {(file: File) => Promise<void>} addSavedProject
 * @property {(id: number, name: string) => Promise<boolean>} renameProject
 * @property {(id: number) => unknown} removeProject
 * @property {(id: number) => unknown} restoreProject
 * @property {(change: Partial<GalleryView>) => unknown} changeGallery
 * @property {(ids: ReadonlyArray<number>, state: ImageStateName) => unknown} markImages
 * @property {(state: ImageStateName) => unknown} markOpen
 * @property {() => unknown} doneAndNext
 * @property {() => unknown} nextOpenImage
 * @property {(ids: readonly number[]) => unknown} removeImages
 * @property {(projectId: number) => Promise<LearningJson | null>} readLearning null when it could not be read
 * @property {(projectId: number, minutes: number) => Promise<boolean>} startTuning each of these says whether it was done
 * @property {() => Promise<boolean>} resumeTuning
 * @property {() => Promise<boolean>} cancelTuning
 * @property {(modelId: string) => Promise<boolean>} useModel
 * @property {(projectId: number) => Promise<StatisticsJson | null>} readStatistics null when they could not be read
 * @property {(fileName: string, svg: string) => unknown} savePlot
 * @property {(name: string, password: string) => Promise<Refusal | null>} signIn null when it worked
 * @property {() => unknown} signOut
 * @property {(password: string, newPassword: string) => Promise<Refusal | null>} changePassword
 * @property {(user: NewUserJson) => Promise<Refusal | null>} addUser
 * @property {(id: number, change: UserChange) => Promise<Refusal | null>} changeUser
 * @property {(target?: ReviewTarget) => unknown} acceptReview
 * @property {(target?: ReviewTarget) => unknown} rejectReview
 * @property {(comment: string) => Promise<boolean>} confirmReject
 * @property {(reviewId: number) => unknown} withdrawReview
 * @property {(imageIds: ReadonlyArray<number>, userId: number | null) => unknown} assignImages
 */

/** @typedef {{image: HTMLCanvasElement, masks: HTMLCanvasElement, hover: HTMLCanvasElement, hand: HTMLCanvasElement, prompts: HTMLCanvasElement}} StageCanvases */

/** @typedef {{contours: Contours | null, rle: Rle, bbox: BoxXywh, color: string}} ThumbSubject */

/**
 * @typedef {object} KeyHelp
 * @property {string} command name of the command
 * @property {string | number} [value] its argument
 * @property {string} label what it does
 * @property {string} group where it is listed
 * @property {readonly string[]} keys its keys; none for actions without
 * @property {true} [anywhere] true when it is meant on every screen
 */

/**
 * @typedef {object} Doctor
 * @property {() => Promise<readonly DoctorRow[]>} examine looks at this browser
 * @property {() => Promise<boolean>} measure measures the decoder anew; false when it could not be done
 * @property {(rows: readonly DoctorRow[]) => Promise<void>} copy puts the findings on the clipboard
 */

/**
 * @typedef {object} App
 * @property {ReadonlySignal<SessionState>} session the session, newest state
 * @property {Commands} commands everything that a control can do
 * @property {ReadonlySignal<readonly KeyHelp[]>} keys all actions with their keys
 * @property {(action: KeyHelp) => unknown} run does what an action says
 * @property {(event: KeyboardEvent) => string} keyName names a key press as the actions do
 * @property {(stage: HTMLElement, canvases: StageCanvases) => () => void} mountStage brings the canvas area to life
 * @property {(canvas: HTMLCanvasElement, subject: ThumbSubject) => () => void} showThumb keeps a small picture up to
 *   date until the returned function is called
 * @property {Doctor} doctor says how well this browser runs the decoder
 * @property {(point: ImagePoint) => CanvasPoint | null} toCanvas where a point of the image is shown
 */

/** The context that holds the app. */
export const AppContext = createContext(/** @type {App | null} */ (null));

/**
 * Reach the app from a component.
 *
 * @returns {App} the app
 * @throws {Error} if the component is used outside of it
 */
export function useApp() {
  const app = useContext(AppContext);
  if (!app) throw new Error('a component must be inside AppContext.Provider, got no app');
  return app;
}

/**
 * Follow one part of the session. The component is drawn again only when that part changes.
 *
 * @template T
 * @param {(state: SessionState) => T} select takes the part; the same part must give the same value
 * @param {readonly unknown[]} [inputs] what else the part depends on
 * @returns {T} the present part
 */
export function useSession(select, inputs = []) {
  const { session } = useApp();
  return useMemo(() => computed(() => select(session.value)), [session, ...inputs]).value;
}
