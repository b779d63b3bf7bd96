/*
 * Lies to one process about time and disk: loaded with LD_PRELOAD into the process, told what to do
 * through a page of shared memory, by ShimControl.java.
 *
 *   BATON_SHIM       the control file; unset: every call goes straight through
 *   BATON_SHIM_DISK  the directory whose files may fail; unset: no disk faults
 *
 * What it can't reach: waits inside of libc (sleep, timerfd, futex by number), files written through
 * mapped memory or stdio, /proc/uptime by stdio. JDK 17, RocksDB, gRPC and Ratis use none of these
 * where it matters. Linux on 64 bits, little-endian, with glibc. The process must be in the harness's time
 * namespace, since the harness says from when on a rate holds.
 *
 * Thread-safe and without locks; nothing is allocated after loading.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* ------------------------------------------------------------------ the control page */

/* "BATSHIM1", which carries the version; the layout is ControlPage.java's. */
#define MAGIC 0x314d494853544142LL
#define PAGE 4096

typedef _Atomic int64_t word;

struct control {
  word magic;
  /* Odd while the five words below are being written. */
  word sequence;
  word base_real; /* CLOCK_MONOTONIC, ns, when the rate changed last */
  word base_fake; /* what the process saw then, ns */
  word rate;      /* the bits of a double */
  word boot_ahead;
  word wall_ahead;
  word unused_1;

  word fsync_delay; /* ns */
  word fsync_errno;
  word fsync_errors; /* how many are left; below 0: for ever */
  word write_errno;
  word write_errors;
  word write_most; /* bytes a call; 0: any number */
  word free_bytes; /* below 0: the truth */
  word unused_2;

  /* From here on the process writes. */
  word pid;
  word fsyncs;
  word fsyncs_delayed;
  word fsyncs_failed;
  word writes_failed;
  word writes_cut;
  word space_answers;
  word waits;
  word uptime_reads;
};

static struct control *control;
static char disk[PATH_MAX];
static size_t disk_length;
/* How far CLOCK_BOOTTIME was ahead of CLOCK_MONOTONIC at load. */
static int64_t boot_offset;

#define COUNT(counter) atomic_fetch_add_explicit(&control->counter, 1, memory_order_relaxed)
#define GET(field) atomic_load_explicit(&control->field, memory_order_relaxed)

