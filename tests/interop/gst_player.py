"""Plays an RTSP movie with GStreamer by a script of steps, and writes its raw pictures into a file.

Usage: gst_player.py URL udp|tcp FILE STEP...
Steps: `wait:SECONDS`, `pause`, `play`, `seek:SECONDS`. After the last one it plays to the end of the
stream. Each picture's position is printed as a line `picture SECONDS`. Ends with code 1 on an error.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402

MOST_SECONDS = 20


class Player:
    def __init__(self, url, transport, path, steps):
        self.steps = steps
        self.code = 1
        self.loop = GLib.MainLoop()
        self.pipeline = Gst.parse_launch(
            f'rtspsrc location="{url}" protocols={transport} latency=200 ! rtpjpegdepay '
            "! jpegdec idct-method=islow ! fakesink name=probe signal-handoffs=true sync=false async=false"
        )
        self.file = open(path, "wb")
        self.pipeline.get_by_name("probe").connect("handoff", self.picture)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message", self.message)

    def run(self):
        GLib.timeout_add_seconds(MOST_SECONDS, self.loop.quit)
        self.pipeline.set_state(Gst.State.PLAYING)
        self.started = False
        self.loop.run()
        self.pipeline.set_state(Gst.State.NULL)
        self.file.close()
        return self.code

    def picture(self, _sink, buffer, _pad):
        self.file.write(buffer.extract_dup(0, buffer.get_size()))
        print("picture", buffer.pts / Gst.SECOND, flush=True)
        if not self.started:
            self.started = True
            GLib.idle_add(self.step)

    def step(self):
        if not self.steps:
            return False
        kind, _, value = self.steps.pop(0).partition(":")
        delay_ms = 0
        if kind == "wait":
            delay_ms = int(float(value) * 1000)
        elif kind == "pause":
            self.pipeline.set_state(Gst.State.PAUSED)
        elif kind == "play":
            self.pipeline.set_state(Gst.State.PLAYING)
        elif kind == "seek":
            at = int(float(value) * Gst.SECOND)
            flags = Gst.SeekFlags.FLUSH | Gst.SeekFlags.ACCURATE
            if not self.pipeline.seek_simple(Gst.Format.TIME, flags, at):
                print("the seek was refused", file=sys.stderr)
                self.loop.quit()
        else:
            raise ValueError(kind)
        print(kind, value, flush=True)
        GLib.timeout_add(delay_ms, self.step)
        return False

    def message(self, _bus, message):
        if message.type == Gst.MessageType.ERROR:
            error, details = message.parse_error()
            print(error.message, details, file=sys.stderr)
            self.loop.quit()
        elif message.type == Gst.MessageType.EOS:
            self.code = 0
            self.loop.quit()


if __name__ == "__main__":
    Gst.init(None)
    sys.exit(Player(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]).run())
