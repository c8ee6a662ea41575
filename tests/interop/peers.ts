/** How a program that somebody else wrote is asked for its version. */
export interface PeerSpec {
  /** As the matrix names it. */
  readonly name: string;
  /** What Debian calls the package that has it. */
  readonly debian: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Its first group is the version in what the command prints. */
  readonly version: RegExp;
}

/** The system's Python: the one for which distributions build GObject's modules. */
export const PYTHON = "/usr/bin/python3";

const GST_RTSP_SERVER = [
  "import gi",
  "gi.require_version('GstRtspServer', '1.0')",
  "from gi.repository import Gst, GstRtspServer",
  "print(Gst.version_string())",
].join("; ");

const GST_PYTHON = [
  "import gi",
  "gi.require_version('Gst', '1.0')",
  "from gi.repository import Gst",
  "print(Gst.version_string())",
].join("; ");

const LIBCURL = "import ctypes; c = ctypes.CDLL('libcurl.so.4').curl_version; " +
  "c.restype = ctypes.c_char_p; print(c().decode())";

/** The programs that the interop tests run. */
export const PEERS = {
  ffmpeg: {
    name: "FFmpeg",
    debian: "ffmpeg",
    command: "ffmpeg",
    args: ["-version"],
    version: /version (\S+)/,
  },
  gstreamer: {
    name: "GStreamer",
    debian: "gstreamer1.0-tools gstreamer1.0-plugins-good",
    command: "gst-inspect-1.0",
    args: ["--version", "rtpjpegdepay"],
    version: /GStreamer (\S+)/,
  },
  gstPython: {
    name: "GStreamer by Python",
    debian: "python3-gi gir1.2-gstreamer-1.0",
    command: PYTHON,
    args: ["-c", GST_PYTHON],
    version: /GStreamer (\S+)/,
  },
  gstRtspServer: {
    name: "gst-rtsp-server",
    debian: "python3-gi gir1.2-gst-rtsp-server-1.0",
    command: PYTHON,
    args: ["-c", GST_RTSP_SERVER],
    version: /GStreamer (\S+)/,
  },
  vlc: {
    name: "VLC",
    debian: "vlc-bin vlc-plugin-base",
    command: "sh",
    args: ["-c", "vlc --version 2>&1 || runuser -u nobody -- vlc --version 2>&1"],
    version: /VLC version (\S+)/,
  },
  curl: {
    name: "curl",
    debian: "curl",
    command: "curl",
    args: ["--version"],
    version: /^curl (\S+)/,
  },
  libcurl: {
    name: "libcurl",
    debian: "libcurl4",
    command: PYTHON,
    args: ["-c", LIBCURL],
    version: /libcurl\/(\S+)/,
  },
  tshark: {
    name: "tshark",
    debian: "tshark",
    command: "tshark",
    args: ["--version"],
    version: /TShark.*? (\d[\d.]+)/,
  },
  openssl: {
    name: "OpenSSL",
    debian: "openssl",
    command: "openssl",
    args: ["version"],
    version: /OpenSSL (\S+)/,
  },
  libjpeg: {
    name: "libjpeg-turbo",
    debian: "libjpeg-turbo-progs",
    command: "djpeg",
    args: ["-version"],
    version: /version (\S+)/,
  },
} as const satisfies Readonly<Record<string, PeerSpec>>;
