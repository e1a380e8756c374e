/**
 * Text, gzipped. Written straight into the browser's own zip: through a Blob's stream the bytes take the way through another
 * process first, which costs a slow phone as much as the zipping.
 */
export const gzip = (text: string): Promise<ArrayBuffer> => {
  const zip = new CompressionStream('gzip');
  const writer = zip.writable.getWriter();
  // What goes wrong here is told to who reads.
  writer.write(new TextEncoder().encode(text)).catch(() => undefined);
  writer.close().catch(() => undefined);
  return new Response(zip.readable).arrayBuffer();
};
