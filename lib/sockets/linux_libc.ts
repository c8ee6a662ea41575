/** What can be had of the C library, or why it cannot. */
export type LinuxLibcResult =
  | { readonly kind: "libc"; readonly libc: LinuxLibc }
  | { readonly kind: "none"; readonly reason: string };

/**
 * The few functions of the C library that Deno has no way of its own to: batches of datagrams,
 * socket options and what goes with them. All of them return at once; -1 is failure, and `errno` says which.
 */
export interface LinuxLibc {
  /**
   * Sends messages (sendmmsg(2)).
   *
   * @param messages Holds `count` structures `mmsghdr`.
   * @returns How many were sent; at the first that cannot be, it ends.
   */
  sendmmsg(descriptor: number, messages: Uint8Array, count: number, flags: number): number;
  /**
   * Receives messages (recvmmsg(2)), without a time limit.
   *
   * @param messages Holds `count` structures `mmsghdr`, which are filled in.
   * @returns How many came.
   */
  recvmmsg(descriptor: number, messages: Uint8Array, count: number, flags: number): number;
  /** Sets a socket option that is an `int` (setsockopt(2)). */
  setOption(descriptor: number, level: number, name: number, value: number): number;
  /** A socket option that is an `int`; `undefined` where there is none (getsockopt(2)). */
  option(descriptor: number, level: number, name: number): number | undefined;
  /** The address a socket is bound to, a `sockaddr` of any family; empty where it is no socket. */
  socketName(descriptor: number): Uint8Array;
  /**
   * A literal address in network byte order (inet_pton(3)).
   *
   * @param family `AF_INET` or `AF_INET6`.
   * @returns `undefined` where the text is no address of that family.
   */
  parseAddress(family: number, text: string): Uint8Array | undefined;
  /**
   * The text of an address in network byte order (inet_ntop(3)).
   *
   * @param family `AF_INET` or `AF_INET6`.
   */
  formatAddress(family: number, address: Uint8Array): string;
  /** The system's clock (`CLOCK_REALTIME`), in milliseconds with a fraction. */
  unixMs(): number;
  /** Where bytes are in memory; they must be kept referenced for as long as that is used. */
  addressOf(bytes: Uint8Array): number;
  /** Why the last call failed. */
  readonly errno: number;
  /** A few words about an errno, as the system has them. */
  errorText(errno: number): string;
}

const LIBRARY = "libc.so.6";

const SYMBOLS = {
  sendmmsg: { parameters: ["i32", "buffer", "u32", "i32"], result: "i32" },
  recvmmsg: { parameters: ["i32", "buffer", "u32", "i32", "pointer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  inet_pton: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  inet_ntop: { parameters: ["i32", "buffer", "buffer", "u32"], result: "pointer" },
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  strerror: { parameters: ["i32"], result: "pointer" },
  __errno_location: { parameters: [], result: "pointer" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Length of a `sockaddr_storage`, which holds any address. */
const ADDRESS_STORAGE_LENGTH = 128;

const CLOCK_REALTIME = 0;

const ENCODER = new TextEncoder();

let opened: LinuxLibc | undefined;

/**
 * The C library of Linux on a 64-bit little-endian machine, opened once; it asks for no permission that
 * was not given.
 */
export function openLinuxLibc(): LinuxLibcResult {
  const { os, arch } = Deno.build;
  if (os !== "linux") return none(`this is ${os}, not Linux`);
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) return none(`${arch} is big-endian`);
  if (!isAllowed()) return none("--allow-ffi was not given");
  try {
    opened ??= wrap(Deno.dlopen(LIBRARY, SYMBOLS).symbols);
    return { kind: "libc", libc: opened };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return none(error.message);
  }
}

/** Pointers need the permission for every library. */
function isAllowed(): boolean {
  return Deno.permissions.querySync({ name: "ffi" }).state === "granted";
}

function none(reason: string): LinuxLibcResult {
  return { kind: "none", reason };
}

function wrap(symbols: Deno.StaticForeignLibraryInterface<typeof SYMBOLS>): LinuxLibc {
  const errnoPointer = symbols.__errno_location();
  if (errnoPointer === null) throw new TypeError("Cannot find errno");
  const errno = new Int32Array(Deno.UnsafePointerView.getArrayBuffer(errnoPointer, 4));
  const value = new Int32Array(1);
  const valueBytes = new Uint8Array(value.buffer);
  const length = new Uint32Array(1);
  const lengthBytes = new Uint8Array(length.buffer);
  const storage = new Uint8Array(ADDRESS_STORAGE_LENGTH);
  const time = new BigInt64Array(2); // a timespec: seconds, nanoseconds
  const timeBytes = new Uint8Array(time.buffer);
  return {
    sendmmsg: (descriptor, messages, count, flags) =>
      symbols.sendmmsg(descriptor, messages, count, flags),
    recvmmsg: (descriptor, messages, count, flags) =>
      symbols.recvmmsg(descriptor, messages, count, flags, null),
    setOption: (descriptor, level, name, wanted) => {
      value[0] = wanted;
      return symbols.setsockopt(descriptor, level, name, valueBytes, 4);
    },
    option: (descriptor, level, name) => {
      length[0] = 4;
      const result = symbols.getsockopt(descriptor, level, name, valueBytes, lengthBytes);
      return result === 0 ? value[0] : undefined;
    },
    socketName: (descriptor) => {
      length[0] = storage.length;
      const result = symbols.getsockname(descriptor, storage, lengthBytes);
      return storage.slice(0, result === 0 ? length[0] : 0);
    },
    parseAddress: (family, text) => {
      const result = symbols.inet_pton(family, ENCODER.encode(text + "\0"), storage);
      return result === 1 ? storage.slice(0, family === 2 ? 4 : 16) : undefined;
    },
    formatAddress: (family, address) => {
      const text = symbols.inet_ntop(family, address, storage, storage.length);
      return text === null ? "" : Deno.UnsafePointerView.getCString(text);
    },
    unixMs: () => {
      symbols.clock_gettime(CLOCK_REALTIME, timeBytes);
      return Number(time[0]) * 1000 + Number(time[1]) / 1e6;
    },
    addressOf: (bytes) => Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes))),
    get errno() {
      return errno[0] ?? 0;
    },
    errorText: (number) => {
      const text = symbols.strerror(number);
      return text === null ? `errno ${number}` : Deno.UnsafePointerView.getCString(text);
    },
  };
}
