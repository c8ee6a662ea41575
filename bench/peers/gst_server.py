"""Serves one AVI file by gst-rtsp-server, to be measured beside ours.

    python3 gst_server.py FILE demand|shared

demand: a pipeline of its own for each listener, as a server of files needs it. shared: one pipeline for
all, its best case, without a seek. Prints its port; ends at end of input.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

Gst.init(None)
location, mode = sys.argv[1:3]
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(
    f'( filesrc location="{location}" ! avidemux ! rtpjpegpay name=pay0 pt=26 mtu=1400 )'
)
factory.set_shared(mode == "shared")
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("0")
server.set_backlog(1024)
server.get_mount_points().add_factory("/movie", factory)
server.attach(None)
loop = GLib.MainLoop()
GLib.io_add_watch(0, GLib.PRIORITY_DEFAULT, GLib.IO_HUP | GLib.IO_IN, lambda *_: loop.quit())
# Ended sessions leave when their time is over, which somebody has to look after.
GLib.timeout_add_seconds(2, lambda: server.get_session_pool().cleanup() >= 0)
print(f"port {server.get_bound_port()}", flush=True)
loop.run()
