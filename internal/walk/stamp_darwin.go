package walk

import "syscall"

func stampFrom(s *syscall.Stat_t) Stamp {
	return Stamp{Size: s.Size, Modified: s.Mtimespec.Nano(), Changed: s.Ctimespec.Nano(), Inode: s.Ino, Mode: mode(s)}
}
