package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// garbagePercent lets the heap grow to a few times what is in use: a run is short, and collecting costs more than it saves.
const garbagePercent = 400

// softMemory is how much memory, in bytes, may be used before collecting more often is worth it.
const softMemory = 72 << 20

// boundMemory keeps the memory of a run low. The limit follows what the run needs: below that, the collector would only run
// all the time.
func boundMemory() {
	debug.SetGCPercent(garbagePercent)
	debug.SetMemoryLimit(softMemory)
	afterEachCollection(func() { debug.SetMemoryLimit(max(softMemory, 2*inUse())) })
}

// inUse is what the last collection left over, and the stacks, in bytes.
func inUse() int64 {
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	sum := uint64(0)
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			sum += s.Value.Uint64()
		}
	}
	return int64(min(sum, math.MaxInt64/4))
}

// afterEachCollection calls do whenever the collector has run, through a cleanup on an unreachable object.
func afterEachCollection(do func()) {
	runtime.AddCleanup(new(*int), func(do func()) {
		do()
		afterEachCollection(do)
	}, do)
}
