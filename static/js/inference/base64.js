/** Bytes as text, for the binary fields of JSON. */

/** Short enough for one call of String.fromCharCode in every browser. */
const CHUNK_LENGTH = 0x8000;

/**
 * Write bytes as base64.
 *
 * @param {Uint8Array} bytes - Any bytes.
 * @returns {string} Standard alphabet, padded.
 */
export function bytesToBase64(bytes) {
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK_LENGTH) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_LENGTH));
  }
  return btoa(binary);
}

/**
 * Read bytes from base64.
 *
 * @param {string} text - Standard alphabet.
 * @returns {Uint8Array<ArrayBuffer>} The bytes, in memory of their own.
 * @throws {DOMException} If the text is not base64.
 */
export function base64ToBytes(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
