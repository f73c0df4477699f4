package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/server"
)

func newLSP(s streams) *cobra.Command {
	var verbose, overStdio bool
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Run the language server for editors, over stdin and stdout",
		Args:  none,
		RunE:  func(cmd *cobra.Command, _ []string) error { return serve(cmd.Context(), s, verbose) },
	}
	cmd.Flags().BoolVar(&verbose, "verbose", false, "log what the server does to stderr")
	cmd.Flags().BoolVar(&overStdio, "stdio", true, "use stdin and stdout; there is nothing else")
	_ = cmd.Flags().MarkHidden("stdio") // fails only for unknown flags; some clients pass it
	return cmd
}

func serve(ctx context.Context, s streams, verbose bool) error {
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelDebug
	}
	return server.Serve(ctx, stdio{os.Stdin, os.Stdout}, server.Options{
		Version: version(),
		Log:     slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level})),
	})
}

// stdio is both ends of the connection.
type stdio struct {
	io.ReadCloser
	out io.WriteCloser
}

func (s stdio) Write(p []byte) (int, error) { return s.out.Write(p) }

func (s stdio) Close() error { return errors.Join(s.ReadCloser.Close(), s.out.Close()) }
