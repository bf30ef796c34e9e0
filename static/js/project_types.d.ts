/** What the HTTP API says of projects: how far they are and what their masks cost. */

import type { ImageStateName } from './types.js';

export type ProjectJson = {
  id: number;
  name: string;
  created_at: string;
  changed_at: string;
  image_count: number;
  image_counts: Record<ImageStateName, number>;
  object_count: number;
  /** Working time until every image is done, null while nothing is known about the pace. */
  seconds_left: number | null;
  /** Whether a pixel may belong to several objects. */
  overlap: 'allowed' | 'exclusive';
  cover: { thumbnail_url: string; masked_thumbnail_url: string }[];
};

export type CostJson = {
  object_count: number;
  image_count: number;
  measured_count: number;
  clicks: number;
  undo_count: number;
  hand_edits: number;
  active_ms: number;
};

export type StatisticsJson = {
  total: CostJson;
  by_day: (CostJson & { day: string })[];
  by_category: (CostJson & { category_id: number })[];
};
