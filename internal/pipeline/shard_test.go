package pipeline

import "testing"

func TestShardParts(t *testing.T) {
	for count := 1; count <= 7; count++ {
		for n := range 20 {
			next := 0
			for i := 1; i <= count; i++ {
				from, to := Shard{i, count}.part(n)
				if from != next || to < from || to-from > n/count+1 {
					t.Errorf("part %d/%d of %d is %d to %d, after %d", i, count, n, from, to, next)
				}
				next = to
			}
			if next != n {
				t.Errorf("%d shards have %d of %d", count, next, n)
			}
		}
	}
	if from, to := (Shard{}).part(5); from != 0 || to != 5 {
		t.Errorf("the whole is %d to %d of 5", from, to)
	}
}

func TestParseShard(t *testing.T) {
	for _, good := range []string{"1/1", "2/4", "12/12"} {
		if s, err := ParseShard(good); err != nil || s.String() != good {
			t.Errorf("%s: %v, %v", good, s, err)
		}
	}
	for _, bad := range []string{"", "/", "1", "0/3", "4/3", "-1/2", "1/2/3", "a/b", "1/0"} {
		if s, err := ParseShard(bad); err == nil {
			t.Errorf("%q is taken for %v", bad, s)
		}
	}
}