/* The next definition of a function: libc's. Finding it twice at once does no harm. */
#define REAL(name)                                                              \
  static __typeof__(&name) real_##name;                                         \
  if (!__atomic_load_n(&real_##name, __ATOMIC_RELAXED))                         \
  __atomic_store_n(&real_##name, (__typeof__(&name))find(#name), __ATOMIC_RELAXED)

static void *find(const char *name) {
  /* On x86-64 there are two kinds of condition variable; this version is the one in use. */
  void *found = strncmp(name, "pthread_cond_", 13) ? NULL : dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
  if (!found) found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static void *map(const char *path) {
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return MAP_FAILED;
  void *mapped = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  return mapped;
}

static int64_t real_now(clockid_t id);

/* CLOCK_BOOTTIME's lead; the greatest of some readings, since every interruption makes one smaller. */
static int64_t boot_lead(void) {
  int64_t most = INT64_MIN;
  for (int i = 0; i < 5; i++) {
    int64_t boot = real_now(CLOCK_BOOTTIME), lead = boot - real_now(CLOCK_MONOTONIC);
    if (lead > most) most = lead;
  }
  return most;
}

/* Without its control file the process would run unharmed and the harness believe otherwise. */
__attribute__((constructor(101))) static void load(void) {
  const char *path = getenv("BATON_SHIM");
  if (!path) return;
  struct control *page = map(path);
  if (page == MAP_FAILED || atomic_load(&page->magic) != MAGIC) {
    fprintf(stderr, "shim: %s is no control file of this version\n", path);
    _exit(127);
  }
  const char *prefix = getenv("BATON_SHIM_DISK");
  if (prefix && *prefix && !realpath(prefix, disk)) strncpy(disk, prefix, sizeof disk - 1);
  disk_length = strlen(disk);
  boot_offset = boot_lead();
  atomic_store(&page->pid, getpid());
  control = page;
}

/* ------------------------------------------------------------------ reading clocks */

#define SECOND 1000000000LL

static int64_t nanos(const struct timespec *t) {
  return t->tv_sec > INT64_MAX / SECOND - 1 ? INT64_MAX : t->tv_sec * SECOND + t->tv_nsec;
}

static struct timespec timespec_of(int64_t nanos) {
  if (nanos < 0) nanos = 0;
  return (struct timespec){nanos / SECOND, nanos % SECOND};
}

static int64_t real_now(clockid_t id) {
  REAL(clock_gettime);
  struct timespec now;
  real_clock_gettime(id, &now);
  return nanos(&now);
}

/* One consistent view of all clocks: the truth, and what is made of it. */
struct view {
  int64_t now; /* CLOCK_MONOTONIC in truth */
  int64_t base_real, base_fake, boot_ahead, wall_ahead;
  double rate;
};

/* A writer that stays away for so long died in between. */
#define WRITER_IS_DEAD (10 * SECOND)

/*
 * The clock is read inside of the sequence lock, and the harness reads its own inside too. So who
 * still sees the old rate has a time before the change, who sees the new one a time after it, and no
 * time is seen to go back.
 */
static struct view look(void) {
  struct view view;
  for (int64_t tries = 0, since = 0;; tries++) {
    int64_t before = atomic_load_explicit(&control->sequence, memory_order_acquire);
    view.now = real_now(CLOCK_MONOTONIC);
    view.base_real = GET(base_real);
    view.base_fake = GET(base_fake);
    int64_t bits = GET(rate);
    memcpy(&view.rate, &bits, sizeof bits);
    view.boot_ahead = GET(boot_ahead);
    view.wall_ahead = GET(wall_ahead);
    atomic_thread_fence(memory_order_acquire);
    if (!(before & 1) && GET(sequence) == before) return view;
    if (tries == 0) since = view.now;
    if (view.now - since > WRITER_IS_DEAD) return view;
    if (tries > 100) sched_yield();
  }
}

static int64_t monotonic(const struct view *view) {
  int64_t elapsed = view->now - view->base_real;
  return view->base_fake + (view->rate == 1 ? elapsed : (int64_t)((double)elapsed * view->rate));
}

static int64_t boot_time(const struct view *view) {
  return monotonic(view) + boot_offset + view->boot_ahead;
}

static int is_monotonic(clockid_t id) {
  return id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_RAW || id == CLOCK_MONOTONIC_COARSE;
}

static int is_boot(clockid_t id) { return id == CLOCK_BOOTTIME || id == CLOCK_BOOTTIME_ALARM; }

static int is_wall(clockid_t id) {
  return id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_REALTIME_ALARM;
}

static int is_faked(clockid_t id) { return is_monotonic(id) || is_boot(id) || is_wall(id); }

/* What the process sees on one of these clocks. */
static int64_t fake_now(clockid_t id) {
  struct view view = look();
  if (is_wall(id)) return real_now(CLOCK_REALTIME) + view.wall_ahead;
  return is_boot(id) ? boot_time(&view) : monotonic(&view);
}

int clock_gettime(clockid_t id, struct timespec *now) {
  if (!control || !is_faked(id)) {
    REAL(clock_gettime);
    return real_clock_gettime(id, now);
  }
  *now = timespec_of(fake_now(id));
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  if (!control) {
    REAL(gettimeofday);
    return real_gettimeofday(now, zone);
  }
  int64_t wall = fake_now(CLOCK_REALTIME);
  *now = (struct timeval){wall / SECOND, wall % SECOND / 1000};
  return 0;
}

time_t time(time_t *seconds) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds) *seconds = now.tv_sec;
  return now.tv_sec;
}

/* ------------------------------------------------------------------ waiting */

/* Longer waits are cut into such pieces, since the rate may change in the middle of one. Real ns. */
#define PIECE 200000000LL

/* Of what is left until a moment of a faked clock, a piece: real ns; 0 if the moment has come. */
static int64_t piece_until(clockid_t id, int64_t deadline) {
  double rate = is_wall(id) ? 1 : look().rate;
  int64_t left = deadline - fake_now(id);
  if (left <= 0) return 0;
  double real = (double)left / rate;
  return real > PIECE ? PIECE : (int64_t)real + 1;
}

/* A moment of a faked clock after so many ns. */
static int64_t after(clockid_t id, int64_t length) {
  int64_t now = fake_now(id);
  return length > INT64_MAX - now ? INT64_MAX : now + length;
}

/*
 * A deadline doesn't say which clock it is of. Monotonic ones count from the boot, a few years at most;
 * those by the wall clock from 1970. One that is 0 or below has passed by either.
 */
static clockid_t clock_of(const struct timespec *deadline) {
  return deadline->tv_sec < 500000000 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

static int is_sound(const struct timespec *time) {
  return time && time->tv_nsec >= 0 && time->tv_nsec < SECOND;
}

/*
 * The end of a piece is passed on as a wakeup without a cause, which POSIX allows, and not waited out in
 * here: a signal that came between two pieces would be lost.
 */
static int end_of_piece(int result, clockid_t id, int64_t deadline) {
  return result == ETIMEDOUT && fake_now(id) < deadline ? 0 : result;
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict deadline) {
  REAL(pthread_cond_timedwait);
  if (!control || !is_sound(deadline)) {
    return real_pthread_cond_timedwait(condition, mutex, deadline);
  }
  clockid_t id = clock_of(deadline);
  int64_t piece = piece_until(id, nanos(deadline));
  struct timespec end = timespec_of(piece ? real_now(id) + piece : 0);
  COUNT(waits);
  return end_of_piece(real_pthread_cond_timedwait(condition, mutex, &end), id, nanos(deadline));
}

int pthread_cond_clockwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           clockid_t id, const struct timespec *restrict deadline) {
  REAL(pthread_cond_clockwait);
  if (!control || !is_faked(id) || !is_sound(deadline)) {
    return real_pthread_cond_clockwait(condition, mutex, id, deadline);
  }
  int64_t piece = piece_until(id, nanos(deadline));
  struct timespec end = timespec_of(piece ? real_now(id) + piece : 0);
  COUNT(waits);
  return end_of_piece(real_pthread_cond_clockwait(condition, mutex, id, &end), id, nanos(deadline));
}

/* A semaphore keeps what was posted between two pieces. */
int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict deadline) {
  REAL(sem_timedwait);
  if (!control || !is_sound(deadline)) return real_sem_timedwait(semaphore, deadline);
  COUNT(waits);
  for (;;) {
    int64_t piece = piece_until(CLOCK_REALTIME, nanos(deadline));
    struct timespec end = timespec_of(piece ? real_now(CLOCK_REALTIME) + piece : 0);
    int result = real_sem_timedwait(semaphore, &end);
    if (result == 0 || errno != ETIMEDOUT || !piece) return result;
  }
}

/* Calls until something is ready or so many ns have passed; the call may use `left`, real ns. */
#define REPEAT_FOR(length, call)                                                \
  COUNT(waits);                                                                 \
  int64_t end = after(CLOCK_MONOTONIC, length), left;                           \
  int result;                                                                   \
  do {                                                                          \
    left = piece_until(CLOCK_MONOTONIC, end);                                   \
    result = (call);                                                            \
  } while (result == 0 && left > 0);                                            \
  return result

#define MILLIS(nanos) ((int)(((nanos) + 999999) / 1000000))

int poll(struct pollfd *files, nfds_t count, int timeout) {
  REAL(poll);
  if (!control || timeout <= 0) return real_poll(files, count, timeout);
  REPEAT_FOR(timeout * 1000000LL, real_poll(files, count, MILLIS(left)));
}

int ppoll(struct pollfd *files, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
  REAL(ppoll);
  if (!control || !is_sound(timeout)) return real_ppoll(files, count, timeout, mask);
  REPEAT_FOR(nanos(timeout), real_ppoll(files, count, &(struct timespec){0, left}, mask));
}

int epoll_wait(int epoll, struct epoll_event *events, int most, int timeout) {
  REAL(epoll_wait);
  if (!control || timeout <= 0) return real_epoll_wait(epoll, events, most, timeout);
  REPEAT_FOR(timeout * 1000000LL, real_epoll_wait(epoll, events, most, MILLIS(left)));
}

int epoll_pwait(int epoll, struct epoll_event *events, int most, int timeout, const sigset_t *mask) {
  REAL(epoll_pwait);
  if (!control || timeout <= 0) return real_epoll_pwait(epoll, events, most, timeout, mask);
  REPEAT_FOR(timeout * 1000000LL, real_epoll_pwait(epoll, events, most, MILLIS(left), mask));
}

/* Sleeps in truth, whatever the process is told. */
static int really_sleep(int64_t length) {
  REAL(nanosleep);
  return real_nanosleep(&(struct timespec){length / SECOND, length % SECOND}, NULL);
}

/* 0, or EINTR after a signal. */
static int sleep_until(clockid_t id, int64_t end) {
  COUNT(waits);
  for (int64_t piece; (piece = piece_until(id, end)) > 0;) {
    if (really_sleep(piece)) return errno;
  }
  return 0;
}

static int sleep_for(clockid_t id, const struct timespec *length, struct timespec *left) {
  int64_t end = after(id, nanos(length));
  int result = sleep_until(id, end);
  if (result && left) *left = timespec_of(end - fake_now(id));
  return result;
}

int nanosleep(const struct timespec *length, struct timespec *left) {
  if (!control || !is_sound(length)) {
    REAL(nanosleep);
    return real_nanosleep(length, left);
  }
  int result = sleep_for(CLOCK_MONOTONIC, length, left);
  if (!result) return 0;
  errno = result;
  return -1;
}

int usleep(useconds_t micros) {
  struct timespec length = {micros / 1000000, micros % 1000000 * 1000};
  return nanosleep(&length, NULL);
}

int clock_nanosleep(clockid_t id, int flags, const struct timespec *time, struct timespec *left) {
  if (!control || !is_faked(id) || !is_sound(time)) {
    REAL(clock_nanosleep);
    return real_clock_nanosleep(id, flags, time, left);
  }
  if (flags & TIMER_ABSTIME) return sleep_until(id, nanos(time));
  /* A length of time doesn't become shorter because somebody sets the wall clock. */
  return sleep_for(CLOCK_MONOTONIC, time, left);
}

/* ------------------------------------------------------------------ /proc/uptime */

#define UPTIME "/proc/uptime"
#define FILES 65536

/* Whether the file may be /proc/uptime; somebody may have closed it meanwhile, so look twice. */
static _Atomic unsigned char maybe_uptime[FILES];

/* What an open file is called, as "/proc/self/fd" says it; 0 if there is none. Keeps errno. */
static ssize_t name_of(int fd, char *name, size_t room) {
  char link[32];
  int saved = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, room - 1);
  errno = saved;
  name[length > 0 ? length : 0] = 0;
  return length > 0 ? length : 0;
}

