// Package all lists the rules. The list is generated from the folders.
package all

//go:generate go run gen.go
