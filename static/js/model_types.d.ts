/** What the server says of itself and of the model that it serves. */

export type HealthJson = { status: string };

export type ModelJson = {
  model_id: string;
  name: string;
  image_size: number;
  mask_size: number;
  mask_threshold: number;
  tensors: { name: string; shape: number[] }[];
  decoder_url: string;
  parameters: number;
  summary: string;
};

/** What the server says of its model: no address while it is still exporting the decoder. */
export type ModelAnswerJson = Omit<ModelJson, 'decoder_url'> & { decoder_url: string | null };
