/*
 * A light load of RTSP listeners: sets N sessions up and plays them, by UDP or inside TCP, and checks what
 * comes: sequence numbers, frame rate, spacing, and (by --payloads) the bytes themselves.
 *
 *   receiver --port P --path /movie --track /movie/track --count N [--tcp] [--idle] [--payloads FILE]
 *   receiver --port P ... --probe K     K sessions one after another: time from connect to the first frame
 *   receiver --port P ... --no-read     takes nothing from its UDP sockets, which are full at once: what is
 *                                       counted is what the kernel throws away
 *   receiver --ports-only --count N     no RTSP: prints its UDP ports, one sender serves them
 *
 * It prints "ready ..." when all play; "start" on standard input begins a measurement, "stop" ends it and
 * prints one line of JSON; end of input ends the program. Loopback only.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 4096, BATCH = 32, DATAGRAM = 65536, BUCKETS = 2000, NAP_NS = 1000000, TOGETHER = 10 };

typedef struct {
  int rtsp, rtp, rtcp, port;
  char session[128];
  /* of the stream */
  int seen;
  uint16_t sequence;
  uint32_t timestamp;
  double frame_at;
  /* of the measurement */
  uint64_t packets, frames;
  int64_t lost;
  /* of the interleaved parser */
  unsigned char head[16];
  unsigned have, skip;
} Stream;

static Stream streams[MOST];
static int count = 1, tcp, idle, no_read, probe, ports_only, rtsp_port;
static const char *path = "/", *track = "/", *payloads_file;
static int measuring;
static uint64_t octets, bad_payloads, checked, foreign;
static uint64_t spacing[BUCKETS + 1], spacings; /* buckets of 50 us */
static double now_s;

