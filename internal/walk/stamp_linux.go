package walk

import "syscall"

func stampFrom(s *syscall.Stat_t) Stamp {
	return Stamp{Size: s.Size, Modified: s.Mtim.Nano(), Changed: s.Ctim.Nano(), Inode: s.Ino, Mode: mode(s)}
}
