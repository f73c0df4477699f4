module github.com/handlervet/handlervet

go 1.26

require (
	github.com/evanw/esbuild v0.28.2
	github.com/evanw/esbuild/shim v0.0.0
)

replace github.com/evanw/esbuild/shim => ./shims/esbuild
