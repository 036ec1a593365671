/*
 * A disk that fails when it is told to, for programs that load this before their libraries: the
 * file that FAILING_DISK names says how. "full": files of tables do not grow. "sync": nothing
 * becomes durable. Anything else, or no file: all is well.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_told(const char *fault) {
  const char *path = getenv("FAILING_DISK");
  if (path == NULL) return 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[8] = {0};
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  return length > 0 && strncmp(text, fault, strlen(fault)) == 0;
}

/* Tables are in base/ and global/; the log beside them was given its room before. */
static int is_table(int file) {
  char link[32], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "/base/") != NULL || strstr(path, "/global/") != NULL;
}

static int is_full(int file, size_t bytes, off_t at) {
  struct stat found;
  if (fstat(file, &found) != 0 || at + (off_t)bytes <= found.st_size) return 0;
  if (!is_table(file) || !is_told("full")) return 0;
  errno = ENOSPC;
  return 1;
}

static int is_lost(void) {
  if (!is_told("sync")) return 0;
  errno = EIO;
  return 1;
}

ssize_t pwrite(int file, const void *data, size_t bytes, off_t at) {
  static ssize_t (*real)(int, const void *, size_t, off_t);
  if (real == NULL) real = dlsym(RTLD_NEXT, "pwrite");
  return is_full(file, bytes, at) ? -1 : real(file, data, bytes, at);
}

ssize_t pwrite64(int file, const void *data, size_t bytes, off_t at) {
  return pwrite(file, data, bytes, at);
}

int fsync(int file) {
  static int (*real)(int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "fsync");
  return is_lost() ? -1 : real(file);
}

int fdatasync(int file) {
  static int (*real)(int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "fdatasync");
  return is_lost() ? -1 : real(file);
}