static int is_uptime(int fd) {
  char name[32];
  if (!control || fd < 0 || fd >= FILES || !maybe_uptime[fd]) return 0;
  name_of(fd, name, sizeof name);
  return maybe_uptime[fd] = !strcmp(name, UPTIME);
}

static int opened(int fd, const char *path) {
  if (control && fd >= 0 && fd < FILES && !strcmp(path, UPTIME)) maybe_uptime[fd] = 1;
  return fd;
}

/* In steps of 10 ms, like the kernel's. The second number, idle time, is 0. */
static ssize_t uptime_at(off_t offset, void *into, size_t room) {
  char text[64];
  int64_t hundredths = fake_now(CLOCK_BOOTTIME) / 10000000;
  int length = snprintf(text, sizeof text, "%lld.%02lld 0.00\n", (long long)hundredths / 100,
                        (long long)hundredths % 100);
  COUNT(uptime_reads);
  if (offset < 0 || offset >= length) return 0;
  size_t some = (size_t)(length - offset) < room ? (size_t)(length - offset) : room;
  memcpy(into, text + offset, some);
  return some;
}

ssize_t read(int fd, void *into, size_t room) {
  if (is_uptime(fd)) {
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t some = uptime_at(offset, into, room);
    lseek(fd, offset + some, SEEK_SET);
    return some;
  }
  REAL(read);
  return real_read(fd, into, room);
}

