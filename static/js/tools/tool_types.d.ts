/** What tools are given and what they may ask for. */

import type { BoxXyxy, CanvasPoint, ImagePoint, PointLabel, StrokePoint } from '../types.js';
import type { Measure } from '../look_types.js';
import type { Shift, ToolName } from '../state/state_types.js';

export interface Modifiers {
  readonly alt: boolean;
  readonly shift: boolean;
  readonly ctrl: boolean;
}

/** A pointer event without the DOM. */
export interface ToolEvent {
  readonly image: ImagePoint;
  readonly canvas: CanvasPoint;
  /** The button that changed: 0 left, 1 middle, 2 right; -1 for a move. */
  readonly button: number;
  /** Bit set of the buttons that are down: 1 left, 2 right, 4 middle. */
  readonly buttons: number;
  /** 2 for the second click of a double click. */
  readonly clickCount: number;
  readonly modifiers: Modifiers;
  readonly pointerType: 'mouse' | 'pen' | 'touch';
  /** How hard a pen presses, 0 to 1; left out where the device does not tell. */
  readonly pressure?: number;
}

/** A place on an outline: a point of a ring, or the line after it. */
export interface OutlinePlace {
  readonly kind: 'point' | 'line';
  readonly ring: number;
  readonly index: number;
}

/** Everything a tool can do to the session. */
export interface ToolCommands {
  addPoint(point: ImagePoint, label: PointLabel): void;
  setBox(box: BoxXyxy): void;
  previewBox(box: BoxXyxy | null): void;
  movePoint(index: number, point: ImagePoint): void;
  removePoint(index: number): void;
  /** Index of the click of the open object under the pointer, or null. */
  promptPointAt(point: CanvasPoint): number | null;
  /** What a plain left click means at the moment. */
  pointLabel(): PointLabel;
  /** Open the kept object under the pointer; false when there is none. */
  refineAt(point: ImagePoint): boolean;
  /** The same for the second click of a double click: the first one was a slip. */
  refineAtDoubleClick(point: ImagePoint): boolean;
  /** Select the kept object under the pointer, or nothing; `adds` keeps what is selected and takes it out again. */
  selectAt(point: ImagePoint, adds: boolean): void;
  selectInBox(box: BoxXyxy): void;
  isSelectedAt(point: ImagePoint): boolean;
  previewMove(by: Shift | null): void;
  moveSelected(by: Shift): void;
  hoverAt(point: ImagePoint | null): void;
  /** Let the smallest proposal under the pointer stand out; false when there is none. */
  hoverProposalAt(point: ImagePoint): boolean;
  /** Make an object of the proposal that stands out. */
  takeProposal(): void;
  rejectProposal(): void;
  panBy(dx: number, dy: number): void;
  /** Show a distance; null for none. */
  showMeasure(measure: Measure | null): void;
  /** Diameter of brush and eraser, in image pixels. */
  brushSize(): number;
  previewStroke(points: readonly StrokePoint[] | null, erases: boolean): void;
  paintStroke(points: readonly StrokePoint[], erases: boolean): void;
  previewRing(points: readonly ImagePoint[] | null): void;
  previewLine(points: readonly ImagePoint[] | null): void;
  /** Make clicks of a line that was drawn over an object. */
  promptLine(points: readonly ImagePoint[], label: PointLabel): void;
  /** Make a box and clicks of a line that was drawn around an object. */
  promptLoop(points: readonly ImagePoint[]): void;
  fillRing(points: readonly ImagePoint[], erases: boolean): void;
  /** What of the open outline lies under the pointer. */
  outlinePlaceAt(point: CanvasPoint): OutlinePlace | null;
  /** `drawing` while clicks add points, `editing` while the points of a whole outline are moved. */
  outlinePhase(): 'none' | 'drawing' | 'editing';
  addOutlinePoint(point: ImagePoint, erases: boolean): void;
  moveOutlinePoint(place: OutlinePlace, point: ImagePoint): void;
  insertOutlinePoint(place: OutlinePlace, point: ImagePoint): void;
  removeOutlinePoint(place: OutlinePlace): void;
  finishOutline(): void;
}

/** A tool: one gesture at a time, no DOM, no timers. */
export interface Tool {
  readonly name: ToolName;
  /** CSS cursor over the image. */
  readonly cursor: string;
  press(event: ToolEvent): void;
  /** Called with and without a button down. */
  move(event: ToolEvent): void;
  release(event: ToolEvent): void;
  /** Drop the gesture in progress because the annotator said so. True when there was one. */
  cancel(): boolean;
  /** Drop the gesture in progress because something else took over: another tool, a second finger, an undo. */
  interrupt(): void;
}
