"""Plays an RTSP movie with libcurl, RTP inside the RTSP connection, until the server's BYE.

Usage: libcurl_player.py URL TRACK_URL FILE [USER:PASSWORD]
Writes the blocks as they came ($, channel, length, packet) into FILE, and the status of each request on
standard output. Ends with code 1 on an error of libcurl.
"""

import ctypes
import sys

LIB = ctypes.CDLL("libcurl.so.4")
LIB.curl_easy_init.restype = ctypes.c_void_p
LIB.curl_easy_strerror.restype = ctypes.c_char_p
CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p
)

LONG, OBJECT, FUNCTION = 0, 10000, 20000
URL, USERPWD = OBJECT + 2, OBJECT + 5
WRITEFUNCTION, HTTPAUTH, TIMEOUT = FUNCTION + 11, LONG + 107, LONG + 13
RTSP_REQUEST, RTSP_STREAM_URI, RTSP_TRANSPORT = LONG + 189, OBJECT + 191, OBJECT + 192
INTERLEAVEFUNCTION = FUNCTION + 196
RESPONSE_CODE = 0x200000 + 2
REQUESTS = {"OPTIONS": 1, "DESCRIBE": 2, "SETUP": 4, "PLAY": 5, "TEARDOWN": 7, "RECEIVE": 11}
DIGEST = 2
RTCP_BYE = 203


class Player:
    def __init__(self, url, track, path, login):
        self.url, self.track = url.encode(), track.encode()
        self.ended = False
        self.file = open(path, "wb")
        self.body = CALLBACK(lambda _data, size, count, _user: size * count)
        self.block = CALLBACK(self.take_block)
        self.curl = ctypes.c_void_p(LIB.curl_easy_init())
        self.set(WRITEFUNCTION, self.body)
        self.set(INTERLEAVEFUNCTION, self.block)
        self.set(URL, self.url)
        self.set(TIMEOUT, ctypes.c_long(10))
        if login:
            self.login = login.encode()
            self.set(USERPWD, self.login)
            self.set(HTTPAUTH, ctypes.c_long(DIGEST))

    def set(self, option, value):
        self.check(LIB.curl_easy_setopt(self.curl, ctypes.c_int(option), value))

    def check(self, code):
        if code != 0:
            sys.exit("libcurl: " + LIB.curl_easy_strerror(code).decode())

    def take_block(self, data, size, count, _user):
        block = ctypes.string_at(data, size * count)
        self.file.write(block)
        if block[1] == 1:
            at = 4
            while at + 4 <= len(block):
                self.ended = self.ended or block[at + 1] == RTCP_BYE
                at += 4 + 4 * int.from_bytes(block[at + 2 : at + 4], "big")
        return size * count

    def ask(self, method, uri):
        self.set(RTSP_STREAM_URI, uri)
        self.set(RTSP_REQUEST, ctypes.c_long(REQUESTS[method]))
        self.check(LIB.curl_easy_perform(self.curl))
        status = ctypes.c_long()
        self.check(LIB.curl_easy_getinfo(self.curl, RESPONSE_CODE, ctypes.byref(status)))
        if method != "RECEIVE":
            print(method, status.value, flush=True)

    def run(self):
        self.ask("OPTIONS", self.url)
        self.ask("DESCRIBE", self.url)
        self.set(RTSP_TRANSPORT, b"RTP/AVP/TCP;unicast;interleaved=0-1")
        self.ask("SETUP", self.track)
        self.ask("PLAY", self.url)
        while not self.ended:
            self.ask("RECEIVE", self.url)
        self.ask("TEARDOWN", self.url)
        self.file.close()


if __name__ == "__main__":
    LIB.curl_global_init(ctypes.c_long(3))
    Player(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4] if len(sys.argv) > 4 else "").run()
