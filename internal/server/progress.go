package server

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/protocol"
)

// slow is from when on work is worth a progress bar, and how often it moves.
const slow = 400 * time.Millisecond

// progress is a bar that a client shows while something takes its time.
type progress struct {
	once        sync.Once
	done        chan struct{}
	cancel      context.CancelFunc
	part, whole atomic.Int64
}

// beginProgress shows a bar once the work takes a while. Whoever does the work calls end when it is over. With a cancel function
// the user may end it before.
func (s *Server) beginProgress(title, message string, cancel context.CancelFunc) *progress {
	p := &progress{done: make(chan struct{}), cancel: cancel}
	if s.client.progress {
		s.spawn(func(life context.Context) { s.showProgress(life, p, title, message) })
	}
	return p
}

// set says how much of the work is done.
func (p *progress) set(part, whole int) {
	p.part.Store(int64(part))
	p.whole.Store(int64(whole))
}

func (p *progress) end() {
	p.once.Do(func() { close(p.done) })
}

func (s *Server) showProgress(ctx context.Context, p *progress, title, message string) {
	ticker := time.NewTicker(slow)
	defer ticker.Stop()
	select {
	case <-p.done:
		return
	case <-ctx.Done():
		return
	case <-ticker.C:
	}
	token := protocol.String(fmt.Sprintf("handlervet-%d", s.tokens.Add(1)))
	if p.cancel != nil {
		s.cancels.Store(token, p.cancel)
		defer s.cancels.Delete(token)
	}
	if s.client.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: token}) != nil {
		return
	}
	s.step(ctx, token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Message: &message, Cancellable: new(p.cancel != nil)})
	for {
		select {
		case <-p.done:
			s.step(ctx, token, &protocol.WorkDoneProgressEnd{Kind: "end"})
			return
		case <-ctx.Done():
			return
		case <-ticker.C:
			text := message
			if whole := p.whole.Load(); whole > 0 {
				text = fmt.Sprintf("%d of %d handlers", p.part.Load(), whole)
			}
			s.step(ctx, token, &protocol.WorkDoneProgressReport{Kind: "report", Message: &text})
		}
	}
}

// bar moves a bar that the client shows for a request, if it does: from here until the first call of what is returned.
func (s *Server) bar(ctx context.Context, token protocol.ProgressToken, title string) (end func()) {
	if token == nil {
		return func() {}
	}
	s.step(ctx, token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title})
	return sync.OnceFunc(func() { s.step(context.WithoutCancel(ctx), token, &protocol.WorkDoneProgressEnd{Kind: "end"}) })
}

func (s *Server) step(ctx context.Context, token protocol.ProgressToken, value any) {
	raw, err := protocol.Marshal(value)
	if err == nil {
		err = s.client.Progress(ctx, &protocol.ProgressParams{Token: token, Value: raw})
	}
	if err != nil {
		s.options.Log.Debug("cannot show progress", "error", err)
	}
}

// WorkDoneProgressCancel ends what the user does not want to wait for.
func (s *Server) WorkDoneProgressCancel(_ context.Context, p *protocol.WorkDoneProgressCancelParams) error {
	if cancel, ok := s.cancels.Load(p.Token); ok {
		cancel.(context.CancelFunc)()
	}
	return nil
}
