/** Shapes of exports and imports in the HTTP API. */

/** A wish for an export; what is left out has its default. */
export type ExportWishJson = {
  format: string;
  segmentation?: 'rle' | 'polygons';
  with_provenance?: boolean;
  project_id?: number;
  split?: { val_percent: number; test_percent: number; seed: number; groups: 'none' | 'name_prefix' };
};
/** One kind of thing that a format cannot carry. */
export type LossJson = { code: string; text: string; count: number; annotation_ids: number[] };
export type ExportReportJson = {
  format: string;
  images: number;
  annotations: number;
  categories: number;
  compared: number;
  parts: Record<string, number>;
  losses: LossJson[];
};
/** Work in the background of the server at one moment. */
export type JobJson = {
  id: number;
  state: 'waiting' | 'running' | 'done' | 'failed';
  done: number;
  total: number;
  error: { code: string; message: string; hint: string } | null;
};
export type ExportJson = JobJson & {
  report: ExportReportJson | null;
  file_name: string | null;
  byte_count: number | null;
  url: string | null;
};
/** One kind of thing that was left out of an import, or is odd about its file. */
export type NoteJson = { code: string; text: string; count: number; examples: string[] };
export type ImportReportJson = {
  format: string;
  is_dry_run: boolean;
  images: number;
  images_found: number;
  annotations: number;
  added: number;
  already_there: number;
  new_categories: string[];
  notes: NoteJson[];
};
export type ImportJson = JobJson & { report: ImportReportJson | null };
