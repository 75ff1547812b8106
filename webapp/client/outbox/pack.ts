/** Making a finished interview smaller before it is sealed: a third of it, and nothing can be made smaller once sealed. */
import { joined } from './bytes.ts'
import type { Bytes } from './records.ts'

const PACKED = Uint8Array.of(1) // a JSON text begins otherwise

/** Packed bytes (zlib) behind their mark; a browser that cannot pack seals the text as it is. */
export async function packed(plain: Bytes): Promise<Bytes> {
  if (typeof CompressionStream === 'undefined') return plain
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('deflate'))
  return joined(PACKED, new Uint8Array(await new Response(stream).arrayBuffer()))
}
