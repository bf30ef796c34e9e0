/** What the server says of itself and of the model that it serves. */

export type HealthJson = { status: string };

export type ModelJson = {
  model_id: string;
  /** What an embedding must name to be of use; models that differ in their decoders alone share it. */
  encoder_id: string;
  name: string;
  image_size: number;
  mask_size: number;
  mask_threshold: number;
  tensors: { name: string; shape: number[] }[];
  decoder_url: string;
  /** The models whose kept logits this decoder takes as they are; for others they are made from the mask. */
  takes_logits_of: string[];
  parameters: number;
  summary: string;
};

/** What the server says of its model: no address while it is still exporting the decoder. */
export type ModelAnswerJson = Omit<ModelJson, 'decoder_url'> & { decoder_url: string | null };

/** What a simulated annotator needs on images that were kept apart. */
export type ScoresJson = { clicks_to_90: number; first_iou: number };

/** Scores at one moment of a run that tunes the model. */
export type CurvePointJson = { seconds: number; scores: ScoresJson };

/** What a tuned model was made of and what it brought. */
export type LessonJson = {
  project_name: string;
  image_count: number;
  mask_count: number;
  held_out_image_count: number;
  held_out_mask_count: number;
  seconds: number;
  before: ScoresJson;
  after: ScoresJson;
  curve: CurvePointJson[];
};

/** A model that can be chosen; the one of the settings has no lesson. */
export type ModelChoiceJson = {
  model_id: string;
  name: string;
  is_served: boolean;
  problem: string | null;
  base_id: string | null;
  created_at: string | null;
  byte_count: number | null;
  lesson: LessonJson | null;
};

/** All models, and the one that answered before. */
export type ModelListJson = { models: ModelChoiceJson[]; previous: string | null };