static double clock_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what) {
  fprintf(stderr, "receiver: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* ---- payload hashes ---- */

static uint64_t *known;
static size_t known_slots;

/* Eight bytes at a time; server_bench.ts computes the same. */
static uint64_t hash(const unsigned char *bytes, size_t length) {
  uint64_t h = length;
  while (length > 0) {
    uint64_t word = 0;
    size_t n = length < 8 ? length : 8;
    memcpy(&word, bytes, n);
    h = (h ^ word) * 0x9E3779B97F4A7C15ull;
    h ^= h >> 32;
    bytes += n;
    length -= n;
  }
  return h | 1;
}

static void load_payloads(void) {
  FILE *file = fopen(payloads_file, "rb");
  if (file == NULL) fail(payloads_file);
  known_slots = 1 << 20;
  known = calloc(known_slots, sizeof *known);
  uint64_t h;
  while (fread(&h, sizeof h, 1, file) == 1) {
    size_t at = h % known_slots;
    while (known[at] != 0 && known[at] != h) at = (at + 1) % known_slots;
    known[at] = h;
  }
  fclose(file);
}

static int is_known(uint64_t h) {
  size_t at = h % known_slots;
  while (known[at] != 0) {
    if (known[at] == h) return 1;
    at = (at + 1) % known_slots;
  }
  return 0;
}

/* ---- what came ---- */

static void take_packet(Stream *s, const unsigned char *p, size_t length) {
  if (length < 12 || p[0] >> 6 != 2) {
    foreign++;
    return;
  }
  uint16_t sequence = p[2] << 8 | p[3];
  uint32_t timestamp = (uint32_t)p[4] << 24 | p[5] << 16 | p[6] << 8 | p[7];
  if (s->seen && measuring) s->lost += (int16_t)(sequence - (uint16_t)(s->sequence + 1));
  int is_new = !s->seen || timestamp != s->timestamp;
  if (is_new) {
    if (s->seen && measuring) {
      double wanted = (uint32_t)(timestamp - s->timestamp) / 90000.0;
      double off = now_s - s->frame_at - wanted;
      if (off < 0) off = -off;
      size_t bucket = off / 50e-6;
      spacing[bucket < BUCKETS ? bucket : BUCKETS]++;
      spacings++;
      s->frames++;
    }
    s->frame_at = now_s;
    s->timestamp = timestamp;
  }
  s->sequence = sequence;
  s->seen = 1;
  if (!measuring) return;
  s->packets++;
  octets += length - 12;
  if (known != NULL && s->packets % 8 == 0) {
    checked++;
    if (!is_known(hash(p + 12, length - 12))) bad_payloads++;
  }
}

static unsigned char (*datagrams)[DATAGRAM];
static struct mmsghdr messages[BATCH];
static struct iovec vectors[BATCH];

static void drain_udp(Stream *s) {
  for (;;) {
    int got = recvmmsg(s->rtp, messages, BATCH, MSG_DONTWAIT, NULL);
    if (got <= 0) return;
    now_s = clock_s();
    for (int i = 0; i < got; i++) take_packet(s, datagrams[i], messages[i].msg_len);
    if (got < BATCH) return;
  }
}

/* Looks at the 4 + 12 bytes of each block's headers and passes over the rest. */
static void take_stream(Stream *s, const unsigned char *p, size_t length) {
  while (length > 0) {
    if (s->skip > 0) {
      size_t n = s->skip < length ? s->skip : length;
      s->skip -= n;
      p += n;
      length -= n;
      continue;
    }
    size_t n = 16 - s->have < length ? 16 - s->have : length;
    memcpy(s->head + s->have, p, n);
    s->have += n;
    p += n;
    length -= n;
    if (s->have < 16) return;
    if (s->head[0] != '$') {
      fprintf(stderr, "receiver: no block: %.16s\n", s->head);
      exit(1);
    }
    unsigned block = s->head[2] << 8 | s->head[3];
    s->have = 0;
    if (block < 12) {
      fprintf(stderr, "receiver: a block of %u bytes\n", block);
      exit(1);
    }
    s->skip = block - 12;
    if (s->head[1] % 2 == 0) {
      now_s = clock_s();
      take_packet(s, s->head + 4, 12);
      if (measuring) octets += s->skip;
    }
  }
}

static void drain_tcp(Stream *s) {
  unsigned char *buffer = datagrams[0];
  for (;;) {
    ssize_t got = recv(s->rtsp, buffer, BATCH * DATAGRAM, MSG_DONTWAIT);
    if (got == 0) {
      fprintf(stderr, "receiver: the server closed a connection\n");
      exit(1);
    }
    if (got < 0) return;
    take_stream(s, buffer, got);
    if (got < BATCH * DATAGRAM) return;
  }
}

/* ---- RTSP ---- */

static int udp_port(int port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0) fail("socket");
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int size = no_read ? 1 : 1 << 20;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  if (bind(fd, (struct sockaddr *)&a, sizeof a) == 0) return fd;
  close(fd);
  return -1;
}

/* Pairs from 20000 on, below what the system gives out by itself. */
static void open_ports(Stream *s) {
  static int next = 20000;
  for (; next < 32000; next += 2) {
    s->rtp = udp_port(next);
    s->rtcp = s->rtp < 0 ? -1 : udp_port(next + 1);
    if (s->rtcp >= 0) {
      s->port = next;
      next += 2;
      return;
    }
    if (s->rtp >= 0) close(s->rtp);
  }
  fail("no free ports");
}

static void say(Stream *s, const char *request) {
  if (write(s->rtsp, request, strlen(request)) < 0) fail("write");
}

/* The reply's head; what follows it (blocks) goes to the stream's parser. */
static void hear(Stream *s, char *reply, size_t size) {
  size_t have = 0;
  char *end = NULL;
  while (end == NULL) {
    ssize_t got = read(s->rtsp, reply + have, size - 1 - have);
    if (got <= 0) fail("read a reply");
    have += got;
    reply[have] = 0;
    end = memmem(reply, have, "\r\n\r\n", 4);
  }
  end += 4;
  if (strncmp(reply, "RTSP/1.0 200", 12) != 0) {
    fprintf(stderr, "receiver: a request was answered\n%s\n", reply);
    exit(1);
  }
  now_s = clock_s();
  take_stream(s, (unsigned char *)end, reply + have - end);
  *end = 0;
}

static void say_setup(Stream *s) {
  char request[1024], transport[128];
  s->rtsp = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(s->rtsp, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(rtsp_port)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(s->rtsp, (struct sockaddr *)&a, sizeof a) != 0) fail("connect");
  if (tcp) {
    snprintf(transport, sizeof transport, "RTP/AVP/TCP;unicast;interleaved=0-1");
  } else {
    snprintf(transport, sizeof transport, "RTP/AVP;unicast;client_port=%d-%d", s->port, s->port + 1);
  }
  snprintf(request, sizeof request,
           "SETUP rtsp://127.0.0.1:%d%s RTSP/1.0\r\nCSeq: 1\r\nTransport: %s\r\n\r\n", rtsp_port,
           track, transport);
  say(s, request);
}

static void hear_setup(Stream *s) {
  char reply[65536];
  hear(s, reply, sizeof reply);
  char *session = strcasestr(reply, "\r\nSession:");
  if (session == NULL || sscanf(session + 10, " %127[^;\r\n]", s->session) != 1) fail("no session");
}

static void say_play(Stream *s) {
  char request[1024];
  snprintf(request, sizeof request,
           "PLAY rtsp://127.0.0.1:%d%s RTSP/1.0\r\nCSeq: 2\r\nSession: %s\r\n\r\n", rtsp_port, path,
           s->session);
  say(s, request);
}

static void hear_play(Stream *s) {
  char reply[65536];
  hear(s, reply, sizeof reply);
}

static void tear_down(Stream *s) {
  char request[1024];
  snprintf(request, sizeof request,
           "TEARDOWN rtsp://127.0.0.1:%d%s RTSP/1.0\r\nCSeq: 3\r\nSession: %s\r\n\r\n", rtsp_port,
           path, s->session);
  if (write(s->rtsp, request, strlen(request)) < 0) fail("write");
  struct pollfd p = {.fd = s->rtsp, .events = POLLIN};
  poll(&p, 1, 200);
  close(s->rtsp);
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* From connect() to the packet with the marker: the whole first frame. */
static void run_probe(void) {
  double *times = calloc(probe, sizeof *times);
  Stream *s = &streams[0];
  open_ports(s);
  unsigned char *packet = datagrams[0];
  for (int i = 0; i < probe; i++) {
    while (recv(s->rtp, packet, DATAGRAM, MSG_DONTWAIT) >= 0) {
    }
    double from = clock_s();
    say_setup(s);
    hear_setup(s);
    say_play(s);
    hear_play(s);
    struct pollfd p = {.fd = s->rtp, .events = POLLIN};
    ssize_t got = 0;
    do {
      if (poll(&p, 1, 5000) <= 0) fail("no first frame");
      got = recv(s->rtp, packet, DATAGRAM, 0);
    } while (got < 12 || (packet[1] & 0x80) == 0);
    times[i] = 1000 * (clock_s() - from);
    tear_down(s);
    nanosleep(&(struct timespec){.tv_nsec = 13000000}, NULL);
  }
  qsort(times, probe, sizeof *times, by_value);
  printf("{\"probes\":%d,\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"maxMs\":%.3f}\n", probe, times[probe / 2],
         times[(int)(0.99 * (probe - 1) + 0.5)], times[probe - 1]);
}

/* ---- the measurement ---- */

static double started_at;

static void begin(void) {
  for (int i = 0; i < count; i++) {
    streams[i].packets = streams[i].frames = 0;
    streams[i].lost = 0;
  }
  memset(spacing, 0, sizeof spacing);
  octets = bad_payloads = checked = spacings = foreign = 0;
  started_at = clock_s();
  measuring = 1;
}

/* Datagrams that the kernel threw away since the sockets were opened, by its table of UDP sockets. */
static uint64_t thrown_away(void) {
  FILE *file = fopen("/proc/net/udp", "r");
  if (file == NULL) fail("/proc/net/udp");
  static unsigned char is_ours[65536];
  for (int i = 0; i < count; i++) is_ours[streams[i].port] = 1;
  char line[256];
  uint64_t sum = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    unsigned port;
    unsigned long long drops;
    int found = sscanf(line, " %*u: %*x:%x %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu", &port, &drops);
    if (found == 2 && port < 65536 && is_ours[port]) sum += drops;
  }
  fclose(file);
  return sum;
}

static uint64_t thrown_before;

static void finish_unread(void) {
  double seconds = clock_s() - started_at;
  printf("{\"streams\":%d,\"seconds\":%.3f,\"packets\":%llu}\n", count, seconds,
         (unsigned long long)(thrown_away() - thrown_before));
  fflush(stdout);
}

static double quantile(double part) {
  uint64_t sum = 0;
  for (int i = 0; i <= BUCKETS; i++) {
    sum += spacing[i];
    if (sum >= part * spacings) return (i + 1) * 0.05;
  }
  return 0;
}

static void finish(void) {
  double seconds = clock_s() - started_at;
  uint64_t packets = 0, frames = 0;
  int64_t lost = 0;
  static double rates[MOST];
  measuring = 0;
  for (int i = 0; i < count; i++) {
    packets += streams[i].packets;
    frames += streams[i].frames;
    lost += streams[i].lost;
    rates[i] = streams[i].frames / seconds;
  }
  qsort(rates, count, sizeof *rates, by_value);
  printf("{\"streams\":%d,\"seconds\":%.3f,\"packets\":%llu,\"frames\":%llu,\"lost\":%lld,"
         "\"foreign\":%llu,\"octets\":%llu,\"checked\":%llu,\"badPayloads\":%llu,\"minRate\":%.2f,"
         "\"medianRate\":%.2f,\"spacingP50Ms\":%.2f,\"spacingP99Ms\":%.2f}\n",
         count, seconds, (unsigned long long)packets, (unsigned long long)frames, (long long)lost,
         (unsigned long long)foreign, (unsigned long long)octets, (unsigned long long)checked,
         (unsigned long long)bad_payloads, rates[0], rates[count / 2], quantile(0.5),
         quantile(0.99));
  fflush(stdout);
}

static void drain_ready(int epoll) {
  static struct epoll_event ready[MOST];
  int n = epoll_wait(epoll, ready, MOST, 0);
  for (int i = 0; i < n; i++) {
    Stream *s = &streams[ready[i].data.u32];
    if (tcp) drain_tcp(s);
    else drain_udp(s);
  }
}

static void watch(int epoll, int index) {
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
  int fd = tcp ? streams[index].rtsp : streams[index].rtp;
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl");
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : "";
    if (!strcmp(argv[i], "--tcp")) tcp = 1;
    else if (!strcmp(argv[i], "--idle")) idle = 1;
    else if (!strcmp(argv[i], "--no-read")) no_read = 1;
    else if (!strcmp(argv[i], "--ports-only")) ports_only = 1;
    else if (i++, !strcmp(argv[i - 1], "--port")) rtsp_port = atoi(value);
    else if (!strcmp(argv[i - 1], "--path")) path = value;
    else if (!strcmp(argv[i - 1], "--track")) track = value;
    else if (!strcmp(argv[i - 1], "--count")) count = atoi(value);
    else if (!strcmp(argv[i - 1], "--probe")) probe = atoi(value);
    else if (!strcmp(argv[i - 1], "--payloads")) payloads_file = value;
    else {
      fprintf(stderr, "receiver: unknown option %s\n", argv[i - 1]);
      return 2;
    }
  }
  if (count < 1 || count > MOST) return 2;
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  datagrams = malloc(sizeof *datagrams * BATCH);
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){datagrams[i], DATAGRAM};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  if (payloads_file != NULL) load_payloads();
  if (probe > 0) {
    run_probe();
    return 0;
  }
  int epoll = epoll_create1(0);
  /* Several at a time, so that setting many up takes no round trip each. */
  for (int from = 0; from < count; from += TOGETHER) {
    int to = from + TOGETHER < count ? from + TOGETHER : count;
    for (int i = from; i < to; i++) {
      if (!tcp) open_ports(&streams[i]);
      if (!ports_only) say_setup(&streams[i]);
    }
    for (int i = from; i < to && !ports_only; i++) hear_setup(&streams[i]);
    for (int i = from; i < to && !ports_only && !idle && !no_read; i++) say_play(&streams[i]);
    for (int i = from; i < to && !ports_only && !idle && !no_read; i++) hear_play(&streams[i]);
    for (int i = from; i < to; i++) watch(epoll, i);
    if (!no_read) drain_ready(epoll);
    if (!ports_only) nanosleep(&(struct timespec){.tv_nsec = TOGETHER * 700000}, NULL);
  }
  /* All at once, and nobody waits for the replies: the server shall have more to do than it can. */
  for (int i = 0; i < count && no_read; i++) say_play(&streams[i]);
  printf("ready %d", count);
  if (ports_only)
    for (int i = 0; i < count; i++) printf(" %d", streams[i].port);
  printf("\n");
  fflush(stdout);
  fcntl(0, F_SETFL, O_NONBLOCK);
  for (;;) {
    char line[64];
    ssize_t got = read(0, line, sizeof line - 1);
    if (got == 0) break;
    if (got > 0) {
      line[got] = 0;
      if (strstr(line, "start")) {
        begin();
        if (no_read) thrown_before = thrown_away();
      }
      if (strstr(line, "stop")) {
        if (no_read) finish_unread();
        else finish();
      }
    }
    if (!no_read) drain_ready(epoll);
    nanosleep(&(struct timespec){.tv_nsec = no_read ? 20 * NAP_NS : NAP_NS}, NULL);
  }
  if (!ports_only)
    for (int i = 0; i < count; i++) close(streams[i].rtsp);
  return 0;
}
