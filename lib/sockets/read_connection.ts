/** Most requests fit into that; each connection has so much for as long as nothing fills it. */
const FIRST_READ_LENGTH = 512;

/** What is read at once of a peer that has more to say. */
const READ_LENGTH = 8 * 1024;

/**
 * Reads a connection until its peer closes it, with a buffer that is small until a read has filled it.
 *
 * @param take Called with what came in, which holds until it returns.
 * @throws {Error} What reading or `take` throws.
 */
export async function readConnection(
  connection: Pick<Deno.Conn, "read">,
  take: (bytes: Uint8Array) => void,
): Promise<void> {
  let buffer = new Uint8Array(FIRST_READ_LENGTH);
  for (;;) {
    const length = await connection.read(buffer);
    if (length === null) return;
    take(buffer.subarray(0, length));
    const isFilled = length === buffer.length;
    if (isFilled && length < READ_LENGTH) buffer = new Uint8Array(READ_LENGTH);
  }
}
