/*
 * The limit: sends the same bytes as the server, with UDP segmentation offload, in plain C.
 *
 *   gso_sender FRAMES_FILE RATE PORT...
 *
 * FRAMES_FILE: each frame a 32-bit count of packets, each packet a 32-bit length and its payload, little-endian.
 * One listener on each port of 127.0.0.1, their frames spread over the interval; ends at end of input, or
 * after two minutes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

enum { MOST_SEGMENTS = 64, MOST_OCTETS = 65507, MOST_PACKETS = 4096 };

typedef struct {
  unsigned packets;
  unsigned char **payloads;
  unsigned *lengths;
} Frame;

typedef struct {
  struct sockaddr_in to;
  uint32_t ssrc, timestamp;
  uint16_t sequence;
  unsigned frame;
} Listener;

static uint32_t take32(unsigned char **at) {
  uint32_t value;
  memcpy(&value, *at, 4);
  *at += 4;
  return value;
}

static void send_frame(int fd, Listener *l, const Frame *f, uint32_t step) {
  static unsigned char headers[MOST_PACKETS][12];
  static struct iovec vectors[2 * MOST_SEGMENTS];
  union {
    char bytes[CMSG_SPACE(2)];
    struct cmsghdr align;
  } control;
  for (unsigned from = 0; from < f->packets;) {
    unsigned segment = 12 + f->lengths[from], octets = 0, n = 0;
    while (from + n < f->packets && n < MOST_SEGMENTS && octets + 12 + f->lengths[from + n] <= MOST_OCTETS) {
      unsigned i = from + n;
      unsigned char *h = headers[i];
      uint32_t words[2] = {htonl(l->timestamp), htonl(l->ssrc)};
      h[0] = 0x80;
      h[1] = 26 | (i == f->packets - 1 ? 0x80 : 0);
      h[2] = l->sequence >> 8;
      h[3] = l->sequence++;
      memcpy(h + 4, words, 8);
      vectors[2 * n] = (struct iovec){h, 12};
      vectors[2 * n + 1] = (struct iovec){f->payloads[i], f->lengths[i]};
      octets += 12 + f->lengths[i];
      n++;
    }
    struct msghdr message = {.msg_name = &l->to, .msg_namelen = sizeof l->to, .msg_iov = vectors, .msg_iovlen = 2 * n};
    if (n > 1) {
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      struct cmsghdr *c = CMSG_FIRSTHDR(&message);
      c->cmsg_level = SOL_UDP;
      c->cmsg_type = UDP_SEGMENT;
      c->cmsg_len = CMSG_LEN(2);
      uint16_t size = segment;
      memcpy(CMSG_DATA(c), &size, 2);
    }
    if (sendmsg(fd, &message, 0) < 0) {
      perror("gso_sender: sendmsg");
      exit(1);
    }
    from += n;
  }
  l->timestamp += step;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int file = open(argv[1], O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) {
    perror(argv[1]);
    return 1;
  }
  unsigned char *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  unsigned frame_count = 0;
  Frame *frames = NULL;
  for (unsigned char *at = bytes; at < bytes + status.st_size; frame_count++) {
    frames = realloc(frames, (frame_count + 1) * sizeof *frames);
    Frame *f = &frames[frame_count];
    f->packets = take32(&at);
    f->payloads = calloc(f->packets, sizeof *f->payloads);
    f->lengths = calloc(f->packets, sizeof *f->lengths);
    for (unsigned i = 0; i < f->packets; i++) {
      f->lengths[i] = take32(&at);
      f->payloads[i] = at;
      at += f->lengths[i];
    }
  }
  double rate = atof(argv[2]);
  unsigned count = argc - 3;
  Listener *listeners = calloc(count, sizeof *listeners);
  for (unsigned i = 0; i < count; i++) {
    listeners[i].to = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(argv[3 + i]))};
    listeners[i].to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listeners[i].ssrc = 1000 + i;
  }
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  fcntl(0, F_SETFL, O_NONBLOCK);
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  uint32_t step = 90000 / rate;
  for (uint64_t turn = 0; turn < 120 * rate * count; turn++) {
    uint64_t due_ns = turn * (1e9 / rate / count);
    struct timespec due = {start.tv_sec + (start.tv_nsec + due_ns) / 1000000000, (start.tv_nsec + due_ns) % 1000000000};
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    /* What is due within the next millisecond waits for it together, as timers of that grain do. */
    if (now.tv_sec < due.tv_sec || (now.tv_sec == due.tv_sec && now.tv_nsec < due.tv_nsec)) {
      due.tv_nsec += 1000000;
      if (due.tv_nsec >= 1000000000) {
        due.tv_nsec -= 1000000000;
        due.tv_sec++;
      }
      clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
      char c;
      if (read(0, &c, 1) == 0) return 0;
    }
    Listener *l = &listeners[turn % count];
    send_frame(fd, l, &frames[l->frame++ % frame_count], step);
  }
  return 0;
}
