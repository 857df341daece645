#if canImport(Glibc)
  import CEpoll
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A descriptor that becomes readable when a process has ended: that of our parent, say, which may
/// die while somebody else still holds our standard input open.
///
/// Linux could also send a signal at the parent's death, but it does so when the parent's *thread*
/// ends that started us, which happens in healthy programs.
final class ProcessWatch {
  let descriptor: Int32

  init(_ process: Int32) throws(SystemError) {
    #if canImport(Glibc)
      descriptor = center_open_process(process)
      guard descriptor >= 0 else { throw SystemError("watch process \(process)") }
    #else
      descriptor = kqueue()
      guard descriptor >= 0 else { throw SystemError("watch process \(process)") }
      Platform.closeOnExec(descriptor)
      var event = kevent(
        ident: UInt(process), filter: Int16(EVFILT_PROC), flags: UInt16(EV_ADD),
        fflags: UInt32(NOTE_EXIT), data: 0, udata: nil)
      guard kevent(descriptor, &event, 1, nil, 0, nil) == 0 else {
        throw SystemError("watch process \(process)")
      }
    #endif
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
