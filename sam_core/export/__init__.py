"""ONNX files of the encoder and the decoder, accepted only when they equal torch."""
