import { failureText } from "../files/failure_text.ts";
import type { TlsTrust } from "../sockets/connect_client.ts";

/**
 * Whom to trust, or a sentence: the file cannot be read or holds no certificate.
 *
 * @param ca The path of a PEM file.
 */
export async function readTrust(
  { insecure, ca }: { readonly insecure: boolean; readonly ca?: string | undefined },
): Promise<TlsTrust | string> {
  if (ca === undefined) return { insecure, certificates: [] };
  let text: string;
  try {
    text = await Deno.readTextFile(ca);
  } catch (error) {
    return `Cannot read certificates from ${JSON.stringify(ca)}: ${failureText(error)}`;
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs);
  if (certificates === null) {
    return `Cannot read certificates from ${JSON.stringify(ca)}: there is none in PEM form`;
  }
  return { insecure, certificates };
}
