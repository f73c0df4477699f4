module github.com/evanw/esbuild/shim

go 1.26
