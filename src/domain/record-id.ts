/**
 * Ids made on the device: a UUIDv8 of the writer's number and her counter. Small on the wire, never collides, and
 * the server sees at once whose range an id is from.
 */
export const recordId = (writer: number, counter: number): string => {
  const hex = counter.toString(16).padStart(12, '0');
  return `${writer.toString(16).padStart(8, '0')}-0000-8000-8000-${hex}`;
};

const shape = /^([0-9a-f]{8})-0000-8000-8000-([0-9a-f]{12})$/;

/** The writer whose range an id is from, or null when it is not one of ours. */
export const writerOf = (id: string): number | null => {
  const match = shape.exec(id);
  return match ? parseInt(match[1] as string, 16) : null;
};