ssize_t pread(int fd, void *into, size_t room, off_t offset) {
  if (is_uptime(fd)) return uptime_at(offset, into, room);
  REAL(pread);
  return real_pread(fd, into, room, offset);
}

ssize_t pread64(int fd, void *into, size_t room, off64_t offset) {
  return pread(fd, into, room, offset);
}

/* The mode is given with some flags only; on these machines reading it does no harm where it isn't. */
#define OPEN(name, parameters, ...)                                             \
  int name parameters {                                                         \
    REAL(name);                                                                 \
    va_list rest;                                                               \
    va_start(rest, flags);                                                      \
    mode_t mode = va_arg(rest, mode_t);                                         \
    va_end(rest);                                                               \
    return opened(real_##name(__VA_ARGS__, mode), path);                        \
  }

OPEN(open, (const char *path, int flags, ...), path, flags)
OPEN(open64, (const char *path, int flags, ...), path, flags)
OPEN(openat, (int at, const char *path, int flags, ...), at, path, flags)
OPEN(openat64, (int at, const char *path, int flags, ...), at, path, flags)

/* ------------------------------------------------------------------ disk */

static int is_below(const char *path) {
  return disk_length && !strncmp(path, disk, disk_length) &&
         (path[disk_length] == '/' || !path[disk_length]);
}

static int is_ours(int fd) {
  char name[PATH_MAX];
  return name_of(fd, name, sizeof name) && is_below(name);
}

/* Takes one of the errors that are left, unless none is. */
static int take(word *left) {
  int64_t now = atomic_load(left);
  while (now > 0 && !atomic_compare_exchange_weak(left, &now, now - 1)) {
  }
  return now != 0;
}

/* Waits until the delay is over, be it because it was made shorter. */
static void delay_fsync(void) {
  int64_t begin = real_now(CLOCK_MONOTONIC), left = GET(fsync_delay);
  if (left <= 0) return;
  COUNT(fsyncs_delayed);
  for (; left > 0; left = begin + GET(fsync_delay) - real_now(CLOCK_MONOTONIC)) {
    really_sleep(left < 10000000 ? left : 10000000);
  }
}

/* The error that a sync is to end with, or 0. */
static int sync_fault(int fd) {
  if (!control || !disk_length || !is_ours(fd)) return 0;
  COUNT(fsyncs);
  delay_fsync();
  if (!take(&control->fsync_errors)) return 0;
  COUNT(fsyncs_failed);
  return GET(fsync_errno);
}

/* The error that a write is to end with, or 0. */
static int write_fault(int fd) {
  if (!control || !disk_length || !GET(write_errors) || !is_ours(fd)) return 0;
  if (!take(&control->write_errors)) return 0;
  COUNT(writes_failed);
  return GET(write_errno);
}

/* How much a write may take. */
static size_t cut(int fd, size_t size) {
  if (!control || !disk_length) return size;
  int64_t most = GET(write_most);
  if (most <= 0 || size <= (size_t)most || !is_ours(fd)) return size;
  COUNT(writes_cut);
  return most;
}

#define FAIL_IF(fault)                                                          \
  do {                                                                          \
    int failure = (fault);                                                      \
    if (failure) {                                                              \
      errno = failure;                                                          \
      return -1;                                                                \
    }                                                                           \
  } while (0)

#define FAULTY(type, name, fault, parameters, ...)                              \
  type name parameters {                                                        \
    REAL(name);                                                                 \
    FAIL_IF(fault(fd));                                                         \
    return real_##name(__VA_ARGS__);                                            \
  }

FAULTY(int, fsync, sync_fault, (int fd), fd)
FAULTY(int, fdatasync, sync_fault, (int fd), fd)
FAULTY(int, sync_file_range, sync_fault,
       (int fd, off64_t from, off64_t length, unsigned flags), fd, from, length, flags)
FAULTY(ssize_t, write, write_fault, (int fd, const void *bytes, size_t size), fd, bytes,
       cut(fd, size))
FAULTY(ssize_t, pwrite, write_fault, (int fd, const void *bytes, size_t size, off_t at), fd, bytes,
       cut(fd, size), at)
FAULTY(ssize_t, pwrite64, write_fault, (int fd, const void *bytes, size_t size, off64_t at), fd,
       bytes, cut(fd, size), at)
FAULTY(int, ftruncate, write_fault, (int fd, off_t length), fd, length)
FAULTY(int, ftruncate64, write_fault, (int fd, off64_t length), fd, length)
FAULTY(int, fallocate, write_fault, (int fd, int mode, off_t at, off_t length), fd, mode, at,
       length)
FAULTY(int, fallocate64, write_fault, (int fd, int mode, off64_t at, off64_t length), fd, mode, at,
       length)
FAULTY(ssize_t, sendfile, write_fault, (int fd, int from, off_t *at, size_t size), fd, from, at,
       cut(fd, size))
FAULTY(ssize_t, sendfile64, write_fault, (int fd, int from, off64_t *at, size_t size), fd, from, at,
       cut(fd, size))

/* Cut, it writes of the first part only. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(writev);
  FAIL_IF(write_fault(fd));
  if (count > 0 && parts[0].iov_len) {
    struct iovec first = {parts[0].iov_base, cut(fd, parts[0].iov_len)};
    if (first.iov_len < parts[0].iov_len) return real_writev(fd, &first, 1);
  }
  return real_writev(fd, parts, count);
}

/* These return their error. */
int posix_fallocate(int fd, off_t at, off_t length) {
  REAL(posix_fallocate);
  int failure = write_fault(fd);
  return failure ? failure : real_posix_fallocate(fd, at, length);
}

int posix_fallocate64(int fd, off64_t at, off64_t length) {
  return posix_fallocate(fd, at, length);
}

/* ------------------------------------------------------------------ free space */

static int is_path_ours(const char *path) {
  char real[PATH_MAX];
  int saved = errno;
  int ours = control && disk_length && GET(free_bytes) >= 0 && realpath(path, real) && is_below(real);
  errno = saved;
  return ours;
}

static int is_file_ours(int fd) {
  return control && disk_length && GET(free_bytes) >= 0 && is_ours(fd);
}

#define SPACE(name, parameter, is, structure, unit)                             \
  int name(parameter, struct structure *space) {                                \
    REAL(name);                                                                 \
    int result = real_##name(where, space);                                     \
    if (result == 0 && is(where)) {                                             \
      COUNT(space_answers);                                                     \
      space->f_bavail = space->f_bfree = (uint64_t)GET(free_bytes) / space->unit; \
    }                                                                           \
    return result;                                                              \
  }

SPACE(statvfs, const char *where, is_path_ours, statvfs, f_frsize)
SPACE(statvfs64, const char *where, is_path_ours, statvfs64, f_frsize)
SPACE(fstatvfs, int where, is_file_ours, statvfs, f_frsize)
SPACE(fstatvfs64, int where, is_file_ours, statvfs64, f_frsize)
SPACE(statfs, const char *where, is_path_ours, statfs, f_bsize)
SPACE(statfs64, const char *where, is_path_ours, statfs64, f_bsize)
SPACE(fstatfs, int where, is_file_ours, statfs, f_bsize)
SPACE(fstatfs64, int where, is_file_ours, statfs64, f_bsize)
