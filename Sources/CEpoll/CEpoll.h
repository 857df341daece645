// What the event loop needs of Linux and Swift's Glibc module hides: epoll is not in its module
// map, and the others are declared only under _GNU_SOURCE, which that module is built without.
// To define the macro here would give the headers that both share a second, differing shape, so
// the functions are declared by name.
#ifndef OPERATION_CENTER_CEPOLL_H
#define OPERATION_CENTER_CEPOLL_H

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

extern int accept4(int, struct sockaddr *restrict, socklen_t *restrict, int);
extern int pipe2(int[2], int);
extern long syscall(long, ...);

/// The descriptor closes on exec.
static inline int center_accept(int listener, struct sockaddr *address, socklen_t *length) {
  return accept4(listener, address, length, SOCK_CLOEXEC);
}

/// Both ends close on exec and never block.
static inline int center_pipe(int ends[2]) {
  return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
}

/// A descriptor that becomes readable when the process ends (pidfd_open, which has the same number
/// on every architecture). Fails with ENOSYS before Linux 5.3.
static inline int center_open_process(pid_t process) {
  return (int)syscall(434, process, 0);
}

#endif
