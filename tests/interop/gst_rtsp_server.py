"""Serves a test movie by gst-rtsp-server on a free port of 127.0.0.1, over UDP and TCP.

Usage: gst_rtsp_server.py PATTERN [USER:PASSWORD]
PATTERN is what stands before `! rtpjpegpay` in the pipeline. Prints `port N` and the movie is
rtsp://127.0.0.1:N/movie; with a login, Digest is asked. Runs until its standard input ends.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def lock(server, factory, login):
    user, _, password = login.partition(":")
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "listener")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("listener", "media.factory.access", True)
    permissions.add_permission_for_role("listener", "media.factory.construct", True)
    factory.set_permissions(permissions)


def main(pattern, login):
    Gst.init(None)
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(f"( {pattern} ! rtpjpegpay name=pay0 pt=26 )")
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    server.get_mount_points().add_factory("/movie", factory)
    if login:
        lock(server, factory, login)
    server.attach(None)
    print("port", server.get_bound_port(), flush=True)
    loop = GLib.MainLoop()
    GLib.io_add_watch(sys.stdin, GLib.IO_HUP | GLib.IO_IN, lambda *_: loop.quit())
    loop.run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
